// SPDX-License-Identifier: Apache-2.0
/// A JSON number read in one pass: its value, and whether its text already is the canonical one.
#pragma once

#include <cstddef>
#include <cstdint>

namespace workbench {

enum class NumberForm : std::uint8_t {
    Unread, ///< nobody has looked yet: parseJsonNumber() and appendCanonicalNumber() tell
    Canonical, ///< `value` is exact and the text is what RFC 8785 writes for it
    Other, ///< `value` is exact, the text would be written differently
};

struct PlainNumber {
    double value = 0; ///< the nearest double; holds nothing when Unread
    NumberForm form = NumberForm::Unread;
    std::size_t length = 0; ///< bytes of the number; 0: there is none
};

/// readPlainNumber() for any number.
[[nodiscard]] PlainNumber readAnyPlainNumber(const char* text, const char* end);

/// Reads the number that begins at `text` and ends before `end`. Plain decimals of up to 17 digits get their
/// value and form; any other spelling (exponents, more digits, -0) is measured and left Unread.
/// Nothing behind `end` is looked at: whether the number goes on there is for the caller to know.
///
/// Why no number has to be formatted to know its form: digits below 2^52 name one double each. From there to
/// 17 digits the text is compared with its double exactly, in whole numbers: it is canonical when no
/// text of one digit less lies within half an ulp of the double, and no other of the same length lies nearer
/// (ECMA-262, Number::toString, step 5). Ties and powers of two, whose gaps differ, are left Unread.
[[nodiscard]] inline PlainNumber readPlainNumber(const char* text, const char* end)
{
    // Half of all numbers are a flag or another single digit.
    if (end - text > 1 && *text >= '0' && *text <= '9' && (text[1] == ',' || text[1] == '}')) {
        return {static_cast<double>(*text - '0'), NumberForm::Canonical, 1};
    }
    return readAnyPlainNumber(text, end);
}

} // namespace workbench
