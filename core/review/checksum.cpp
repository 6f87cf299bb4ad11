// SPDX-License-Identifier: Apache-2.0
#include "core/review/checksum.h"

#include <algorithm>
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

void Checksum::add(std::span<const std::byte> bytes)
{
    Words words {};
    const auto mix = [&](const std::byte* from) {
        std::memcpy(words.data(), from, sizeof words);
        for (std::size_t lane = 0; lane < m_sums.size(); ++lane) {
            m_sums[lane] = mixed(m_sums[lane], words[lane]);
        }
    };
    const auto waiting = static_cast<std::size_t>(m_size % sizeof words);
    m_size += bytes.size();
    if (waiting > 0) {
        const std::size_t taken = std::min(bytes.size(), sizeof words - waiting);
        std::copy_n(bytes.begin(), taken, m_rest.begin() + static_cast<std::ptrdiff_t>(waiting));
        bytes = bytes.subspan(taken);
        if (waiting + taken < sizeof words) {
            return;
        }
        mix(m_rest.data());
    }
    std::size_t done = 0;
    for (; bytes.size() - done >= sizeof words; done += sizeof words) {
        mix(bytes.data() + done);
    }
    m_rest = {};
    std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(done), bytes.end(), m_rest.begin());
}

std::uint64_t Checksum::value() const
{
    Words words {};
    std::memcpy(words.data(), m_rest.data(), m_size % sizeof words);
    std::uint64_t sum = m_size;
    for (std::size_t lane = 0; lane < m_sums.size(); ++lane) {
        sum = mixed(mixed(sum, m_sums[lane]), words[lane]);
    }
    return sum;
}

std::uint64_t checksumOf(std::span<const std::byte> bytes)
{
    Checksum checksum;
    checksum.add(bytes);
    return checksum.value();
}

} // namespace workbench
