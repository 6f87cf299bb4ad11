// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/service.h"

#include "tests/support/fake_hub/commit_reader.h"

#include <algorithm>

namespace workbench::fakehub {

namespace {

constexpr std::chrono::seconds RateWindow {300};

std::string bucketOf(const Request& request)
{
    if (request.path.find("/resolve/") != std::string::npos) {
        return "resolvers";
    }
    return request.path.starts_with("/api/") || request.path.find(".git/") != std::string::npos ? "api"
                                                                                                : "pages";
}

bool isControl(const Request& request) { return request.port == Port::Hub && request.path == ControlPath; }

bool namesAToken(const HubState& state, const Request& request)
{
    const std::string decoded = percentDecoded(request.target);
    return std::any_of(state.accounts.tokens.begin(), state.accounts.tokens.end(),
        [&](const auto& token) { return decoded.find(token.first) != std::string::npos; });
}

} // namespace

FakeHub::Service::Service(FakeHub& owner, const HubOptions& options, const Tls& tls) : hub(owner)
{
    state.options = options;
    state.rateWindow = std::chrono::steady_clock::now();
    storageServer = std::make_unique<HttpServer>(Port::Storage, *this, tls);
    state.storageUrl = storageServer->url();
    hubServer = std::make_unique<HttpServer>(Port::Hub, *this, tls);
    state.hubUrl = hubServer->url();
}

void FakeHub::Service::begin(Request& request)
{
    if (isControl(request)) {
        request.body = std::make_unique<TextBody>();
        return;
    }
    const std::lock_guard lock(state.mutex);
    request.fault = state.faults.strike(request.method, request.path);
    if (request.fault && !worksFirst(*request.fault)) {
        return; // the body is received and dropped
    }
    if (request.port == Port::Storage) {
        const bool refused
            = request.headers.contains("authorization") || request.headers.contains("transfer-encoding");
        if (request.method == "PUT" && !refused) {
            request.body = std::make_unique<StoredBody>(ContentWriter(state.options.spillAbove));
        }
    } else if (request.header("content-type").starts_with("application/x-ndjson")) {
        request.body = std::make_unique<CommitBody>(state.options.regularLimit, state.options.spillAbove);
    } else {
        request.body = std::make_unique<TextBody>();
    }
}

Response FakeHub::Service::work(Request& request)
{
    if (request.port == Port::Storage) {
        return storage(state, request);
    }
    const auto* text = dynamic_cast<const TextBody*>(request.body.get());
    if (text != nullptr && text->tooLong) {
        return refusal(413, "", "request entity too large");
    }
    if (state.options.enforceRateLimit && state.rateUsed[bucketOf(request)] >= state.options.rateQuota) {
        return refusal(429, "", "You have reached your rate limit");
    }
    Call call {.state = state,
        .request = request,
        .caller = state.accounts.callerOf(request.header("authorization"))};
    return route(call);
}

Response FakeHub::Service::answer(Request& request)
{
    if (isControl(request)) {
        request.logged = true;
        return control(hub, request);
    }
    const std::lock_guard lock(state.mutex);
    const Fault* fault = request.fault ? &*request.fault : nullptr;
    Response response;
    if (fault == nullptr || worksFirst(*fault)) {
        response = work(request);
    }
    if (fault != nullptr) {
        response = faultedAnswer(*fault, request, std::move(response), state.storageUrl);
    }
    stamp(request, response);
    const Delivery& delivery = response.delivery;
    const bool nothing = delivery.how == Delivery::How::Close || delivery.how == Delivery::How::Reset
        || (delivery.how == Delivery::How::Stall && delivery.bytes == 0);
    note(request, nothing ? 0 : response.status);
    return response;
}

void FakeHub::Service::lost(Request& request)
{
    if (isControl(request)) {
        return;
    }
    const std::lock_guard lock(state.mutex);
    note(request, 0);
}

void FakeHub::Service::note(Request& request, int status)
{
    request.logged = true;
    const bool hadToken = request.headers.contains("authorization");
    state.log.push_back({.port = request.port,
        .method = request.method,
        .target = request.target,
        .path = request.path,
        .status = status,
        .bodyBytes = request.bodyBytes,
        .hadToken = hadToken,
        .leaked = (hadToken && request.port == Port::Storage) || namesAToken(state, request),
        .fault = request.fault ? std::string(nameOf(request.fault->kind)) : std::string(),
        .userAgent = request.header("user-agent")});
}

void FakeHub::Service::stamp(const Request& request, Response& response)
{
    const auto now = std::chrono::system_clock::now() + std::chrono::seconds(state.options.clockSkew);
    response.set("Date", httpTime(now));
    if (request.port == Port::Storage) {
        response.set("x-amz-request-id", randomHex(16));
        return;
    }
    const auto age = std::chrono::steady_clock::now() - state.rateWindow;
    if (age >= RateWindow) {
        state.rateWindow = std::chrono::steady_clock::now();
        state.rateUsed.clear();
    }
    const std::string bucket = bucketOf(request);
    const unsigned quota = state.options.rateQuota;
    const unsigned used = std::min(quota, ++state.rateUsed[bucket]);
    unsigned left = quota - used;
    auto reset = std::chrono::duration_cast<std::chrono::seconds>(RateWindow - age).count();
    if (request.fault && request.fault->rateLimitReset) {
        left = 0;
        reset = *request.fault->rateLimitReset;
    } else if (!state.options.enforceRateLimit) {
        left = std::max(1U, left);
    }
    response.set("RateLimit", "\"" + bucket + "\";r=" + std::to_string(left) + ";t=" + std::to_string(reset));
    response.set(
        "RateLimit-Policy", "\"fixed window\";\"" + bucket + "\";q=" + std::to_string(quota) + ";w=300");
    response.set("X-Request-Id", "Root=1-" + randomHex(8) + "-" + randomHex(24));
}

} // namespace workbench::fakehub
