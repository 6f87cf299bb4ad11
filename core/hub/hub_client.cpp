// SPDX-License-Identifier: Apache-2.0
#include "core/hub/hub_client.h"

#include "core/base/ascii.h"
#include "core/hub/hub_answer.h"
#include "core/json/json_writer.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace workbench {

namespace {

using namespace hub_answer;
using namespace std::chrono;

constexpr int MaxRedirects = 5;

std::string_view withoutQuery(std::string_view url) { return url.substr(0, url.find_first_of("?#")); }

} // namespace

Waiter realWaiter()
{
    return [](milliseconds howLong, const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        (void)wake.wait_for(lock, stop, howLong, [] { return false; });
        return !stop.stop_requested();
    };
}

bool HubClient::wait(const std::string& why, milliseconds howLong, const std::stop_token& stop)
{
    if (m_options.onWait) {
        m_options.onWait(why, howLong);
    }
    return m_options.waiter(howLong, stop);
}

void HubClient::hurry()
{
    m_retries = 0;
    m_options.stall = std::min<milliseconds>(m_options.stall, seconds {3});
}

HubClient::Call HubClient::plainCall(const char* method, const std::string& url, const char* what) const
{
    Call call;
    call.request.method = method;
    call.request.url = url;
    call.request.stall = m_options.stall;
    call.request.total = m_options.stall * LongestOverStall;
    call.what = what;
    return call;
}

HubClient::Call HubClient::hubCall(const char* method, const std::string& path, const char* what) const
{
    Call call = plainCall(method, m_options.endpoint.base() + path, what);
    call.request.authorize = true;
    return call;
}

void HubClient::keepTokenOut(HttpAnswer& answer) const
{
    if (!m_options.token) {
        return;
    }
    answer.body = m_options.token->redacted(std::move(answer.body));
    for (HttpHeader& header : answer.headers) {
        header.value = m_options.token->redacted(std::move(header.value));
    }
}

HubError HubClient::errorOf(const HttpAnswer& answer, const Call& call) const
{
    HubError error;
    error.status = answer.status;
    const std::string_view code = answer.header("X-Error-Code");
    const std::string words = serverWords(answer);
    const bool badCredentials = words.find("Invalid credentials") != std::string::npos;
    switch (answer.status) {
    case 401:
        error.fault = code == "GatedRepo" ? HubFault::Gated : HubFault::BadToken;
        if (code == "RepoNotFound"
            || (!badCredentials && code.empty() && call.what == std::string_view("reading the repository"))) {
            error.fault = HubFault::NotFound;
        }
        break;
    case 403:
        error.fault = code == "GatedRepo" ? HubFault::Gated : HubFault::NotAllowed;
        break;
    case 404:
        error.fault = HubFault::NotFound;
        break;
    case 409:
        error.fault = HubFault::Locked;
        break;
    case 412:
        error.fault = HubFault::Stale;
        break;
    case 429:
        error.fault = HubFault::RateLimited;
        break;
    default:
        error.fault
            = answer.status >= 500 || answer.status == 408 ? HubFault::ServerTrouble : HubFault::Refused;
        break;
    }
    error.message = std::string("The Hub answered ") + std::to_string(answer.status) + " to " + call.what
        + (words.empty() ? std::string(".") : ": " + words);
    error.askedWait = askedDelay(answer, m_options.clock());
    error.request = requestId(answer);
    if (!error.request.empty()) {
        error.message += " (request " + error.request + ")";
    }
    return error;
}

HubResult<HttpAnswer> HubClient::sendFollowing(Call& call, const std::stop_token& stop)
{
    HttpRequest request = call.request;
    for (int redirects = 0;; ++redirects) {
        if (request.body != nullptr && !request.body->rewind()) {
            return {std::nullopt, {HubFault::LocalFile, "A file could not be read again.", 0}};
        }
        HttpOutcome outcome = m_options.transport->send(request, stop);
        if (!outcome.answer) {
            HubError error {HubFault::ServerTrouble, outcome.failure.message, 0};
            switch (outcome.failure.fault) {
            case HttpFault::Cancelled:
                error.fault = HubFault::Cancelled;
                break;
            case HttpFault::NoConnection:
                error.fault = HubFault::Offline;
                break;
            case HttpFault::Tls:
            case HttpFault::BadUrl:
                error.fault = HubFault::Untrusted;
                break;
            case HttpFault::TooLarge:
                error.fault = HubFault::NotAHub;
                break;
            case HttpFault::LocalFile:
                error.fault = HubFault::LocalFile;
                break;
            case HttpFault::Broken:
                break;
            }
            return {std::nullopt, error};
        }
        const int status = outcome.answer->status;
        const bool redirect
            = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        keepTokenOut(*outcome.answer);
        if (!redirect) {
            return {std::move(outcome.answer), {}};
        }
        const std::string target = m_options.endpoint.resolve(outcome.answer->header("Location"));
        if (redirects >= MaxRedirects) {
            return {std::nullopt, notAHub(call.what)};
        }
        if (auto refused = refusedRedirect(request, status, target, call)) {
            return {std::nullopt, std::move(*refused)};
        }
        request.url = target;
        request.authorize = request.authorize && m_options.endpoint.owns(target);
    }
}

std::optional<HubError> HubClient::refusedRedirect(
    const HttpRequest& request, int status, const std::string& target, const Call& call) const
{
    const bool writes = request.method != "GET" && request.method != "HEAD";
    const bool changesMethod = writes && status != 307 && status != 308;
    if (target.empty() || changesMethod) {
        return notAHub(call.what);
    }
    if (!call.mayLeave && !m_options.endpoint.owns(target)) {
        return HubError {HubFault::Untrusted,
            std::string("The answer to ") + call.what + " points to another server. Nothing was sent there.",
            status};
    }
    // Whether a repository of another name is private, and whose it is, nobody has asked.
    if (writes && withoutQuery(target) != withoutQuery(request.url)) {
        return HubError {HubFault::Moved,
            std::string("The answer to ") + call.what
                + " says that the repository has another name now. Nothing was sent there.",
            status};
    }
    return std::nullopt;
}

HubResult<HttpAnswer> HubClient::send(Call call, const std::stop_token& stop)
{
    milliseconds spent {0};
    for (int tries = 0;; ++tries) {
        const auto begun = steady_clock::now();
        HubResult<HttpAnswer> result = sendFollowing(call, stop);
        spent += duration_cast<milliseconds>(steady_clock::now() - begun);
        if (result && result->status >= 200 && result->status < 300) {
            return result;
        }
        bool again = !call.request.once;
        if (result) {
            // A storage that gave up reading says so with a 400 (section 7.5).
            const bool gaveUp = call.toStorage && result->status == 400
                && result->body.find("RequestTimeout") != std::string::npos;
            again = again && (isRetryable(result->status) || gaveUp);
            result = {std::nullopt, errorOf(*result, call)};
        } else {
            const HubFault fault = result.error.fault;
            again = again && (fault == HubFault::Offline || fault == HubFault::ServerTrouble);
        }
        const milliseconds pause = result.error.askedWait.value_or(backoffDelay(tries));
        spent += pause;
        if (!again || tries >= m_retries || spent > m_options.patience.value_or(spent)) {
            return result;
        }
        if (!wait(result.error.message, pause, stop)) {
            return {std::nullopt, {HubFault::Cancelled, "Cancelled.", 0}};
        }
    }
}

HubResult<HubUser> HubClient::whoami(const std::stop_token& stop)
{
    const auto answer = send(hubCall("GET", "/api/whoami-v2", "asking whose token it is"), stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    const JsonNode document = parsed(answer->body);
    HubUser user {document.textOf("name"), {}, {}, document.holdsArray("orgs")};
    if (user.name.empty()) {
        return {std::nullopt, notAHub("asking whose token it is")};
    }
    const JsonNode* const auth = document.member("auth");
    if (const JsonNode* const token = auth == nullptr ? nullptr : auth->member("accessToken")) {
        user.role = token->textOf("role");
    }
    for (const JsonNode& organization : document.items("orgs")) {
        if (const std::string name = organization.textOf("name"); !name.empty()) {
            user.organizations[name] = organization.textOf("roleInOrg");
        }
    }
    return {user, {}};
}

std::optional<bool> HubUser::mayWriteTo(const std::string& repo) const
{
    const auto writes = [](const std::string& given) { return given == "write" || given == "admin"; };
    if (readOnly()) {
        return false;
    }
    const std::string owner = repo.substr(0, repo.find('/'));
    const auto organization = organizations.find(owner);
    if (owner != name && organization != organizations.end() && organization->second == "read") {
        return false;
    }
    const bool place = owner == name || (organization != organizations.end() && writes(organization->second));
    return place && writes(role) ? std::optional(true) : std::nullopt;
}

std::optional<bool> HubUser::mayCreate(const std::string& repo) const
{
    const std::string owner = lowerCase(repo.substr(0, repo.find('/'))); // the Hub tells no two names by case
    const auto isOwner = [&owner](const std::string& each) { return lowerCase(each) == owner; };
    const bool place = isOwner(name)
        || std::any_of(organizations.begin(), organizations.end(),
            [&](const auto& each) { return isOwner(each.first); });
    return !place && organizationsTold ? std::optional(false) : mayWriteTo(repo);
}

HubResult<RepoInfo> HubClient::repoInfo(const std::string& repo, const std::stop_token& stop)
{
    const auto answer = send(hubCall("GET", datasetPath(repo), "reading the repository"), stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    const JsonNode document = parsed(answer->body);
    if (document.textOf("id").empty()) {
        return {std::nullopt, notAHub("reading the repository")};
    }
    RepoInfo info;
    info.id = document.textOf("id");
    info.head = document.textOf("sha");
    // Without the head a commit could not name its parent, and so could be made twice.
    if (!isRevision(info.head)) {
        return {std::nullopt, notAHub("reading the repository")};
    }
    info.isPrivate = document.flagOf("private");
    info.disabled = document.flagOf("disabled").value_or(info.disabled);
    if (info.id != repo) {
        return {std::nullopt,
            {HubFault::Moved, repo + " is now called " + shown(info.id) + " on the Hub. Use that name.", 0}};
    }
    return {info, {}};
}

HubResult<bool> HubClient::createRepo(
    const std::string& repo, bool isPrivate, const std::string& ownName, const std::stop_token& stop)
{
    const std::size_t slash = repo.find('/');
    JsonWriter body;
    body.beginObject(JsonWriter::Layout::Compact);
    body.key("type").text("dataset").key("name").text(repo.substr(slash + 1));
    if (repo.substr(0, slash) != ownName) {
        body.key("organization").text(repo.substr(0, slash));
    }
    body.key("visibility").text(isPrivate ? "private" : "public").key("private").flag(isPrivate).endObject();
    TextBody content(body.take());
    Call call = hubCall("POST", "/api/repos/create", "creating the repository");
    call.request.headers.push_back({"Content-Type", "application/json"});
    call.request.body = &content;
    const auto answer = send(call, stop); // twice is harmless: the second says that it exists
    if (!answer && answer.error.fault != HubFault::Locked) {
        return {std::nullopt, answer.error};
    }
    return {answer.value.has_value(), {}};
}

HubResult<RemoteTree> HubClient::tree(
    const std::string& repo, const std::string& revision, const std::stop_token& stop)
{
    constexpr std::size_t MostPages = 1000;
    RemoteTree files;
    Call call = hubCall("GET",
        datasetPath(repo) + "/tree/" + percentEncoded(revision) + "?recursive=true&expand=false",
        "listing the repository");
    for (std::size_t page = 0; page < MostPages; ++page) {
        const auto answer = send(call, stop);
        if (!answer) {
            return {std::nullopt, answer.error};
        }
        const JsonNode document = parsed(answer->body);
        if (document.array() == nullptr) {
            return {std::nullopt, notAHub(call.what)};
        }
        for (const JsonNode& entry : *document.array()) {
            const std::string path = entry.textOf("path");
            if (path.empty()) {
                return {std::nullopt, notAHub(call.what)};
            }
            if (entry.textOf("type") == "file") {
                files[path] = remoteFile(entry);
            }
        }
        const std::string next = nextPage(answer->header("Link"));
        if (next.empty()) {
            return {std::move(files), {}};
        }
        call.request.url = m_options.endpoint.resolve(next);
        if (!m_options.endpoint.owns(call.request.url)) {
            break;
        }
    }
    return {std::nullopt, notAHub(call.what)};
}

HubResult<std::vector<CommitTitle>> HubClient::commits(
    const std::string& repo, const std::string& revision, const std::stop_token& stop)
{
    const auto answer = send(hubCall("GET", datasetPath(repo) + "/commits/" + percentEncoded(revision),
                                 "reading the repository's history"),
        stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    const JsonNode document = parsed(answer->body);
    if (document.array() == nullptr) {
        return {std::nullopt, notAHub("reading the repository's history")};
    }
    std::vector<CommitTitle> commits;
    for (const JsonNode& entry : *document.array()) {
        if (entry.object() != nullptr) {
            commits.push_back({entry.textOf("id"), entry.textOf("title"), entry.textOf("message")});
        }
    }
    return {std::move(commits), {}};
}

HubResult<std::string> HubClient::fetch(const std::string& repo, const std::string& revision,
    const std::string& path, std::uint64_t limit, const std::stop_token& stop)
{
    Call call = hubCall("GET",
        "/datasets/" + percentEncoded(repo, true) + "/resolve/" + percentEncoded(revision) + "/"
            + percentEncoded(path, true),
        "reading a published file");
    call.request.largestAnswer = limit;
    call.mayLeave = true;
    const auto answer = send(call, stop);
    if (!answer) {
        return {std::nullopt, answer.error};
    }
    return {answer->body, {}};
}

} // namespace workbench
