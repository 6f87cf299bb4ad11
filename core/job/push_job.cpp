// SPDX-License-Identifier: Apache-2.0
#include "core/job/push_job.h"

#include "core/hub/publish_plan.h"

#include <filesystem>

namespace workbench {

namespace {

HubClientOptions optionsOf(const PushJob& job, HttpTransport* transport)
{
    HubClientOptions options {job.hub.endpoint, job.hub.token, transport, job.waiter, job.onWait};
    options.patience = job.patience;
    if (job.stall) {
        options.stall = *job.stall;
        options.commitStall = *job.stall;
    }
    return options;
}

/// The transport and the client over it live as long as one push.
class Connection {
public:
    explicit Connection(const PushJob& job)
        : m_transport(makeCurlTransport(job.hub.endpoint, job.hub.token, job.hub.trustFile))
        , m_client(optionsOf(job, m_transport.get()))
    {
    }

    [[nodiscard]] HubClient& client() { return m_client; }

private:
    std::unique_ptr<HttpTransport> m_transport;
    HubClient m_client;
};

PublishRequest completed(const PushJob& job)
{
    PublishRequest request = job.publish;
    request.hasToken = job.hub.token.has_value();
    request.tokenFoundIn = job.hub.token ? job.hub.token->foundIn() : std::string();
    request.tokenSwitchedOff = job.hub.tokenSwitchedOff;
    request.offline = request.offline || job.hub.offline;
    return request;
}

/// The record of the job that wrote the bundle lies in the folder beside its out-dir.
void writeReceipt(const std::string& bundleDir, const PushReceipt& receipt)
{
    std::error_code ignored;
    const auto folder = std::filesystem::weakly_canonical(bundleDir, ignored);
    const std::string outDir = folder.parent_path().string();
    const std::string jobId = folder.filename().string();
    if (outDir.empty() || !isJobId(jobId)) {
        return;
    }
    if (auto record = loadJobRecord(outDir, jobId)) {
        record->push = receipt;
        // The push itself is what the caller reports; a record that cannot be written changes nothing of it.
        (void)static_cast<bool>(saveJobRecord(outDir, *record));
    }
}

} // namespace

Result<PublishPlan> planPush(const PushJob& job, const std::stop_token& stop,
    const PublishProgressFn& progress, const PublishPlanFn& begun)
{
    Connection connection(job);
    return planPublish(completed(job), connection.client(), stop, progress, begun);
}

PushResult runPush(const PushJob& job, const std::stop_token& stop, const PublishProgressFn& progress)
{
    Connection connection(job);
    PushResult result;
    result.outcome = publish(completed(job), connection.client(), stop, progress);
    const PublishOutcome& outcome = result.outcome;
    result.receipt = {outcome.published, job.publish.repo, outcome.revision, outcome.url,
        outcome.error ? outcome.error->message : std::string()};
    writeReceipt(job.publish.bundleDir, result.receipt);
    return result;
}

Result<HubAccess> askHubAccess(const PushJob& job, const std::stop_token& stop)
{
    const std::string& repo = job.publish.repo;
    const auto refused = [&repo](std::string message) -> Result<HubAccess> {
        return Error {ErrorCode::PushRefused, std::move(message), repo};
    };
    if (!job.hub.token) {
        return refused("No Hub token was found.");
    }
    if (job.hub.offline) {
        return refused("HF_HUB_OFFLINE is set, so nothing is asked of the Hub.");
    }
    if (const auto problem = repoIdProblem(repo)) {
        return refused("This is not the name of a repository: " + *problem + ". Use OWNER/NAME.");
    }
    Connection connection(job);
    const auto refusedBy = [&](const HubError& error) -> Result<HubAccess> {
        return error.fault == HubFault::Cancelled
            ? Error {ErrorCode::Cancelled, "Cancelled.", {}}
            : refused(hubRefusal(error, repo, job.hub.token->foundIn()));
    };
    const auto user = connection.client().whoami(stop);
    if (!user) {
        return refusedBy(user.error);
    }
    HubAccess access {*user, false, std::nullopt, std::nullopt};
    const auto info = connection.client().repoInfo(repo, stop);
    if (!info && info.error.fault != HubFault::NotFound) {
        return refusedBy(info.error);
    }
    access.repoExists = static_cast<bool>(info);
    access.mayWrite = info ? user->mayWriteTo(repo) : user->mayCreate(repo);
    access.isPrivate = info ? info->isPrivate : std::nullopt;
    return access;
}

Result<SchemaReference> loadHubSchema(
    const PushJob& job, const std::string& reference, const std::stop_token& stop)
{
    const std::string where = "hub:" + reference;
    if (job.hub.offline) {
        return Error {
            ErrorCode::Io, where + ": HF_HUB_OFFLINE is set, so nothing is asked of the Hub.", where};
    }
    Connection connection(job);
    const auto text = publishedInfoText(connection.client(), reference, stop);
    if (text) {
        return schemaFromDatasetInfo(*text, where);
    }
    const Error& error = text.error();
    return error.code == ErrorCode::PushRefused ? Error {ErrorCode::Io, where + ": " + error.message, where}
                                                : error;
}

} // namespace workbench
