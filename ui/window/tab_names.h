// SPDX-License-Identifier: GPL-3.0-or-later
/// The tabs by the names that the command line and a session have for them.
#pragma once

#include "ui/window/window_actions.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace workbench {

inline constexpr std::array<std::string_view, TabCount> TabOptions {
    "preview", "rejections", "schema", "insights", "jobs"};

[[nodiscard]] inline std::string_view tabOption(Tab tab) { return TabOptions[static_cast<std::size_t>(tab)]; }

[[nodiscard]] inline std::optional<Tab> tabFromOption(std::string_view name)
{
    const auto* const found = std::find(TabOptions.begin(), TabOptions.end(), name);
    return found == TabOptions.end() ? std::nullopt
                                     : std::optional(static_cast<Tab>(found - TabOptions.begin()));
}

} // namespace workbench
