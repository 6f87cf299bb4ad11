// SPDX-License-Identifier: Apache-2.0
// A request to the internal API as HTTP/1 writes it: who is let in, and what is understood of the rest.
#include "app/serve/access.h"
#include "app/serve/export_order.h"
#include "core/base/ascii.h"
#include "core/json/strict_json.h"
#include "core/schema/builtin_schemas.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <string>

namespace workbench::fuzz {

namespace {

constexpr std::string_view Secret = "a-secret-of-the-fuzzer";

std::string_view takeUntil(std::string_view& text, char end)
{
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

ApiRequest requestOf(std::string_view text)
{
    ApiRequest request;
    std::string_view first = takeUntil(text, '\n');
    request.method = takeUntil(first, ' ');
    request.target = first;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        if (line.empty()) {
            break;
        }
        const std::string_view name = takeUntil(line, ':');
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        request.headers.emplace_back(name, line);
    }
    request.body = text;
    return request;
}

std::string encoded(std::string_view text)
{
    constexpr std::string_view Digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isAlphanumeric(c)) {
            out += c;
        } else {
            out += {'%', Digits[byte >> 4U], Digits[byte & 15U]};
        }
    }
    return out;
}

void promiseThatTargetsReadBack(const ApiRequest& request)
{
    const auto target = parseTarget(request.target);
    if (!target) {
        promise(request.target.find('%') != std::string::npos, "a target without escapes is refused");
        return;
    }
    promise(request.target.starts_with(target->path) && target->path.find('?') == std::string::npos,
        "a path is another one");
    std::string written = target->path + '?';
    for (const auto& [name, value] : target->query) {
        promise(
            (name + value).find('\0') == std::string::npos || request.target.find('\0') != std::string::npos,
            "a zero byte was decoded");
        written += encoded(name) + '=' + encoded(value) + '&';
    }
    const bool hasZero = request.target.find('\0') != std::string::npos;
    const auto again = parseTarget(written);
    promise(hasZero || (again && again->query == target->query), "a query does not read back");
}

bool namesLoopback(std::string_view authority)
{
    const std::string text = lowerCase(authority);
    return text.starts_with("127.") || text.starts_with("localhost") || text.starts_with("[");
}

void promiseThatStrangersStayOutside(const ApiRequest& request)
{
    static const std::optional<AccessToken> token(Secret);
    const HeaderValue host = headerOf(request, "host");
    const HeaderValue origin = headerOf(request, "origin");
    if (!refuseForeign(request, {"127.0.0.1", 3000})) {
        promise(host.count == 1 && namesLoopback(host.value), "a foreign Host is let in");
        const bool own = lowerCase(origin.value).starts_with("http://")
            && namesLoopback(std::string_view(origin.value).substr(7)) && origin.value.ends_with(":3000");
        promise(origin.count == 0 || (origin.count == 1 && own), "a foreign Origin is let in");
    }
    const HeaderValue given = headerOf(request, TokenHeader);
    promise(static_cast<bool>(refuseUnknown(request, token)) != (given.count == 1 && given.value == Secret),
        "the token is not what opens the door");
}

void promiseThatOrdersAreUnderstood(const std::string& body)
{
    static const OrderDefaults defaults {defaultSchema(), 50000, SplitStrategy::BySource, "owner/name"};
    const auto order = parseOrder(body, defaults);
    if (order) {
        const auto& sources = defaultSchema()->sources();
        const auto& source = order->filter.source;
        promise(
            !source || std::ranges::find(sources, *source) != sources.end(), "a source that there is not");
        promise(order->filter.maxRows.value_or(0) >= 1, "an order of nothing");
        promise(std::ranges::count(order->repo, '/') == 1, "a repository without an owner");
        promise(body.empty() || parseStrictJson(body, "body"), "an order that is no JSON");
        return;
    }
    const std::string& message = order.error().message;
    promise(order.error().code == ErrorCode::Usage && !message.empty(), "a refusal without a word");
    constexpr std::ptrdiff_t MostDigits = 9; // of a line's number, or of a field's name
    promise(message.find('@') == std::string::npos && std::ranges::count_if(message, isDigit) <= MostDigits,
        "a refusal quotes what could be somebody's");
}

} // namespace

void answerRequest(std::string_view input)
{
    const ApiRequest request = requestOf(input);
    promiseThatTargetsReadBack(request);
    promiseThatStrangersStayOutside(request);
    promiseThatOrdersAreUnderstood(request.body);
}

} // namespace workbench::fuzz
