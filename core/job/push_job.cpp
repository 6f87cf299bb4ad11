// SPDX-License-Identifier: Apache-2.0
#include "core/job/push_job.h"

#include "core/hub/publish_plan.h"
#include "core/job/job_lock.h"

#include <filesystem>
#include <utility>

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
    request.tokenCaution = job.hub.token ? job.hub.token->caution() : std::string();
    request.tokenSwitchedOff = job.hub.tokenSwitchedOff;
    request.offline = request.offline || job.hub.offline;
    return request;
}

/// The record of the job that wrote the bundle, in the folder beside its out-dir.
class RecordOfBundle {
public:
    explicit RecordOfBundle(const std::string& bundleDir)
    {
        std::error_code ignored;
        const auto folder = std::filesystem::weakly_canonical(bundleDir, ignored);
        m_outDir = folder.parent_path().string();
        m_jobId = folder.filename().string();
        if (const auto record = load()) {
            m_startedAt = record->startedAt;
        }
    }

    /// Not into the record of another run by the same id, which may have begun or ended meanwhile: under the
    /// job's lock nobody else writes it. A run that pushes by itself holds that lock, and keeps the receipt.
    void write(const PushReceipt& receipt) const
    {
        if (!m_startedAt) {
            return;
        }
        const auto lock = JobLock::acquireOfDead(m_outDir, m_jobId);
        if (!lock || !*lock) {
            return;
        }
        if (auto record = load(); record && record->startedAt == m_startedAt) {
            record->push = receipt;
            // The push itself is what the caller reports; a record that cannot be written changes nothing of
            // it.
            (void)static_cast<bool>(saveJobRecord(m_outDir, *record));
        }
    }

    [[nodiscard]] std::optional<PushReceipt> receipt() const
    {
        const auto record = load();
        return record ? record->push : std::nullopt;
    }

private:
    [[nodiscard]] std::optional<JobRecord> load() const
    {
        auto record = m_outDir.empty() || !isJobId(m_jobId) ? Result<std::optional<JobRecord>>(std::nullopt)
                                                            : findJobRecord(m_outDir, m_jobId);
        return record ? std::move(*record) : std::nullopt;
    }

    std::string m_outDir;
    std::string m_jobId;
    std::optional<std::string> m_startedAt; ///< nothing: there is no record
};

} // namespace

Result<PublishPlan> planPush(const PushJob& job, const std::stop_token& stop,
    const PublishProgressFn& progress, const PublishPlanFn& begun)
{
    Connection connection(job);
    auto plan = planPublish(completed(job), connection.client(), stop, progress, begun);
    if (!plan || plan->changesNothing()) {
        return plan; // all of the head was looked at just now: what was in doubt is so no more
    }
    const auto last = lastReceipt(job.publish.bundleDir);
    if (last && last->repo == plan->repo && !last->revision.empty() && !last->error.empty()) {
        putCheck(*plan,
            {PublishCheckKind::LastPush, CheckState::Warning,
                "The last push was not read back: revision " + last->revision.substr(0, 8)
                    + ". What differs from this bundle is listed, and would be sent again."});
    }
    return plan;
}

PushResult runPush(const PushJob& job, const std::stop_token& stop, const PublishProgressFn& progress)
{
    const RecordOfBundle record(job.publish.bundleDir);
    Connection connection(job);
    PushResult result;
    result.outcome = publish(completed(job), connection.client(), stop, progress);
    const PublishOutcome& outcome = result.outcome;
    result.receipt = {outcome.published, job.publish.repo, outcome.revision, outcome.url,
        outcome.error ? outcome.error->message : std::string()};
    record.write(result.receipt);
    return result;
}

std::optional<PushReceipt> lastReceipt(const std::string& bundleDir)
{
    return RecordOfBundle(bundleDir).receipt();
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
            ? cancelledError()
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
