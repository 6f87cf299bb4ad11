// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_pieces.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace workbench {

namespace {

void skipSpace(std::string_view text, std::size_t& at)
{
    while (
        at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n')) {
        ++at;
    }
}

/// The string that begins at `at`, with its quotes.
std::string_view takeString(std::string_view text, std::size_t& at)
{
    const std::size_t begin = at++;
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    at = std::min(at + 1, text.size());
    return text.substr(begin, at - begin);
}

std::string_view takeValue(std::string_view text, std::size_t& at)
{
    const std::size_t begin = at;
    int depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            (void)takeString(text, at);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++at;
        } else if (c == '}' || c == ']') {
            if (depth == 0) {
                break; // the end of what holds a number or a literal
            }
            --depth;
            ++at;
        } else if (depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n')) {
            break;
        } else {
            ++at;
            continue;
        }
        if (depth == 0) {
            break;
        }
    }
    return text.substr(begin, at - begin);
}

std::optional<char32_t> hexDigits(std::string_view text, std::size_t at)
{
    unsigned value = 0;
    const auto digits = text.substr(std::min(at, text.size()), 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc() || end != digits.data() + 4) {
        return std::nullopt;
    }
    return static_cast<char32_t>(value);
}

/// A `\u` escape at `at` (behind the u), both halves of a pair; moves behind it.
char32_t takeEscape(std::string_view text, std::size_t& at)
{
    const auto first = hexDigits(text, at);
    at += 4;
    if (!first || *first < 0xd800 || *first > 0xdfff) {
        return first.value_or(U'\ufffd');
    }
    if (*first < 0xdc00 && text.substr(std::min(at, text.size()), 2) == "\\u") {
        const auto second = hexDigits(text, at + 2);
        if (second && *second >= 0xdc00 && *second <= 0xdfff) {
            at += 6;
            return 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00);
        }
    }
    return U'\ufffd';
}

} // namespace

void forEachPiece(std::string_view container, const PieceFn& take)
{
    const bool isObject = container.starts_with('{');
    std::size_t at = 1;
    for (;;) {
        skipSpace(container, at);
        if (at + 1 >= container.size()) { // the closing bracket, or no container at all
            return;
        }
        std::string key;
        if (isObject) {
            key = plainText(takeString(container, at));
            skipSpace(container, at);
            ++at; // the colon
            skipSpace(container, at);
        }
        const std::size_t before = at;
        const auto value = takeValue(container, at);
        if (at == before) {
            return;
        }
        take(key, value);
        skipSpace(container, at);
        ++at; // the comma
    }
}

std::optional<std::string_view> pieceAt(std::string_view object, std::string_view path)
{
    std::size_t from = 0;
    skipSpace(object, from);
    std::string_view here = object.substr(from);
    while (!path.empty()) {
        const bool isPlace = path.front() == '[';
        const std::size_t end = isPlace ? path.find(']') : path.find_first_of(".[");
        const auto name = path.substr(isPlace ? 1 : 0, isPlace ? end - 1 : end);
        std::size_t wanted = 0;
        if (isPlace) {
            std::from_chars(name.data(), name.data() + name.size(), wanted);
        }
        if (here.empty() || here.front() != (isPlace ? '[' : '{')) {
            return std::nullopt;
        }
        std::optional<std::string_view> found;
        std::size_t place = 0;
        forEachPiece(here, [&](std::string_view key, std::string_view value) {
            if (isPlace ? place == wanted : key == name) {
                found = value;
            }
            ++place;
        });
        if (!found) {
            return std::nullopt;
        }
        here = *found;
        path = end == std::string_view::npos ? std::string_view() : path.substr(end + (isPlace ? 1 : 0));
        if (path.starts_with('.')) {
            path.remove_prefix(1);
        }
    }
    return here;
}

std::string plainText(std::string_view piece)
{
    if (piece.size() < 2 || piece.front() != '"') {
        return std::string(piece);
    }
    const auto inside = piece.substr(1, piece.size() - 2);
    std::string text;
    text.reserve(inside.size());
    for (std::size_t at = 0; at < inside.size();) {
        if (inside[at] != '\\' || at + 1 == inside.size()) {
            text.push_back(inside[at++]);
            continue;
        }
        const char escape = inside[at + 1];
        at += 2;
        switch (escape) {
        case 'b':
            text.push_back('\b');
            break;
        case 'f':
            text.push_back('\f');
            break;
        case 'n':
            text.push_back('\n');
            break;
        case 'r':
            text.push_back('\r');
            break;
        case 't':
            text.push_back('\t');
            break;
        case 'u':
            appendUtf8(text, takeEscape(inside, at));
            break;
        default:
            text.push_back(escape);
        }
    }
    return text;
}

} // namespace workbench
