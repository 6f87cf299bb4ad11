// SPDX-License-Identifier: Apache-2.0
/// Eight characters at a time in one number, for loops over text whose end cannot be guessed.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace workbench {

/// The eight characters from `at` on, the first of them in the lowest byte.
[[nodiscard]] inline std::uint64_t eightCharacters(const char* at)
{
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof(eight));
    if constexpr (std::endian::native == std::endian::big) {
        eight = __builtin_bswap64(eight);
    }
    return eight;
}

} // namespace workbench
