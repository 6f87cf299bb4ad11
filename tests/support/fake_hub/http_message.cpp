// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/http_message.h"

#include <algorithm>

namespace workbench::fakehub {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

constexpr std::size_t TextLimit = 8U << 20;

} // namespace

void TextBody::write(std::string_view bytes)
{
    if (text.size() + bytes.size() > TextLimit) {
        tooLong = true;
        return;
    }
    text += bytes;
}

std::string Request::header(const std::string& name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::string Request::queryValue(std::string_view name) const
{
    const auto found
        = std::find_if(query.begin(), query.end(), [&](const auto& entry) { return entry.first == name; });
    return found == query.end() ? std::string() : found->second;
}

bool Request::queryFlag(std::string_view name) const
{
    const std::string value = queryValue(name);
    return value == "1" || value == "true" || value == "True";
}

std::string_view Request::bodyText() const
{
    const auto* kept = dynamic_cast<const TextBody*>(body.get());
    return kept == nullptr ? std::string_view() : std::string_view(kept->text);
}

void Response::set(const std::string& name, std::string value)
{
    for (auto& header : headers) {
        if (header.first == name) {
            header.second = std::move(value);
            return;
        }
    }
    headers.emplace_back(name, std::move(value));
}

std::string percentDecoded(std::string_view text, bool plusIsSpace)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0
            && hexValue(text[i + 2]) >= 0) {
            out += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            out += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view Digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
            || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += Digits[byte >> 4U];
            out += Digits[byte & 15U];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parseForm(std::string_view text)
{
    std::vector<std::pair<std::string, std::string>> fields;
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), field.size() + 1));
        if (field.empty()) {
            continue;
        }
        const std::size_t equals = std::min(field.find('='), field.size());
        const std::string_view value = field.substr(std::min(field.size(), equals + 1));
        fields.emplace_back(percentDecoded(field.substr(0, equals), true), percentDecoded(value, true));
    }
    return fields;
}

void splitTarget(Request& request)
{
    const std::string_view target = request.target;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = std::string(target.substr(0, mark));
    request.query = parseForm(target.substr(std::min(target.size(), mark + 1)));
    request.segments.clear();
    std::string_view rest = request.path;
    while (!rest.empty()) {
        rest.remove_prefix(1); // the slash in front
        const std::string_view segment = rest.substr(0, rest.find('/'));
        if (!segment.empty()) {
            request.segments.push_back(percentDecoded(segment));
        }
        rest.remove_prefix(segment.size());
    }
}

} // namespace workbench::fakehub
