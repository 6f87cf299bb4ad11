// SPDX-License-Identifier: Apache-2.0
/// A checksum as fast as memory: tells bytes that were damaged from those that were written. It keeps
/// nobody out who means to deceive, and nothing that leaves the program rests on it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace workbench {

/// Of bytes that come in parts; any parts of the same bytes give the same.
class Checksum {
public:
    void add(std::span<const std::byte> bytes);
    [[nodiscard]] std::uint64_t value() const;

private:
    using Words = std::array<std::uint64_t, 4>;

    // Four sums side by side: one alone would wait for its own multiplication.
    Words m_sums {1, 2, 3, 4};
    std::array<std::byte, sizeof(Words)> m_rest {}; ///< the first bytes of the next words
    std::uint64_t m_size = 0;
};

[[nodiscard]] std::uint64_t checksumOf(std::span<const std::byte> bytes);

} // namespace workbench
