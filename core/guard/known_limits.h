// SPDX-License-Identifier: Apache-2.0
/// The numbers of the contract's section 5.
#pragma once

#include <cstddef>

namespace workbench {

inline constexpr std::size_t MaxStringLength = 100; ///< code points; more is too_long
inline constexpr std::size_t MaxPressureKeys = 16; ///< more is out_of_range
inline constexpr std::size_t MaxIdLength = 64;
inline constexpr std::size_t MaxPressureKeyLength = 64;
inline constexpr double MaxReviewerScore = 5;

} // namespace workbench
