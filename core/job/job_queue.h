// SPDX-License-Identifier: Apache-2.0
/// Exports that wait their turn: bounded, one at a time, and still there after a restart.
#pragma once

#include "core/base/clock.h"
#include "core/base/lock_file.h"
#include "core/base/result.h"
#include "core/job/export_job.h"
#include "core/job/job_record.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace workbench {

/// What is asked for with one job.
struct QueuedExport {
    ExampleFilter filter;
    SplitStrategy split = SplitStrategy::BySourceIndustry;
    OnRejection onRejection = OnRejection::Abort;
    bool push = false;
    std::string repo; ///< OWNER/NAME, when it is pushed
};

/// What all jobs of a queue have in common. The functions are called on the queue's own thread.
struct QueueSettings {
    SchemaPtr schema;
    std::string dataDir;
    std::optional<std::string> labelsDir; ///< as in ExportRequest
    std::string outDir;
    unsigned threads = 1;
    std::size_t capacity = 100; ///< jobs that wait, the running one not counted
    Clock clock;
    std::optional<UtcTime> sourceDateEpoch;
    /// Publishes a bundle and answers truthfully what became of it.
    std::function<PushReceipt(
        const std::string& bundleDir, const std::string& repo, const std::stop_token& stop)>
        push;
    std::function<void(const JobRecord&)> onEnded; ///< may be empty
};

/// Waiting and running now; the rest since the queue was opened.
struct QueueFigures {
    std::uint64_t queued = 0;
    std::uint64_t running = 0;
    std::uint64_t completed = 0;
    std::uint64_t failed = 0;
    std::uint64_t cancelled = 0;
    JobRows rows;
    std::map<std::string, std::uint64_t> rejectionsByRule;
    double seconds = 0; ///< that jobs ran
};

/// All functions may be called from any thread. A job is kept as its record (job_record.h): written as
/// "queued" with its request before add() returns, "running" from its start, and how it ended. Records are
/// read straight from there, by this program and by others; nobody needs the queue for it.
class JobQueue {
public:
    /// Clears what killed runs left, and goes on with the jobs that wait in the folder, in their order. One
    /// queue a folder: errors Usage when another process has it, Io.
    [[nodiscard]] static Result<std::unique_ptr<JobQueue>> open(QueueSettings settings);
    ~JobQueue(); ///< as stop() without patience
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;
    JobQueue(JobQueue&&) = delete;
    JobQueue& operator=(JobQueue&&) = delete;

    struct Added {
        enum class Outcome : std::uint8_t { Waiting, Full, Stopping };
        Outcome outcome = Outcome::Waiting;
        std::string jobId; ///< a new UUID when it waits
    };
    /// Errors: Io when the record cannot be written; then there is no such job.
    [[nodiscard]] Result<Added> add(const QueuedExport& wanted);

    enum class Cancelled : std::uint8_t {
        Done, ///< it waited; it will never run
        Asked, ///< it runs, and will end soon
        Over, ///< it had ended
        Elsewhere, ///< another program runs it
        Unknown, ///< there is no such job
    };
    /// Errors: Usage for an id that is none, Io.
    [[nodiscard]] Result<Cancelled> cancel(const std::string& jobId);

    [[nodiscard]] QueueFigures figures() const;
    [[nodiscard]] const std::string& outDir() const { return m_settings.outDir; }

    /// Takes no more jobs, gives the running one `patience` to end, then cancels it, and waits for that. Jobs
    /// that wait stay queued on disk for the next queue.
    void stop(std::chrono::milliseconds patience);

private:
    JobQueue(QueueSettings settings, LockFile lock);

    [[nodiscard]] Result<void> resume();
    void work();
    void run(const std::string& jobId, const std::stop_token& stop);
    [[nodiscard]] std::optional<Error> refusal(const JobRecord& record) const;
    [[nodiscard]] ExportRequest exportOf(const JobRecord& record) const;
    void close(JobRecord record, const std::string& why) const;
    void count(const JobRecord& record);
    [[nodiscard]] std::string now() const;

    const QueueSettings m_settings;
    const LockFile m_lock;
    mutable std::mutex m_mutex; ///< guards what follows; held while a record of a waiting job is written
    std::condition_variable m_changed;
    std::deque<std::string> m_waiting; ///< ids, in their order
    std::string m_running; ///< id, or empty
    std::stop_source m_stopRunning;
    QueueFigures m_figures; ///< without queued and running
    std::uint64_t m_nextPlace = 1;
    bool m_stopping = false;
    std::thread m_thread; ///< the last member: it uses all others
};

} // namespace workbench
