// SPDX-License-Identifier: GPL-3.0-or-later
// serve: the internal HTTP API over a queue of exports, until it is told to stop.
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/push_request.h"
#include "app/export/request.h"
#include "app/export/words.h"
#include "app/serve/http_listener.h"
#include "app/serve/internal_api.h"
#include "app/serve/listening_socket.h"
#include "core/base/quoted.h"
#include "core/job/job_queue.h"

#include <charconv>
#include <condition_variable>
#include <mutex>

namespace workbench {

namespace {

constexpr std::chrono::seconds PatienceAtTheEnd {5};

Result<std::uint16_t> portOf(const CommandLine& line)
{
    const std::string text = line.port.value_or("3000");
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, port);
    if (text.empty() || fault != std::errc() || stop != end) {
        return Error {ErrorCode::Usage,
            "--port: " + inQuotes(text) + " is not allowed; allowed: 0 to 65535, 0 for any that is free",
            "--port"};
    }
    return port;
}

Result<std::optional<AccessToken>> tokenOf(const CommandLine& line)
{
    const auto envFile = loadEnvFile(line.envFile.value_or(".env"), line.envFile.has_value());
    if (!envFile) {
        return envFile.error();
    }
    return findAccessToken(processEnvironment(), *envFile);
}

QueueSettings queueSettings(const ExportRequest& request, const PushJob& push, Output& output)
{
    QueueSettings settings;
    settings.schema = request.schema;
    settings.dataDir = request.dataDir;
    settings.labelsDir = request.labelsDir;
    settings.outDir = request.outDir;
    settings.threads = request.threads;
    settings.clock = request.clock;
    settings.sourceDateEpoch = request.sourceDateEpoch;
    settings.push = [push, schema = request.schema](
                        const std::string& bundleDir, const std::string& repo, const std::stop_token& stop) {
        PushJob job = push;
        job.publish.bundleDir = bundleDir;
        job.publish.repo = repo;
        job.publish.schema = schema;
        return runPush(job, stop, {}).receipt;
    };
    settings.onEnded = [&output](const JobRecord& record) {
        output.say("Job " + record.jobId + ' ' + std::string(jobStatusName(record.status)) + ", "
            + counted(record.rows.exported, "row", "rows") + " in " + lasting(record.seconds) + ".\n");
    };
    return settings;
}

Json listeningDocument(const ListeningSocket& socket, const ExportRequest& request, bool asksForToken)
{
    return {{"url", socket.url()}, {"host", socket.host}, {"port", socket.port},
        {"data_dir", request.dataDir}, {"out_dir", request.outDir}, {"token", asksForToken}};
}

/// Until SIGINT or SIGTERM.
void waitFor(const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait(lock, stop, [] { return false; });
}

} // namespace

int serveCommand(const CommandLine& line, Output& output, const std::stop_token& stop)
{
    const auto request = exportRequestOf(line);
    if (!request) {
        return fail(output, request.error());
    }
    const auto config = configOf(line);
    if (!config) {
        return fail(output, config.error());
    }
    const auto push = pushJobOf(line, output);
    if (!push) {
        return fail(output, push.error());
    }
    const auto port = portOf(line);
    if (!port) {
        return fail(output, port.error());
    }
    const auto token = tokenOf(line);
    if (!token) {
        return fail(output, token.error());
    }
    const auto where = resolveListenAddress(line.host.value_or("127.0.0.1"), *port);
    if (!where) {
        return fail(output, where.error());
    }
    if (!where->isLoopback() && !*token) {
        return fail(output,
            {ErrorCode::Usage,
                "--host: " + inQuotes(where->host)
                    + " can be reached from other machines, which needs INTERNAL_TESTING_TOKEN to be set; "
                      "allowed without: 127.0.0.1, ::1, localhost",
                "--host"});
    }
    auto socket = openListeningSocket(*where);
    if (!socket) {
        return fail(output, socket.error());
    }
    auto queue = JobQueue::open(queueSettings(*request, *push, output));
    if (!queue) {
        return fail(output, queue.error());
    }
    const Json document = listeningDocument(*socket, *request, token->has_value());
    const std::string url = socket->url();
    const InternalApi api(**queue,
        {{socket->host, socket->port}, *token,
            {request->schema, config->maxRows.value, config->split.value, config->repo.value}});
    auto listener = HttpListener::start(std::move(*socket), where->isLoopback(), api);
    if (!listener) {
        return fail(output, listener.error());
    }
    output.say("Listening on " + url + '\n');
    if (output.json()) {
        if (auto printed = output.print(documentText(document)); !printed) {
            return fail(output, printed.error());
        }
    }
    waitFor(stop);
    output.say("Stopping\n");
    // Meanwhile those who ask how a job ended are still answered.
    (*queue)->stop(PatienceAtTheEnd);
    return ExitDone;
}

} // namespace workbench
