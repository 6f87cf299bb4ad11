// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/http_message.h"

#include "core/base/ascii.h"
#include "core/json/json_writer.h"

#include <algorithm>

namespace workbench {

namespace {

int hexValue(char c)
{
    if (isDigit(c)) {
        return c - '0';
    }
    const char lower = lowered(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            out.push_back(' ');
        } else if (text[at] != '%') {
            out.push_back(text[at]);
        } else {
            const int high = at + 2 < text.size() ? hexValue(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? hexValue(text[at + 2]) : -1;
            if (high < 0 || low < 0 || (high == 0 && low == 0)) {
                return std::nullopt;
            }
            out.push_back(static_cast<char>(high * 16 + low));
            at += 2;
        }
    }
    return out;
}

} // namespace

HeaderValue headerOf(const ApiRequest& request, std::string_view lowerCaseName)
{
    HeaderValue found;
    for (const auto& [name, value] : request.headers) {
        if (std::ranges::equal(name, lowerCaseName, {}, lowered)) {
            if (++found.count == 1) {
                found.value = value;
            }
        }
    }
    return found;
}

std::optional<RequestTarget> parseTarget(std::string_view target)
{
    RequestTarget parsed;
    const std::size_t mark = target.find('?');
    parsed.path = std::string(target.substr(0, mark));
    std::string_view rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        if (part.empty()) {
            continue;
        }
        const std::size_t equals = part.find('=');
        auto name = decoded(part.substr(0, equals));
        auto value = equals == std::string_view::npos ? std::optional<std::string>(std::string())
                                                      : decoded(part.substr(equals + 1));
        if (!name || !value) {
            return std::nullopt;
        }
        parsed.query.emplace_back(std::move(*name), std::move(*value));
    }
    return parsed;
}

ApiResponse errorResponse(int status, std::string_view sentence)
{
    ApiResponse response;
    response.status = status;
    JsonWriter writer;
    writer.beginObject(JsonWriter::Layout::OneLine);
    writer.key("error").text(sentence);
    writer.endObject();
    response.body = writer.take();
    return response;
}

} // namespace workbench
