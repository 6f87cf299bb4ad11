// SPDX-License-Identifier: Apache-2.0
/// Comparing short texts, many times a row. Both are as ==, which calls into the C library for every pair of
/// the same length: for a key or a word of a closed set the call takes longer than the comparison.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace workbench {

/// At least one word long: word by word, then the last word, which may overlap with what was looked at.
template <class Word> [[nodiscard]] bool sameWords(const char* at, std::string_view text)
{
    const auto differ = [&](std::size_t place) {
        Word a = 0;
        Word b = 0;
        std::memcpy(&a, at + place, sizeof(Word));
        std::memcpy(&b, text.data() + place, sizeof(Word));
        return a != b;
    };
    for (std::size_t place = 0; place + sizeof(Word) < text.size(); place += sizeof(Word)) {
        if (differ(place)) {
            return false;
        }
    }
    return !differ(text.size() - sizeof(Word));
}

/// Whether `text.size()` bytes at `at` are those of `text`.
[[nodiscard]] inline bool sameBytes(const char* at, std::string_view text)
{
    if (text.size() >= sizeof(std::uint64_t)) {
        return sameWords<std::uint64_t>(at, text);
    }
    if (text.size() >= sizeof(std::uint32_t)) {
        return sameWords<std::uint32_t>(at, text);
    }
    return text.empty() || sameWords<char>(at, text);
}

[[nodiscard]] inline bool sameText(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sameBytes(a.data(), b);
}

/// The place of `text` in a set of texts; the set's size when it is not there.
template <class Set> [[nodiscard]] std::size_t placeIn(const Set& set, std::string_view text)
{
    std::size_t place = 0;
    while (place < set.size() && !sameText(set[place], text)) {
        ++place;
    }
    return place;
}

} // namespace workbench
