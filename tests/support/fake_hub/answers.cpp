// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/hub_state.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace workbench::fakehub {

namespace {

using nlohmann::json;

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// The key of a repository that differs in capitals only.
std::string keyOfOtherCase(const HubState& state, const std::string& key)
{
    for (const auto& entry : state.repositories) {
        if (lowered(entry.first) == lowered(key)) {
            return entry.first;
        }
    }
    return "";
}

bool maySee(const Call& call, const Repository& repository)
{
    return !repository.isPrivate
        || call.state.accounts.mayRead(call.caller, repository.owner(), repository.id);
}

/// No access looks like absence, on purpose.
Response absent(const Call& call)
{
    if (call.caller.kind == Caller::Kind::Anonymous) {
        return refusal(401, "", "Invalid username or password.");
    }
    return refusal(404, "RepoNotFound", "Repository not found");
}

struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// One range of a "bytes=" header that can be satisfied.
std::optional<Range> parseRange(std::string_view header, std::uint64_t size)
{
    if (!header.starts_with("bytes=") || size == 0) {
        return std::nullopt;
    }
    header.remove_prefix(6);
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto first = number(header.substr(0, dash));
    const auto last = number(header.substr(dash + 1));
    if (!first) {
        return last && *last > 0 ? std::optional(Range {size - std::min(size, *last), size - 1})
                                 : std::nullopt;
    }
    if (*first >= size || (last && *last < *first)) {
        return std::nullopt;
    }
    return Range {*first, std::min(last.value_or(size - 1), size - 1)};
}

} // namespace

std::string repositoryKey(std::string_view type, std::string_view id)
{
    return std::string(type) + "/" + std::string(id);
}

std::string plural(const std::string& type) { return type + "s"; }

Opened openRepository(Call& call, const std::string& type, const std::string& id)
{
    HubState& state = call.state;
    if (call.caller.kind == Caller::Kind::Invalid) {
        return {.refusal = refusal(401, "", "Invalid credentials in Authorization header")};
    }
    std::string key = repositoryKey(type, id);
    if (!state.repositories.contains(key)) {
        const auto moved = state.moved.find(key);
        key = moved != state.moved.end() ? moved->second : keyOfOtherCase(state, key);
        const auto found = state.repositories.find(key);
        const bool redirects
            = call.request.method == "GET" || call.request.method == "HEAD" || state.options.redirectsPosts;
        if (found == state.repositories.end() || !maySee(call, found->second) || !redirects) {
            return {.refusal = absent(call)};
        }
        std::string target = call.request.target;
        target.replace(target.find(id), id.size(), found->second.id);
        Response response;
        response.status = 307;
        response.set("Location", target);
        return {.refusal = response};
    }
    Repository& repository = state.repositories.at(key);
    if (!maySee(call, repository)) {
        return {.refusal = absent(call)};
    }
    if (repository.disabled) {
        return {.refusal = refusal(403, "", "Access to this resource is disabled.")};
    }
    return {.repository = &repository};
}

std::optional<Response> refuseToWrite(const Call& call, const Repository& repository)
{
    if (call.caller.kind == Caller::Kind::Anonymous) {
        return refusal(401, "", "Invalid username or password.");
    }
    if (!call.state.accounts.mayWrite(call.caller, repository.owner(), repository.id)) {
        return refusal(403, "",
            "Forbidden: you don't have write access here; pass `create_pr=1` as a query parameter to create "
            "a "
            "Pull Request");
    }
    return std::nullopt;
}

Response jsonAnswer(const json& value, int status)
{
    Response response;
    response.status = status;
    response.set("Content-Type", "application/json; charset=utf-8");
    response.body = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return response;
}

Response refusal(int status, const std::string& code, const std::string& message)
{
    Response response = jsonAnswer({{"error", message}}, status);
    if (!code.empty()) {
        response.set("X-Error-Code", code);
    }
    response.set("X-Error-Message", message);
    return response;
}

Response revisionNotFound(const std::string& revision)
{
    return refusal(404, "RevisionNotFound", "Invalid rev id: " + percentEncoded(revision));
}

Response entryNotFound(const std::string& commit)
{
    Response response = refusal(404, "EntryNotFound", "Entry not found");
    response.set("X-Repo-Commit", commit);
    return response;
}

Response nothingHere()
{
    Response response;
    response.status = 404;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.body
        = "<!doctype html><title>404</title><p>Sorry, we can't find the page you are looking for.</p>";
    return response;
}

std::optional<json> jsonBody(const Request& request)
{
    json parsed = json::parse(request.bodyText(), nullptr, false);
    if (!parsed.is_object()) {
        return std::nullopt;
    }
    return parsed;
}

Response badRequest(const std::string& what) { return refusal(400, "", what); }

std::string answeredHost(const HubState& state)
{
    return state.options.defaultHostInAnswers ? "https://huggingface.co" : state.hubUrl;
}

Response contentAnswer(const Request& request, std::shared_ptr<const Content> content)
{
    Response response;
    response.set("Accept-Ranges", "bytes");
    response.set("Content-Type", "application/octet-stream");
    const std::uint64_t size = content->size();
    response.length = size;
    const std::string header = request.header("range");
    if (!header.empty()) {
        const auto range = parseRange(header, size);
        if (!range) {
            Response unsatisfiable = refusal(416, "", "Range not satisfiable");
            unsatisfiable.set("Content-Range", "bytes */" + std::to_string(size));
            return unsatisfiable;
        }
        response.status = 206;
        response.from = range->first;
        response.length = range->last - range->first + 1;
        response.set("Content-Range",
            "bytes " + std::to_string(range->first) + "-" + std::to_string(range->last) + "/"
                + std::to_string(size));
    }
    response.content = std::move(content);
    return response;
}

std::shared_ptr<const Content> corruptedCopy(const Content& content)
{
    ContentWriter writer;
    const bool empty = content.size() == 0;
    char first = 0;
    static_cast<void>(content.read(0, &first, 1));
    first = static_cast<char>(first ^ 1);
    writer.write(std::string_view(&first, 1));
    if (!empty) {
        std::string buffer(1U << 16, '\0');
        for (std::uint64_t offset = 1; offset < content.size();) {
            const std::size_t got = content.read(offset, buffer.data(), buffer.size());
            writer.write(std::string_view(buffer.data(), got));
            offset += got;
        }
    }
    return writer.finish();
}

} // namespace workbench::fakehub
