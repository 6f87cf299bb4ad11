// SPDX-License-Identifier: GPL-3.0-or-later
/// One cell of the preview in words: what is shown, what is copied, what is read aloud.
#pragma once

#include "core/guard/pii_guard.h"
#include "core/row/row_columns.h"

#include <QString>

namespace workbench {

enum class CellState : std::uint8_t {
    Loading, ///< asked for, not here yet: shown empty
    Null,
    Value,
    Refused, ///< only its shape is known
    Unread, ///< of a line that is no row: nothing is known of it, not even that it is null
};

/// All of such a row's cells are null, and mean nothing.
[[nodiscard]] bool couldBeRead(const RowExplanation& row);
/// Stands where the id would be.
[[nodiscard]] QString unreadText();
[[nodiscard]] QString unreadTip();

/// As the table shows it. Numbers by locale with a real minus; those not whole by kind with `decimals`.
[[nodiscard]] QString cellText(const GuardedCell& cell, const RowColumn& column, int decimals);
/// As it is written, for the clipboard: no locale, empty for null, masked when refused.
[[nodiscard]] QString cellExact(const GuardedCell& cell);
/// For tooltips: the exact value, "null", or why it is masked. `written`: the row passed.
[[nodiscard]] QString cellTip(const GuardedCell& cell, const RowColumn& column, bool written);
/// For accessibility tools: "null", "masked 999-999-9999", or the text shown.
[[nodiscard]] QString cellSpoken(const GuardedCell& cell, const RowColumn& column, int decimals);

/// "phone" or "phone +1": the first rule and how many more were broken.
[[nodiscard]] QString verdictText(Rule first, int rules);

} // namespace workbench
