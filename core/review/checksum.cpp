// SPDX-License-Identifier: Apache-2.0
#include "core/review/checksum.h"

#include <array>
#include <cstring>

namespace workbench {

namespace {

/// Each step can be undone, so a single changed word always changes the result.
constexpr std::uint64_t mixed(std::uint64_t sum, std::uint64_t word)
{
    sum = (sum ^ word) * 0x9e37'79b9'7f4a'7c15U;
    return sum ^ (sum >> 32U);
}

} // namespace

std::uint64_t checksumOf(std::span<const std::byte> bytes)
{
    // Four sums side by side: one alone would wait for its own multiplication.
    std::array<std::uint64_t, 4> sums {1, 2, 3, 4};
    std::array<std::uint64_t, 4> words {};
    std::size_t done = 0;
    for (; bytes.size() - done >= sizeof words; done += sizeof words) {
        std::memcpy(words.data(), bytes.data() + done, sizeof words);
        for (std::size_t lane = 0; lane < sums.size(); ++lane) {
            sums[lane] = mixed(sums[lane], words[lane]);
        }
    }
    words = {};
    if (done < bytes.size()) {
        std::memcpy(words.data(), bytes.data() + done, bytes.size() - done);
    }
    std::uint64_t sum = bytes.size();
    for (std::size_t lane = 0; lane < sums.size(); ++lane) {
        sum = mixed(mixed(sum, sums[lane]), words[lane]);
    }
    return sum;
}

} // namespace workbench
