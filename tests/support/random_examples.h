// SPDX-License-Identifier: Apache-2.0
/// Examples gone wrong at random: values of every kind in every place, and damaged bytes.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace workbench {

/// The same seed makes the same lines.
class RandomExamples {
public:
    explicit RandomExamples(std::uint64_t seed) : m_random(seed) {}

    /// A line that is often valid, mostly JSON, and sometimes neither.
    [[nodiscard]] std::string next();
    /// Any finite double: of all sizes, or near round ones.
    [[nodiscard]] double number();
    /// Text of the kinds the guard knows: near the closed sets, near the grammars, near the patterns.
    [[nodiscard]] std::string text();

private:
    std::uint64_t below(std::uint64_t limit) { return m_random() % limit; }
    template <class Table> auto oneOf(const Table& table) { return table[below(std::size(table))]; }
    std::string digits(std::uint64_t count);
    std::string phoneLike();
    std::string addressLike();
    std::string idLike();
    std::string secretLike();
    std::string timeLike();
    std::string edited(std::string text);
    std::string jsonValue();
    void damage(std::string& line);

    std::mt19937_64 m_random; // its numbers are the same everywhere, unlike those of the distributions
};

} // namespace workbench
