// SPDX-License-Identifier: Apache-2.0
/// Random numbers that are the same on every machine (those of the standard library's distributions are not).
#pragma once

#include <cstdint>
#include <string_view>

namespace workbench {

/// SplitMix64: one addition and two multiplications a number, good enough for made-up companies.
class GeneratedRandom {
public:
    explicit GeneratedRandom(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15U;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// 0 … below − 1; the bias of the remainder does not matter here.
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    /// [0, 1)
    double fraction() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
    bool chance(double probability) { return fraction() < probability; }
    char of(std::string_view letters) { return letters[below(letters.size())]; }

private:
    std::uint64_t m_state;
};

} // namespace workbench
