// SPDX-License-Identifier: GPL-3.0-or-later
/// Widths and icons of the design, which knows 13 px letters, at the size of the user's letters.
#pragma once

namespace workbench {

/// How much larger than the design's the body font is; never below 1. GUI thread.
[[nodiscard]] double fontFactor();
/// `pixels` of the design in device-independent pixels beside text of the font in force.
[[nodiscard]] int sized(int pixels);
/// Letters so large that what stands side by side in the design has to stand one below the other.
[[nodiscard]] bool lettersAreLarge();

} // namespace workbench
