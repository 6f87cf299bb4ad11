// SPDX-License-Identifier: GPL-3.0-or-later
/// How long a revealed value stays: a setting of the window.
#pragma once

namespace workbench {

inline constexpr int ShortestReveal = 3; ///< seconds
inline constexpr int LongestReveal = 120;

[[nodiscard]] int revealSeconds(); ///< within these limits, 10 unless it was set
void setRevealSeconds(int seconds);

} // namespace workbench
