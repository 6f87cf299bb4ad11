// SPDX-License-Identifier: Apache-2.0
/// Bytes without a pattern that compressing, comparing or hashing could profit from; the same each time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace workbench {

inline std::string noise(std::size_t size, unsigned seed = 1)
{
    std::string bytes(size, '\0');
    std::ranges::generate(bytes, [&seed] {
        seed = seed * 1103515245U + 12345U;
        return static_cast<char>(seed >> 24U);
    });
    return bytes;
}

} // namespace workbench
