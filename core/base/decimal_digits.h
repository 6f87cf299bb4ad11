// SPDX-License-Identifier: Apache-2.0
/// Decimal digits of other scripts: what a keyboard or a copied web page brings along for 0 to 9.
#pragma once

#include <array>

namespace workbench {

/// First code points of runs of ten, 0 to 9: Arabic (two), N'Ko, Devanagari, Bengali, Thai, full width,
/// mathematical (five).
inline constexpr std::array<char32_t, 12> DigitRuns {
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6};

/// '0' to '9' for a digit of another script; 0 for anything else.
[[nodiscard]] constexpr char foldedDigit(char32_t c)
{
    for (const char32_t first : DigitRuns) {
        if (c >= first && c < first + 10) {
            return static_cast<char>('0' + (c - first));
        }
    }
    return 0;
}

} // namespace workbench
