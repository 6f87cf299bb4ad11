// SPDX-License-Identifier: Apache-2.0
#include "core/guard/text_patterns.h"

#include "core/base/ascii.h"
#include "core/base/decimal_digits.h"
#include "core/base/utf8.h"
#include "core/guard/known_limits.h"

#include <algorithm>
#include <array>

namespace workbench {

namespace {

bool isPhoneSeparator(char c) { return c == '-' || c == '.' || c == ' '; }

struct Run {
    char32_t first;
    char32_t last;
};

/// `runs` ascend; the last one that does not begin behind `c` is the only one that can have it.
template <std::size_t Count> bool isIn(const std::array<Run, Count>& runs, char32_t c)
{
    const auto* const behind = std::ranges::upper_bound(runs, c, {}, &Run::first);
    return behind != runs.begin() && c <= behind[-1].last;
}

/// Unicode 14's general category Pd but ASCII's, and what looks like one: the hyphen bullet, the minus sign.
constexpr std::array<Run, 20> Dashes {
    {{0x058A, 0x058A}, {0x05BE, 0x05BE}, {0x1400, 0x1400}, {0x1806, 0x1806}, {0x2010, 0x2015},
        {0x2043, 0x2043}, {0x2212, 0x2212}, {0x2E17, 0x2E17}, {0x2E1A, 0x2E1A}, {0x2E3A, 0x2E3B},
        {0x2E40, 0x2E40}, {0x2E5D, 0x2E5D}, {0x301C, 0x301C}, {0x3030, 0x3030}, {0x30A0, 0x30A0},
        {0xFE31, 0xFE32}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63}, {0xFF0D, 0xFF0D}, {0x10EAD, 0x10EAD}}};
/// Unicode's property White_Space, but ASCII's.
constexpr std::array<Run, 8> Blanks {{{0x85, 0x85}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}}};
/// Of the general category Cf what prints nothing, combining marks, variation selectors, and all that may
/// become one of these.
constexpr std::array<Run, 14> Invisible {
    {{0x00AD, 0x00AD}, {0x0300, 0x036F}, {0x061C, 0x061C}, {0x070F, 0x070F}, {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}}};

// Nearly all characters are ASCII and need not be looked for.
bool isDash(char32_t c) { return c >= Dashes.front().first && isIn(Dashes, c); }

bool isBlank(char32_t c)
{
    return c == 0x20 || (c >= 0x09 && c <= 0x0D) || (c >= Blanks.front().first && isIn(Blanks, c));
}

bool isInvisible(char32_t c) { return c >= Invisible.front().first && isIn(Invisible, c); }

/// Moves over exactly `count` digits.
bool takeDigits(std::string_view text, std::size_t& at, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i, ++at) {
        if (at >= text.size() || !isDigit(text[at])) {
            return false;
        }
    }
    return true;
}

void takeSeparator(std::string_view text, std::size_t& at)
{
    if (at < text.size() && isPhoneSeparator(text[at])) {
        ++at;
    }
}

/// `\d{3}[-.\s]?\d{4}` at `at`: what follows the area code.
bool isLocalNumber(std::string_view text, std::size_t at)
{
    if (!takeDigits(text, at, 3)) {
        return false;
    }
    takeSeparator(text, at);
    return takeDigits(text, at, 4);
}

bool isPlainPhone(std::string_view text, std::size_t at)
{
    if (!takeDigits(text, at, 3)) {
        return false;
    }
    takeSeparator(text, at);
    return isLocalNumber(text, at);
}

bool isParenthesisedPhone(std::string_view text, std::size_t at)
{
    if (text[at] != '(' || !takeDigits(text, ++at, 3) || at >= text.size() || text[at] != ')') {
        return false;
    }
    ++at;
    while (at < text.size() && isPhoneSeparator(text[at])) {
        ++at;
    }
    return isLocalNumber(text, at);
}

bool isInternationalPhone(std::string_view text, std::size_t at)
{
    if (text[at] != '+') {
        return false;
    }
    constexpr std::size_t Fewest = 8; // E.164: at most 15; fewer than 8 with the country's code reach nobody
    constexpr std::size_t Most = 15;
    std::size_t digits = 0;
    std::size_t between = 0;
    for (++at; at < text.size() && digits <= Most; ++at) {
        const char c = text[at];
        if (isDigit(c)) {
            ++digits;
            between = 0;
        } else if ((isPhoneSeparator(c) || c == '(' || c == ')') && between < 2) {
            ++between;
        } else {
            break;
        }
    }
    return digits >= Fewest && digits <= Most;
}

/// `555_123_4567`, `555:1234567`: what a name makes of a number where no blank may stand. Only alone, for
/// `20261122_152026` is a time.
bool isNamedPhone(std::string_view text, std::size_t at)
{
    const auto takeMark = [text, &at] {
        at += at < text.size() && (text[at] == '_' || text[at] == ':' || isPhoneSeparator(text[at])) ? 1 : 0;
    };
    if ((at > 0 && isDigit(text[at - 1])) || !takeDigits(text, at, 3)) {
        return false;
    }
    takeMark();
    if (!takeDigits(text, at, 3)) {
        return false;
    }
    takeMark();
    return takeDigits(text, at, 4) && (at == text.size() || !isDigit(text[at]));
}

constexpr std::size_t FewestPhoneDigits = 8;

bool holdsPhone(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (isPlainPhone(text, at) || isParenthesisedPhone(text, at) || isInternationalPhone(text, at)
            || isNamedPhone(text, at)) {
            return true;
        }
    }
    return false;
}

constexpr std::array<std::string_view, 17> Suffixes {"st", "street", "ave", "avenue", "rd", "road", "blvd",
    "boulevard", "dr", "drive", "ln", "lane", "ct", "court", "way", "pl", "place"};

constexpr std::size_t LongestSuffix = 9;

bool isSuffix(std::string_view word)
{
    std::array<char, LongestSuffix> low {};
    if (word.size() > low.size()) {
        return false;
    }
    std::transform(word.begin(), word.end(), low.begin(), lowered);
    return std::find(Suffixes.begin(), Suffixes.end(), std::string_view(low.data(), word.size()))
        != Suffixes.end();
}

bool isStreetNumber(std::string_view word)
{
    if (!word.empty() && isLetter(word.back())) {
        word.remove_suffix(1);
    }
    return !word.empty() && word.size() <= 6 && std::all_of(word.begin(), word.end(), isDigit);
}

bool isZip(std::string_view word)
{
    return word.size() == 5 && std::all_of(word.begin(), word.end(), isDigit);
}

/// Letters of other scripts are part of a word.
constexpr bool isBetweenWords(char c) { return static_cast<unsigned char>(c) < 0x80 && !isAlphanumeric(c); }

/// The next word from `at` on; moves behind it. Empty: there is none.
std::string_view nextWord(std::string_view text, std::size_t& at)
{
    while (at < text.size() && isBetweenWords(text[at])) {
        ++at;
    }
    const std::size_t begin = at;
    while (at < text.size() && !isBetweenWords(text[at])) {
        ++at;
    }
    return text.substr(begin, at - begin);
}

/// "po box 12", "p.o.box no. 12", "POBox12".
bool holdsPostBox(std::string_view text)
{
    constexpr std::string_view Letters = "poboxno";
    constexpr std::size_t Box = 5; // so many of them are enough
    std::size_t matched = 0; // but for the "o" no letter comes twice: a miss can only start anew at a "p"
    for (const char c : text) {
        if (isBetweenWords(c)) {
            continue;
        }
        if ((matched == Box || matched == Letters.size()) && isDigit(c)) {
            return true;
        }
        const bool goesOn = matched < Letters.size() && lowered(c) == Letters[matched];
        matched = goesOn ? matched + 1 : (lowered(c) == Letters.front() ? 1 : 0);
    }
    return false;
}

/// One to five words lie between a number and the suffix: it is two to six words before.
constexpr unsigned NumberBeforeSuffix = 0b111'1100;
constexpr unsigned ZipBeforeSuffix = 0b10; // the word before

/// "12 Long Elm Street", "12-Elm-Street", "98101 Street".
bool holdsStreet(std::string_view text)
{
    unsigned numbers = 0; // bit n: the n-th word before this one was one
    unsigned zips = 0;
    std::size_t at = 0;
    for (std::string_view word = nextWord(text, at); !word.empty(); word = nextWord(text, at)) {
        numbers <<= 1U;
        zips <<= 1U;
        if (((numbers & NumberBeforeSuffix) != 0 || (zips & ZipBeforeSuffix) != 0) && isSuffix(word)) {
            return true;
        }
        numbers |= isStreetNumber(word) ? 1U : 0U;
        zips |= isZip(word) ? 1U : 0U;
    }
    return false;
}

/// What a text has of which patterns are made. Few names have enough of it to be looked at any further.
struct Ingredients {
    std::size_t digits = 0;
    bool gap = false; ///< something between words
    bool number = false; ///< a digit at the beginning of a word
    bool postBox = false; ///< the letters of "pobox"
};

/// Each character is looked up and none is guessed: in a random name no branch would be right.
Ingredients ingredientsOf(std::string_view text)
{
    enum : std::uint8_t { P = 1, O = 2, B = 4, X = 8, PostBox = 15, BetweenWords = 16, Numeral = 32 };
    static constexpr auto Kinds = [] {
        std::array<std::uint8_t, 256> kinds {};
        for (unsigned c = 0; c < kinds.size(); ++c) {
            const char is = static_cast<char>(c);
            const char low = lowered(is);
            const int letter = low == 'p' ? P : low == 'o' ? O : low == 'b' ? B : low == 'x' ? X : 0;
            kinds[c] = static_cast<std::uint8_t>(
                letter | (isBetweenWords(is) ? BetweenWords : 0) | (isDigit(is) ? Numeral : 0));
        }
        return kinds;
    }();
    Ingredients found;
    unsigned all = 0;
    unsigned begun = 0; // by a digit
    unsigned before = BetweenWords;
    for (const char c : text) {
        const unsigned kind = Kinds[static_cast<unsigned char>(c)];
        all |= kind;
        begun |= kind & (before << 1U);
        found.digits += (kind & Numeral) != 0 ? 1 : 0;
        before = kind;
    }
    static_assert(Numeral == BetweenWords << 1);
    found.gap = (all & BetweenWords) != 0;
    found.number = (begun & Numeral) != 0;
    found.postBox = (all & PostBox) == PostBox;
    return found;
}

bool holdsAddress(std::string_view text, const Ingredients& has)
{
    return has.digits > 0
        && ((has.postBox && holdsPostBox(text)) || (has.gap && has.number && holdsStreet(text)));
}

} // namespace

/// One byte a character, so that the patterns need not know Unicode; 'x' stands for any other letter.
std::string foldedText(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = nextCodePoint(text, at);
        if (isInvisible(c)) {
            continue;
        }
        if (c == 0xFE6B) { // small commercial at
            c = '@';
        } else if (c >= 0xFF01 && c <= 0xFF5E && !isDash(c)) { // full width
            c = c - 0xFF01 + '!';
        }
        if (isBlank(c)) {
            folded.push_back(' ');
        } else if (isDash(c)) {
            folded.push_back('-');
        } else if (c < 0x80) {
            folded.push_back(static_cast<char>(c));
        } else if (const char digit = foldedDigit(c)) {
            folded.push_back(digit);
        } else {
            folded.push_back('x');
        }
    }
    return folded;
}

TextPatterns findPatterns(std::string_view text)
{
    const std::string folded = foldedText(text);
    TextPatterns found;
    found.email = folded.find('@') != std::string::npos;
    const Ingredients has = ingredientsOf(folded);
    found.phone = has.digits >= FewestPhoneDigits && holdsPhone(folded);
    found.address = holdsAddress(folded, has);
    found.tooLong = text.size() > MaxStringLength && codePointCount(text, MaxStringLength) > MaxStringLength;
    return found;
}

TextPatterns findPatternsInName(std::string_view name)
{
    TextPatterns found;
    if (std::none_of(name.begin(), name.end(), isDigit)) { // no pattern goes without; few keys have any
        return found;
    }
    const Ingredients has = ingredientsOf(name);
    found.phone = has.digits >= FewestPhoneDigits && holdsPhone(name);
    found.address = holdsAddress(name, has);
    return found;
}

} // namespace workbench
