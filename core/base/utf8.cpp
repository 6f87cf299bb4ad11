// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.h"

#include <cstdint>

namespace workbench {

namespace {

constexpr char32_t Replacement = 0xFFFD;

/// Length of the well-formed sequence at `at` and its code point; 0 when there is none (RFC 3629).
std::size_t decode(std::string_view text, std::size_t at, char32_t& codePoint)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto continuation = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
    const std::uint8_t lead = byte(at);
    if (lead < 0x80) {
        codePoint = lead;
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF && continuation(at + 1)) {
        codePoint = ((lead & 0x1FU) << 6U) | (byte(at + 1) & 0x3FU);
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF && continuation(at + 1) && continuation(at + 2)) {
        codePoint = ((lead & 0x0FU) << 12U) | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU);
        const bool surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        return codePoint >= 0x800 && !surrogate ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4 && continuation(at + 1) && continuation(at + 2)
        && continuation(at + 3)) {
        codePoint = ((lead & 0x07U) << 18U) | ((byte(at + 1) & 0x3FU) << 12U) | ((byte(at + 2) & 0x3FU) << 6U)
            | (byte(at + 3) & 0x3FU);
        return codePoint >= 0x10000 && codePoint <= 0x10FFFF ? 4 : 0;
    }
    return 0;
}

} // namespace

char32_t nextCodePoint(std::string_view text, std::size_t& at)
{
    char32_t codePoint = Replacement;
    const std::size_t length = decode(text, at, codePoint);
    at += length == 0 ? 1 : length;
    return length == 0 ? Replacement : codePoint;
}

void appendUtf8(std::string& out, char32_t codePoint)
{
    const auto put
        = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<std::uint8_t>(byte))); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0U | (codePoint >> 6U));
        put(0x80U | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000) {
        put(0xE0U | (codePoint >> 12U));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    } else {
        put(0xF0U | (codePoint >> 18U));
        put(0x80U | ((codePoint >> 12U) & 0x3FU));
        put(0x80U | ((codePoint >> 6U) & 0x3FU));
        put(0x80U | (codePoint & 0x3FU));
    }
}

std::size_t codePointCount(std::string_view text, std::size_t enough)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size() && count <= enough; ++count) {
        (void)nextCodePoint(text, at);
    }
    return count;
}

bool isValidUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        char32_t codePoint = 0;
        const std::size_t length = decode(text, at, codePoint);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

std::string asValidUtf8(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        appendUtf8(out, nextCodePoint(text, at));
    }
    return out;
}

} // namespace workbench
