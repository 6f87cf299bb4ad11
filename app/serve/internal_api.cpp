// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/internal_api.h"

#include "app/serve/metrics.h"
#include "core/job/job_record.h"
#include "core/json/json_writer.h"

#include <algorithm>

namespace workbench {

namespace {

constexpr std::string_view JobIdParameter = "job_id";
constexpr std::size_t MostJobs = 1000; ///< in one list, the newest

std::size_t countOf(const HttpFields& query, std::string_view name)
{
    return static_cast<std::size_t>(
        std::ranges::count(query, name, [](const auto& field) { return std::string_view(field.first); }));
}

std::string valueOf(const HttpFields& query, std::string_view name)
{
    const auto found
        = std::ranges::find(query, name, [](const auto& field) { return std::string_view(field.first); });
    return found == query.end() ? std::string() : found->second;
}

ApiResponse jsonResponse(int status, std::string body)
{
    ApiResponse response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

ApiResponse noSuchPath() { return errorResponse(404, "there is nothing here"); }

ApiResponse noSuchJob() { return errorResponse(404, "there is no such job"); }

/// A disk's error names paths of the server: for its log, not for whoever asks.
ApiResponse diskFault() { return errorResponse(500, "a file or disk did not do what was asked"); }

ApiResponse jobResponse(int status, std::string_view jobId, std::string_view word)
{
    JsonWriter writer;
    writer.beginObject(JsonWriter::Layout::OneLine);
    writer.key("job_id").text(jobId);
    writer.key("status").text(word);
    writer.endObject();
    return jsonResponse(status, writer.take());
}

/// A body whose length is told in two ways ends in one place for us and in another for whoever stands
/// between.
std::optional<ApiResponse> refuseAmbiguousLength(const ApiRequest& request)
{
    const std::size_t lengths = headerOf(request, "content-length").count;
    if (lengths <= 1 && (lengths == 0 || headerOf(request, "transfer-encoding").count == 0)) {
        return std::nullopt;
    }
    ApiResponse response = errorResponse(400, "the body's length is told twice");
    response.headers.emplace_back("Connection", "close");
    return response;
}

/// The id that the query names, or why it is none. What was sent is not sent back.
std::optional<ApiResponse> refuseJobId(const HttpFields& query)
{
    if (countOf(query, JobIdParameter) != 1) {
        return errorResponse(400, "job_id: it has to be given, once");
    }
    if (!isJobId(valueOf(query, JobIdParameter))) {
        return errorResponse(
            400, "job_id: allowed: 1 to 64 of A-Z, a-z, 0-9, ., _ and -, not starting with a dot");
    }
    return std::nullopt;
}

} // namespace

const std::array<InternalApi::Route, 7> InternalApi::Routes {{
    {"/api/internal/hf/export", "POST", true, true, &InternalApi::postExport, ""},
    {"/api/internal/hf/status", "GET", true, true, &InternalApi::getStatus, JobIdParameter},
    {"/api/internal/hf/jobs", "GET", true, true, &InternalApi::getJobs, ""},
    {"/api/internal/hf/cancel", "POST", true, true, &InternalApi::postCancel, JobIdParameter},
    {"/api/internal/hf/openapi.json", "GET", true, true, &InternalApi::getDescription, ""},
    {"/healthz", "GET", false, false, &InternalApi::getHealth, ""},
    {"/metrics", "GET", false, true, &InternalApi::getMetrics, ""},
}};

InternalApi::InternalApi(JobQueue& queue, ApiSettings settings)
    : m_queue(queue)
    , m_settings(std::move(settings))
{
}

InternalApi::Found InternalApi::find(const ApiRequest& request) const
{
    Found found;
    if ((found.refusal = refuseForeign(request, m_settings.bound))) {
        return found;
    }
    if ((found.refusal = refuseAmbiguousLength(request))) {
        return found;
    }
    auto target = parseTarget(request.target);
    const std::string path = target ? target->path : request.target.substr(0, request.target.find('?'));
    const auto* const route = std::ranges::find(Routes, path, &Route::path);
    if (target) {
        found.query = std::move(target->query);
    }
    if (route == Routes.end()
        || (route->internal
            && (countOf(found.query, "internal") != 1 || valueOf(found.query, "internal") != "1"))) {
        found.refusal = noSuchPath();
        return found;
    }
    if (route->guarded && (found.refusal = refuseUnknown(request, m_settings.token))) {
        return found;
    }
    const bool isGet = route->method == "GET";
    if (request.method != route->method && !(isGet && request.method == "HEAD")) {
        found.refusal = errorResponse(405, "the method is not allowed here");
        found.refusal->headers.emplace_back("Allow", isGet ? "GET, HEAD" : "POST");
        return found;
    }
    if (!target) {
        found.refusal = errorResponse(400, "the query is not encoded as it should be");
        return found;
    }
    for (const auto& [name, value] : found.query) {
        if (name != "internal" && (route->parameter.empty() || name != route->parameter)) {
            found.refusal = errorResponse(400,
                "unknown parameter; allowed: internal"
                    + (route->parameter.empty() ? std::string() : ", " + std::string(route->parameter)));
            return found;
        }
    }
    found.route = route;
    return found;
}

std::optional<ApiResponse> InternalApi::refuse(const ApiRequest& request) const
{
    return find(request).refusal;
}

ApiResponse InternalApi::answer(const ApiRequest& request) const noexcept
{
    try {
        return handle(request);
    } catch (...) { // what() could name anything
        ApiResponse response;
        response.status = 500;
        return response;
    }
}

ApiResponse InternalApi::handle(const ApiRequest& request) const
{
    Found found = find(request);
    if (found.refusal) {
        return std::move(*found.refusal);
    }
    if (request.bodyTooLarge || request.body.size() > MostBody) {
        return errorResponse(413, "the body is larger than 64 KiB");
    }
    return (this->*found.route->handler)(request, found.query);
}

ApiResponse InternalApi::postExport(const ApiRequest& request, const Parameters& /*query*/) const
{
    const auto order = parseOrder(request.body, m_settings.defaults);
    if (!order) {
        return errorResponse(400, order.error().message);
    }
    const auto added = m_queue.add(*order);
    if (!added) {
        return diskFault();
    }
    ApiResponse refusal;
    switch (added->outcome) {
    case JobQueue::Added::Outcome::Waiting:
        return jobResponse(202, added->jobId, "started");
    case JobQueue::Added::Outcome::Full:
        refusal = errorResponse(429, "the queue is full");
        refusal.headers.emplace_back("Retry-After", "10");
        return refusal;
    case JobQueue::Added::Outcome::Stopping:
        refusal = errorResponse(503, "the server is stopping");
        refusal.headers.emplace_back("Retry-After", "10");
        return refusal;
    }
    return diskFault();
}

ApiResponse InternalApi::getStatus(const ApiRequest& /*request*/, const Parameters& query) const
{
    if (auto refused = refuseJobId(query)) {
        return std::move(*refused);
    }
    const auto record = findJobRecord(m_queue.outDir(), valueOf(query, JobIdParameter));
    if (!record) {
        return diskFault();
    }
    return *record ? jsonResponse(200, toJson(**record)) : noSuchJob();
}

ApiResponse InternalApi::getJobs(const ApiRequest& /*request*/, const Parameters& /*query*/) const
{
    const auto list = listJobs(m_queue.outDir());
    if (!list) {
        return diskFault();
    }
    const std::size_t shown = std::min(list->jobs.size(), MostJobs);
    std::string body = "{\"jobs\": [";
    for (std::size_t place = 0; place < shown; ++place) {
        body += (place == 0 ? "\n" : ",\n") + toJson(list->jobs[place]);
        body.pop_back(); // its newline
    }
    body += "],\n\"older\": " + std::to_string(list->jobs.size() - shown)
        + ",\n\"unreadable\": " + std::to_string(list->unreadable.size()) + "}\n";
    return jsonResponse(200, std::move(body));
}

ApiResponse InternalApi::postCancel(const ApiRequest& request, const Parameters& query) const
{
    if (auto refused = refuseJobId(query)) {
        return std::move(*refused);
    }
    if (!request.body.empty()) {
        return errorResponse(400, "body: allowed: none");
    }
    const std::string jobId = valueOf(query, JobIdParameter);
    const auto outcome = m_queue.cancel(jobId);
    if (!outcome) {
        return diskFault();
    }
    switch (*outcome) {
    case JobQueue::Cancelled::Done:
        return jobResponse(200, jobId, "cancelled");
    case JobQueue::Cancelled::Asked:
        return jobResponse(202, jobId, "cancelling");
    case JobQueue::Cancelled::Over:
        return errorResponse(409, "the job is over");
    case JobQueue::Cancelled::Elsewhere:
        return errorResponse(409, "another program runs the job");
    case JobQueue::Cancelled::Unknown:
        return noSuchJob();
    }
    return diskFault();
}

ApiResponse InternalApi::getDescription(const ApiRequest& /*request*/, const Parameters& /*query*/) const
{
    return jsonResponse(200, std::string(openApiDocument()));
}

ApiResponse InternalApi::getHealth(const ApiRequest& /*request*/, const Parameters& /*query*/) const
{
    return jsonResponse(200, "{\"status\": \"ok\"}\n");
}

ApiResponse InternalApi::getMetrics(const ApiRequest& /*request*/, const Parameters& /*query*/) const
{
    ApiResponse response;
    response.contentType = MetricsType;
    response.body = metricsText(m_queue.figures());
    return response;
}

} // namespace workbench
