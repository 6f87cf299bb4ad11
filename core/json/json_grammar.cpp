// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_grammar.h"

#include "core/base/ascii.h"

#include <cstddef>

namespace workbench {

namespace {

/// Moves `at` over digits; false when there is none.
bool skipDigits(std::string_view text, std::size_t& at)
{
    const std::size_t first = at;
    while (at < text.size() && isDigit(text[at])) {
        ++at;
    }
    return at > first;
}

} // namespace

bool isJsonNumber(std::string_view text)
{
    std::size_t at = 0;
    if (at < text.size() && text[at] == '-') {
        ++at;
    }
    const bool leadingZero = at < text.size() && text[at] == '0';
    const std::size_t first = at;
    if (!skipDigits(text, at) || (leadingZero && at - first > 1)) {
        return false;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!skipDigits(text, at)) {
            return false;
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
            ++at;
        }
        if (!skipDigits(text, at)) {
            return false;
        }
    }
    return at == text.size();
}

std::string_view trimJsonEnd(std::string_view text)
{
    while (!text.empty()
        && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string_view containerExtent(std::string_view text)
{
    std::size_t depth = 0;
    bool inString = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (inString) {
            if (c == '\\') {
                ++at;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return text.substr(0, at + 1);
        }
    }
    return text;
}

} // namespace workbench
