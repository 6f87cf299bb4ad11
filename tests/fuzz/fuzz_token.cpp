// SPDX-License-Identifier: Apache-2.0
// The first line is a token, the rest what a server says: the token is not in what may be shown of it.
#include "core/base/quoted.h"
#include "core/hub/token.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace workbench::fuzz {

namespace {

/// The character that so many hexadecimal digits stand for; 0 when they are not there, or it is beyond ASCII.
char characterOf(std::string_view digits, std::size_t count)
{
    unsigned value = 0;
    const std::string_view text = digits.substr(0, count);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    const bool all = text.size() == count && error == std::errc() && end == text.data() + text.size();
    return all && value < 0x80 ? static_cast<char>(value) : '\0';
}

std::string withoutJsonEscapes(std::string_view text)
{
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            plain += text[at];
            continue;
        }
        const char next = text[++at];
        const char spelled = next == 'u' ? characterOf(text.substr(at + 1), 4) : '\0';
        if (spelled != '\0') {
            plain += spelled;
            at += 4;
        } else {
            const bool known = next == '"' || next == '\\' || next == '/';
            plain += known ? "" : "\\"; // a control character, or no escape at all
            plain += next;
        }
    }
    return plain;
}

std::string withoutUrlEscapes(std::string_view text)
{
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char spelled = text[at] == '%' ? characterOf(text.substr(at + 1), 2) : '\0';
        plain += spelled != '\0' ? spelled : text[at];
        at += spelled != '\0' ? 2 : 0;
    }
    return plain;
}

/// hf_ and ten or more letters and digits.
bool holdsTokenShape(std::string_view text)
{
    const auto isPart
        = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t at = text.find("hf_"); at != std::string_view::npos; at = text.find("hf_", at + 1)) {
        const std::string_view behind = text.substr(at + 3);
        const auto end = std::ranges::find_if_not(behind, isPart);
        if (end - behind.begin() >= 10) {
            return true;
        }
    }
    return false;
}

} // namespace

void redactToken(std::string_view input)
{
    const std::size_t end = std::min(input.find('\n'), input.size());
    std::string secret(input.substr(0, end));
    // Visible characters, and none of the brackets that the replacement itself has.
    std::erase_if(secret, [](char c) { return c <= ' ' || c >= 0x7f || c == '[' || c == ']'; });
    constexpr std::size_t Fewest = 8;
    if (secret.size() < Fewest) {
        return;
    }
    const std::string_view text = input.substr(std::min(end + 1, input.size()));
    const std::string shown = HubToken(secret, "a test").redacted(text);
    for (const std::string& read : {shown, withoutJsonEscapes(shown), withoutUrlEscapes(shown)}) {
        promise(read.find(secret) == std::string::npos, "a token can be read");
    }
    promise(text.find(secret) != std::string_view::npos || shown.find(secret) == std::string::npos,
        "redaction makes a token");
    const std::string words = withoutTokenShapes(text);
    promise(!holdsTokenShape(words), "what looks like a token can be read");
    promise(holdsTokenShape(text) || words == text, "what looks like no token was taken out");
}

} // namespace workbench::fuzz
