// SPDX-License-Identifier: GPL-3.0-or-later
/// What the detail of a row says: why it passed, made of real counts, or what speaks against it.
#pragma once

#include "core/guard/pii_guard.h"

#include <QString>

namespace workbench {

/// "43 numbers within range, 24 null, 7 strings from closed sets, the id fits its grammar. Nothing withheld."
[[nodiscard]] QString whyPassed(const RowExplanation& explanation);
/// "Withheld: labels.reviewer_notes." or "Nothing withheld."
[[nodiscard]] QString whatIsWithheld(const std::array<std::uint16_t, WithheldReasonCount>& withheld);
/// "phone in features.industry_key: 999-999-9999": one finding as one line.
[[nodiscard]] QString findingLine(const Finding& finding);

} // namespace workbench
