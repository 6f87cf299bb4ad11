// SPDX-License-Identifier: Apache-2.0
#include "core/guard/secret_shapes.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace workbench {

namespace {

constexpr std::size_t Shortest = 19; ///< a card number with its marks; `xoxb-` and 14

bool isAlphanumericOrScore(char c) { return isAlphanumeric(c) || c == '_'; }
bool isAlphanumericOrDash(char c) { return isAlphanumeric(c) || c == '-'; }
bool isCapitalOrDigit(char c) { return isUpper(c) || isDigit(c); }

struct TokenShape {
    std::string_view prefix;
    bool (*fits)(char);
    std::size_t fewest;
};

constexpr std::array<TokenShape, 17> TokenShapes {{
    {"hf_", isAlphanumeric, 20},
    {"ghp_", isAlphanumeric, 36},
    {"gho_", isAlphanumeric, 36},
    {"ghu_", isAlphanumeric, 36},
    {"ghs_", isAlphanumeric, 36},
    {"ghr_", isAlphanumeric, 36},
    {"github_pat_", isAlphanumericOrScore, 22},
    {"glpat-", isNameCharacter, 20},
    {"AIza", isNameCharacter, 35},
    {"xoxa-", isAlphanumericOrDash, 14},
    {"xoxb-", isAlphanumericOrDash, 14},
    {"xoxp-", isAlphanumericOrDash, 14},
    {"xoxr-", isAlphanumericOrDash, 14},
    {"xoxs-", isAlphanumericOrDash, 14},
    {"sk-", isAlphanumeric, 20},
    {"sk_live_", isAlphanumeric, 16},
    {"rk_live_", isAlphanumeric, 16},
}};

std::size_t countOf(std::string_view text, bool (*fits)(char))
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), fits) - text.begin());
}

bool beginsWithCloudKey(std::string_view text)
{
    constexpr std::size_t Prefix = 4;
    constexpr std::size_t Characters = 16;
    if (!text.starts_with("AKIA") && !text.starts_with("ASIA")) {
        return false;
    }
    const std::string_view rest = text.substr(Prefix);
    return countOf(rest, isAlphanumeric) == Characters && countOf(rest, isCapitalOrDigit) == Characters;
}

bool beginsWithWebToken(std::string_view text)
{
    constexpr std::string_view Object = "eyJ"; // {" in base64
    constexpr std::size_t Fewest = 8;
    if (!text.starts_with(Object)) {
        return false;
    }
    const std::size_t head = countOf(text, isNameCharacter);
    return head >= Object.size() + Fewest && head < text.size() && text[head] == '.'
        && text.substr(head + 1).starts_with(Object);
}

bool beginsWithToken(std::string_view text)
{
    const auto begins = [text](const TokenShape& shape) {
        return text.starts_with(shape.prefix)
            && countOf(text.substr(shape.prefix.size()), shape.fits) >= shape.fewest;
    };
    return std::ranges::any_of(TokenShapes, begins) || beginsWithCloudKey(text) || beginsWithWebToken(text);
}

/// Four groups of four digits, one mark between them.
bool beginsWithCard(std::string_view text)
{
    constexpr std::size_t Group = 5; // with the mark behind it
    constexpr std::size_t Length = 4 * Group - 1;
    constexpr std::string_view Marks = "-._: ";
    if (text.size() < Length || (text.size() > Length && isDigit(text[Length]))) {
        return false;
    }
    const char mark = text[Group - 1];
    int sum = 0;
    bool doubled = true; // of sixteen digits the first one is
    for (std::size_t at = 0; at < Length; ++at) {
        if (at % Group == Group - 1) {
            if (text[at] != mark) {
                return false;
            }
        } else if (!isDigit(text[at])) {
            return false;
        } else {
            const int digit = (text[at] - '0') * (doubled ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            doubled = !doubled;
        }
    }
    constexpr std::string_view Issued = "3456"; // 2 is a year's first digit far oftener than a card's
    return Marks.find(mark) != std::string_view::npos && Issued.find(text.front()) != std::string_view::npos
        && sum % 10 == 0;
}

} // namespace

bool holdsSecret(std::string_view text)
{
    constexpr std::string_view Begins = "hgAxsre"; // of the shapes above
    if (text.size() < Shortest) {
        return false;
    }
    bool within = false; // a word
    for (std::size_t at = 0; at + Shortest <= text.size(); ++at) {
        const char c = text[at];
        if (!within && isDigit(c) && beginsWithCard(text.substr(at))) {
            return true;
        }
        if (!within && Begins.find(c) != std::string_view::npos && beginsWithToken(text.substr(at))) {
            return true;
        }
        within = isAlphanumeric(c);
    }
    return false;
}

} // namespace workbench
