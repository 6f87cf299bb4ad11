// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_queue.h"

#include "core/base/file.h"
#include "core/base/rfc3339.h"
#include "core/base/utf8.h"
#include "core/base/uuid.h"

#include <algorithm>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace workbench {

namespace {

/// Below those who ask how far it is. Threads that a thread starts are as nice as it is.
constexpr int Niceness = 5;

std::string lockPath(const std::string& outDir) { return jobsFolder(outDir) + "/.queue-lock"; }

} // namespace

JobQueue::JobQueue(QueueSettings settings, LockFile lock)
    : m_settings(std::move(settings))
    , m_lock(std::move(lock))
{
}

Result<std::unique_ptr<JobQueue>> JobQueue::open(QueueSettings settings)
{
    if (!settings.clock) {
        settings.clock = systemClock();
    }
    if (auto made = makeFolders(jobsFolder(settings.outDir), 0700); !made) {
        return made.error();
    }
    auto lock = LockFile::tryAcquire(lockPath(settings.outDir));
    if (!lock) {
        return lock.error();
    }
    if (!*lock) {
        return Error {ErrorCode::Usage,
            "another program runs the queue of " + settings.outDir + "; it holds "
                + lockPath(settings.outDir),
            settings.outDir};
    }
    if (auto cleared = clearLeftovers(settings.outDir, settings.clock); !cleared) {
        return cleared.error();
    }
    std::unique_ptr<JobQueue> queue(new JobQueue(std::move(settings), std::move(**lock)));
    if (auto resumed = queue->resume(); !resumed) {
        return resumed.error();
    }
    queue->m_thread = std::thread([raw = queue.get()] { raw->work(); });
    return queue;
}

JobQueue::~JobQueue() { stop(std::chrono::milliseconds(0)); }

/// Before the thread starts, so without the mutex.
Result<void> JobQueue::resume()
{
    auto list = listJobs(m_settings.outDir);
    if (!list) {
        return list.error();
    }
    std::vector<JobRecord> waiting;
    std::ranges::copy_if(list->jobs, std::back_inserter(waiting),
        [](const JobRecord& job) { return job.status == JobStatus::Queued && job.request; });
    std::ranges::sort(waiting, {}, [](const JobRecord& job) { return job.request->place; });
    for (const JobRecord& job : waiting) {
        m_waiting.push_back(job.jobId);
        m_nextPlace = job.request->place + 1;
    }
    return {};
}

Result<JobQueue::Added> JobQueue::add(const QueuedExport& wanted)
{
    const std::lock_guard guard(m_mutex);
    if (m_stopping) {
        return Added {Added::Outcome::Stopping, {}};
    }
    if (m_waiting.size() >= m_settings.capacity) {
        return Added {Added::Outcome::Full, {}};
    }
    JobRecord record;
    record.jobId = makeUuid();
    record.status = JobStatus::Queued;
    record.queuedAt = now();
    record.schemaName = m_settings.schema->name();
    record.schemaHash = m_settings.schema->hash();
    record.split = wanted.split;
    record.filters = wanted.filter;
    record.dataDir = m_settings.dataDir;
    record.request = QueuedRequest {m_nextPlace, wanted.onRejection == OnRejection::Skip, wanted.push,
        wanted.repo, m_settings.schema->fingerprint()};
    if (auto saved = saveJobRecord(m_settings.outDir, record); !saved) {
        // It may be there and only not flushed: nobody was told of it, so nobody may run it.
        ::unlink(jobRecordPath(m_settings.outDir, record.jobId).c_str());
        return saved.error();
    }
    ++m_nextPlace;
    m_waiting.push_back(record.jobId);
    m_changed.notify_all();
    return Added {Added::Outcome::Waiting, record.jobId};
}

Result<JobQueue::Cancelled> JobQueue::cancel(const std::string& jobId)
{
    const std::lock_guard guard(m_mutex);
    if (jobId == m_running && !jobId.empty()) {
        m_stopRunning.request_stop();
        return Cancelled::Asked;
    }
    auto record = findJobRecord(m_settings.outDir, jobId);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return Cancelled::Unknown;
    }
    if (const auto place = std::ranges::find(m_waiting, jobId); place != m_waiting.end()) {
        JobRecord cancelled = std::move(**record);
        cancelled.status = JobStatus::Cancelled;
        cancelled.completedAt = now();
        cancelled.error = "Cancelled before it began.";
        cancelled.request.reset();
        if (auto saved = saveJobRecord(m_settings.outDir, cancelled); !saved) {
            return saved.error();
        }
        m_waiting.erase(place);
        count(cancelled);
        return Cancelled::Done;
    }
    const bool isOver = (*record)->status != JobStatus::Running && (*record)->status != JobStatus::Queued;
    return isOver ? Cancelled::Over : Cancelled::Elsewhere;
}

QueueFigures JobQueue::figures() const
{
    const std::lock_guard guard(m_mutex);
    QueueFigures figures = m_figures;
    figures.queued = m_waiting.size();
    figures.running = m_running.empty() ? 0 : 1;
    return figures;
}

void JobQueue::stop(std::chrono::milliseconds patience)
{
    {
        std::unique_lock lock(m_mutex);
        m_stopping = true;
        m_changed.notify_all();
        if (!m_changed.wait_for(lock, patience, [this] { return m_running.empty(); })) {
            m_stopRunning.request_stop();
        }
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void JobQueue::work()
{
    // Where it is not allowed the thread is as it was.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), Niceness));
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_stopping) {
            return;
        }
        m_running = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_stopRunning = std::stop_source();
        const std::string jobId = m_running;
        const std::stop_token stop = m_stopRunning.get_token();
        lock.unlock();
        run(jobId, stop);
        lock.lock();
        // Nobody finds it over while it still counts as running.
        m_running.clear();
        m_changed.notify_all();
    }
}

void JobQueue::run(const std::string& jobId, const std::stop_token& stop)
{
    auto record = loadJobRecord(m_settings.outDir, jobId);
    if (!record) {
        return; // somebody removed it, or made it unreadable: there is nothing to run and nothing to tell
    }
    if (const auto refused = refusal(*record)) {
        close(std::move(*record), refused->message);
    } else {
        const ExportResult result = runExport(exportOf(*record), stop, {});
        if (auto now = loadJobRecord(m_settings.outDir, jobId);
            result.error && now && now->status == JobStatus::Queued) {
            close(std::move(*now), result.error->message); // it failed before it could write so itself
        }
    }
    const auto ended = loadJobRecord(m_settings.outDir, jobId);
    if (!ended) {
        return;
    }
    {
        const std::lock_guard guard(m_mutex);
        count(*ended);
    }
    if (m_settings.onEnded) {
        m_settings.onEnded(*ended);
    }
}

/// A job means what its record says; the queue may have been opened anew with other settings.
std::optional<Error> JobQueue::refusal(const JobRecord& record) const
{
    if (record.status != JobStatus::Queued || !record.request) {
        return Error {ErrorCode::Io, "Its record was changed while it waited.", record.jobId};
    }
    if (record.dataDir != asValidUtf8(m_settings.dataDir)) {
        return Error {
            ErrorCode::Usage, "It waited for another data folder than the program now reads.", record.jobId};
    }
    // The hash is of names alone; what the guard lets through hangs on ranges and members, too.
    if (record.schemaHash != m_settings.schema->hash()
        || record.request->schemaFingerprint != m_settings.schema->fingerprint()) {
        return Error {
            ErrorCode::Usage, "It waited for another schema than the program now has.", record.jobId};
    }
    return std::nullopt;
}

ExportRequest JobQueue::exportOf(const JobRecord& record) const
{
    ExportRequest request;
    request.schema = m_settings.schema;
    request.dataDir = m_settings.dataDir;
    request.labelsDir = m_settings.labelsDir;
    request.outDir = m_settings.outDir;
    request.jobId = record.jobId;
    request.filter = record.filters;
    request.split = record.split;
    request.onRejection = record.request->skipRejected ? OnRejection::Skip : OnRejection::Abort;
    request.threads = m_settings.threads;
    request.clock = m_settings.clock;
    request.sourceDateEpoch = m_settings.sourceDateEpoch;
    request.queuedAt = record.queuedAt;
    if (record.request->push) {
        request.push = FollowingPush {record.request->repo,
            [this, repo = record.request->repo](const std::string& bundleDir, const std::stop_token& stop) {
                return m_settings.push ? m_settings.push(bundleDir, repo, stop)
                                       : PushReceipt {false, repo, {}, {}, "This program cannot push."};
            }};
    }
    return request;
}

void JobQueue::close(JobRecord record, const std::string& why) const
{
    if (record.status != JobStatus::Queued) {
        return;
    }
    record.status = JobStatus::Failed;
    record.completedAt = now();
    record.error = why;
    record.request.reset();
    // If it cannot be written it stays queued, which is what the next queue finds.
    static_cast<void>(saveJobRecord(m_settings.outDir, record));
}

void JobQueue::count(const JobRecord& record)
{
    switch (record.status) {
    case JobStatus::Completed:
        ++m_figures.completed;
        break;
    case JobStatus::Cancelled:
        ++m_figures.cancelled;
        break;
    case JobStatus::Failed:
        ++m_figures.failed;
        break;
    case JobStatus::Queued:
    case JobStatus::Running:
        return; // its last record could not be written
    }
    m_figures.rows.read += record.rows.read;
    m_figures.rows.matched += record.rows.matched;
    m_figures.rows.exported += record.rows.exported;
    m_figures.rows.rejected += record.rows.rejected;
    for (const auto& [rule, rows] : record.rejectionsByRule) {
        m_figures.rejectionsByRule[rule] += rows;
    }
    m_figures.seconds += record.seconds;
}

std::string JobQueue::now() const { return formatRfc3339(m_settings.clock(), true); }

} // namespace workbench
