// SPDX-License-Identifier: Apache-2.0
#include "core/guard/known_safe.h"

#include "core/guard/known_limits.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace workbench {

namespace {

enum CharacterClass : std::uint8_t {
    Digit = 1,
    Lower = 2,
    Upper = 4,
    IdMark = 8,
    Hex = 16,
    Crockford = 32,
    Underscore = 64
};

constexpr std::array<std::uint8_t, 256> Classes = [] {
    std::array<std::uint8_t, 256> classes {};
    const auto add = [&classes](std::string_view characters, std::uint8_t which) {
        for (const char c : characters) {
            auto& entry = classes[static_cast<std::uint8_t>(c)];
            entry = static_cast<std::uint8_t>(entry | which);
        }
    };
    add("0123456789", Digit | Hex | Crockford);
    add("abcdefghijklmnopqrstuvwxyz", Lower);
    add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", Upper);
    add("abcdefABCDEF", Hex);
    add("ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz", Crockford); // no I, L, O, U
    add("_.:-", IdMark);
    add("_", Underscore);
    return classes;
}();

bool has(char c, unsigned which) { return (Classes[static_cast<std::uint8_t>(c)] & which) != 0; }

bool allOf(std::string_view text, unsigned which)
{
    return std::all_of(text.begin(), text.end(), [which](char c) { return has(c, which); });
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dashPlace = i == 8 || i == 13 || i == 18 || i == 23;
        if (dashPlace ? text[i] != '-' : !has(text[i], Hex)) {
            return false;
        }
    }
    return true;
}

bool isUlid(std::string_view text)
{
    // 26 digits hold 130 bits; the first may not exceed 7.
    return text.size() == 26 && text.front() >= '0' && text.front() <= '7' && allOf(text, Crockford);
}

bool isHexDigest(std::string_view text)
{
    return (text.size() == 32 || text.size() == 40 || text.size() == 64) && allOf(text, Hex);
}

} // namespace

bool isExampleId(std::string_view text)
{
    return !text.empty() && text.size() <= MaxIdLength && allOf(text, Digit | Lower | Upper | IdMark);
}

bool isMachineId(std::string_view text)
{
    const bool letter = std::any_of(text.begin(), text.end(), [](char c) { return has(c, Lower | Upper); });
    return letter && (isUuid(text) || isUlid(text) || isHexDigest(text));
}

bool isPressureKey(std::string_view text)
{
    return !text.empty() && text.size() <= MaxPressureKeyLength && has(text.front(), Lower)
        && allOf(text, Lower | Digit | Underscore);
}

} // namespace workbench
