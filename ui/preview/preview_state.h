// SPDX-License-Identifier: GPL-3.0-or-later
/// What stands where the rows would be, in words (design, section 4).
#pragma once

#include "ui/bridge/workbench_state.h"
#include "ui/theme/theme.h"

#include <QString>

#include <optional>

namespace workbench {

enum class StateAction {
    None,
    OpenFolder,
    OpenSample,
    TryAgain,
    ClearFilters,
    RemoveSource,
    RemoveIndustry,
    RemoveDates,
    RemoveLabelled,
    ShowRejections,
    ClearSearch,
};

struct StateMessage {
    QString icon;
    QColor ThemeColors::*token = &ThemeColors::text2;
    QString title;
    QString text;
    StateAction first = StateAction::None;
    StateAction second = StateAction::None;
    bool wholePanel = false; ///< there is nothing to switch between either
};

/// Nothing when there are rows to show, or when it is too early to say.
[[nodiscard]] std::optional<StateMessage> previewStateMessage(
    const WorkbenchState& state, PreviewScope scope, const QString& search, std::size_t shownRows);

[[nodiscard]] QString actionText(StateAction action); ///< as its button says it

/// "from cleaning and created before 1 Nov 2026": what a row must be to pass.
[[nodiscard]] QString filterInWords(const ExampleFilter& filter);
/// "54 rows", "1 row".
[[nodiscard]] QString rowsText(std::uint64_t count);
/// "71 free-text labels are withheld." and the like; empty when nothing is.
[[nodiscard]] QString withheldText(const WithheldCounts& withheld);

/// "No reason" messages for Rejections: nothing was rejected.
[[nodiscard]] StateMessage nothingRejectedMessage(const Selection& selection);
/// Those without a folder or without examples, the same for every panel; nothing otherwise.
[[nodiscard]] std::optional<StateMessage> folderStateMessage(const WorkbenchState& state);

} // namespace workbench
