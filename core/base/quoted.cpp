// SPDX-License-Identifier: Apache-2.0
#include "core/base/quoted.h"

#include "core/base/ascii.h"
#include "core/base/utf8.h"

namespace workbench {

namespace {

/// C0, DEL, C1 and the marks that reorder or hide text would let a name repaint a terminal.
bool isPrintable(char32_t point)
{
    const bool isControl = point < 0x20 || (point >= 0x7f && point < 0xa0);
    const bool isHidden = (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e)
        || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff || point == 0xfffd;
    return !isControl && !isHidden;
}

} // namespace

std::string printable(std::string_view text, std::size_t limit, char32_t instead)
{
    std::string out;
    std::size_t at = 0;
    for (std::size_t shown = 0; at < text.size() && shown < limit; ++shown) {
        const char32_t point = nextCodePoint(text, at);
        appendUtf8(out, isPrintable(point) ? point : instead);
    }
    return out;
}

std::string inQuotes(std::string_view text, std::size_t limit)
{
    const std::string shown = withoutTokenShapes(text);
    const bool cut = codePointCount(shown, limit) > limit;
    return '"' + printable(shown, limit) + (cut ? "...\"" : "\"");
}

std::string withoutTokenShapes(std::string_view text)
{
    constexpr std::string_view Prefix = "hf_";
    constexpr std::size_t Fewest = 10;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        if (text.substr(at).starts_with(Prefix)) {
            end += Prefix.size();
            while (end < text.size() && isAlphanumeric(text[end])) {
                ++end;
            }
        }
        if (end >= at + Prefix.size() + Fewest) {
            out += RedactedToken;
            at = end;
        } else {
            out.push_back(text[at++]);
        }
    }
    return out;
}

} // namespace workbench
