// SPDX-License-Identifier: Apache-2.0
#include "core/base/quoted.h"

#include "core/base/utf8.h"

namespace workbench {

std::string inQuotes(std::string_view text, std::size_t limit)
{
    std::string out = "\"";
    std::size_t at = 0;
    std::size_t shown = 0;
    while (at < text.size()) {
        if (shown++ == limit) {
            out += "...";
            break;
        }
        const char32_t point = nextCodePoint(text, at);
        // C0, DEL, C1 and the marks that reorder or hide text would let a name repaint a terminal.
        const bool isControl = point < 0x20 || (point >= 0x7f && point < 0xa0);
        const bool isHidden = (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e)
            || (point >= 0x2060 && point <= 0x206f) || point == 0xfeff || point == 0xfffd;
        appendUtf8(out, isControl || isHidden ? U'?' : point);
    }
    return out + '"';
}

} // namespace workbench
