// SPDX-License-Identifier: Apache-2.0
/// A row as numbers: one double a column, so that statistics and sorting never touch text.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace workbench {

/// Two values that are no number: the row has nothing there, or what it has may not be shown.
/// Told apart by their bits; both are NaN, so neither takes part in arithmetic by accident.
inline constexpr std::uint64_t NullValueBits = 0x7ff8'0000'0000'0001;
inline constexpr std::uint64_t HiddenValueBits = 0x7ff8'0000'0000'0002;

[[nodiscard]] inline double nullValue() { return std::bit_cast<double>(NullValueBits); }
[[nodiscard]] inline double hiddenValue() { return std::bit_cast<double>(HiddenValueBits); }
[[nodiscard]] inline bool isNullValue(double value)
{
    return std::bit_cast<std::uint64_t>(value) == NullValueBits;
}
[[nodiscard]] inline bool isHiddenValue(double value)
{
    return std::bit_cast<std::uint64_t>(value) == HiddenValueBits;
}
[[nodiscard]] inline bool isPlainValue(double value) { return !std::isnan(value); }

} // namespace workbench
