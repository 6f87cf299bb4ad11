// SPDX-License-Identifier: Apache-2.0
#include "core/guard/mask.h"

#include "core/base/decimal_digits.h"
#include "core/base/utf8.h"

namespace workbench {

namespace {

bool isAsciiLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Superscripts, subscripts, fractions and digits in black circles count: a reader takes them for digits.
bool isAnyDigit(char32_t c)
{
    return (c >= '0' && c <= '9') || foldedDigit(c) != 0 || (c >= 0x2070 && c <= 0x2079)
        || (c >= 0x2080 && c <= 0x2089) || c == 0x00B2 || c == 0x00B3 || c == 0x00B9
        || (c >= 0x00BC && c <= 0x00BE) || (c >= 0x2776 && c <= 0x2793);
}

/// Not ASCII, yet tells nothing: punctuation, spaces, symbols. Invisible characters are not among them,
/// since nobody could see that they are there.
bool isHarmless(char32_t c)
{
    return (c >= 0x00A0 && c <= 0x00BF && c != 0x00AA && c != 0x00AD && c != 0x00B5 && c != 0x00BA)
        || c == 0x00D7 || c == 0x00F7 || (c >= 0x2000 && c <= 0x200A) || (c >= 0x2010 && c <= 0x2027)
        || (c >= 0x202F && c <= 0x205F) || (c >= 0x20A0 && c <= 0x20BF) || (c >= 0x2190 && c <= 0x245F)
        || (c >= 0x2500 && c <= 0x27BF) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020)
        || (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40)
        || (c >= 0xFF5B && c <= 0xFF65);
}

} // namespace

std::string maskShape(std::string_view value, std::size_t limit)
{
    std::string shape;
    std::size_t count = 0;
    for (std::size_t at = 0; at < value.size() && count < limit; ++count) {
        const char32_t c = nextCodePoint(value, at);
        if (isAnyDigit(c)) {
            shape.push_back('9');
        } else if (isAsciiLetter(c)) {
            shape.push_back('x');
        } else if ((c < 0x80 && c >= 0x20 && c != 0x7F) || isHarmless(c)) {
            appendUtf8(shape, c);
        } else if (c == '\t' || c == '\n' || c == '\r') {
            shape.push_back(static_cast<char>(c));
        } else {
            shape.push_back('x');
        }
    }
    return shape;
}

} // namespace workbench
