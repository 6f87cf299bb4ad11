// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/bundle/bundle_verifier.h"
#include "core/job/job_queue.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <atomic>
#include <cerrno>
#include <thread>

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace workbench;
using namespace std::chrono_literals;

namespace {

std::atomic<int> flushesUntilFailure = 0;

} // namespace

// In place of the C library's.
extern "C" int fsync(int descriptor)
{
    if (flushesUntilFailure > 0 && --flushesUntilFailure == 0) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

namespace {

std::string examples(int count)
{
    const std::string line = ExampleBuilder().with("id", "ex_0").json() + '\n';
    const std::size_t at = line.find("ex_0") + 4;
    std::string text;
    for (int number = 0; number < count; ++number) {
        text.append(line, 0, at).append(std::to_string(number)).append(line, at);
    }
    return text;
}

bool waitFor(const std::function<bool()>& condition)
{
    for (int tries = 0; tries < 36'000; ++tries) {
        if (condition()) {
            return true;
        }
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

/// A push that goes on until it is let go: what keeps a queue busy.
class Door {
public:
    [[nodiscard]] auto push()
    {
        return [this](const std::string&, const std::string& repo, const std::stop_token& stop) {
            ++m_waiting;
            while (!m_open && !stop.stop_requested()) {
                std::this_thread::sleep_for(1ms);
            }
            return PushReceipt {m_open, repo, {}, {}, m_open ? "" : "Cancelled."};
        };
    }
    void open() { m_open = true; }
    [[nodiscard]] bool isWaitedAt() const { return m_waiting > 0; }

private:
    std::atomic<bool> m_open = false;
    std::atomic<int> m_waiting = 0;
};

struct World {
    explicit World(int rows = 20) { folder.write("data/a.jsonl", examples(rows)); }

    [[nodiscard]] QueueSettings settings() const
    {
        QueueSettings settings;
        settings.schema = defaultSchema();
        settings.dataDir = folder.path("data");
        settings.outDir = outDir();
        return settings;
    }
    [[nodiscard]] std::string outDir() const { return folder.path("out"); }
    [[nodiscard]] JobRecord record(const std::string& jobId) const
    {
        auto record = loadJobRecord(outDir(), jobId);
        return record ? *record : JobRecord {};
    }
    [[nodiscard]] bool ended(const std::string& jobId) const
    {
        const JobStatus status = record(jobId).status;
        return status != JobStatus::Queued && status != JobStatus::Running;
    }

    TemporaryFolder folder;
};

QueuedExport pushed()
{
    QueuedExport wanted;
    wanted.push = true;
    wanted.repo = "owner/name";
    return wanted;
}

std::string added(JobQueue& queue, const QueuedExport& wanted = {})
{
    const auto added = queue.add(wanted);
    return added ? added->jobId : added.error().message;
}

/// Runs `work` in a process of its own and kills it as soon as `isReady`.
template <class Work> bool killed(Work work, const std::function<bool()>& isReady)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        for (;;) {
            ::pause();
        }
    }
    const bool ready = waitFor(isReady);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return ready && WIFSIGNALED(status);
}

} // namespace

class JobQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_job_is_on_disk_before_add_returns_and_then_runs_to_its_end()
    {
        const World world;
        auto queue = JobQueue::open(world.settings());
        QVERIFY2(queue, queue ? "" : queue.error().message.c_str());
        QueuedExport wanted;
        wanted.filter.source = "mock";
        wanted.split = SplitStrategy::None;
        const std::string jobId = added(**queue, wanted);
        QVERIFY(isJobId(jobId));
        QCOMPARE(world.record(jobId).jobId, jobId);
        QVERIFY(waitFor([&] { return world.ended(jobId); }));
        const JobRecord record = world.record(jobId);
        QCOMPARE(record.status, JobStatus::Completed);
        QCOMPARE(record.rows.exported, 20U);
        QCOMPARE(record.split, SplitStrategy::None);
        QCOMPARE(record.filters.source, std::optional<std::string>("mock"));
        QVERIFY(!record.queuedAt.empty() && !record.request && !record.push);
        const auto checked = verifyBundle(record.bundleDir, nullptr, 1, {}, {});
        QVERIFY(checked && checked->passed());
        QVERIFY(waitFor([&] { return (*queue)->figures().completed == 1; }));
        QCOMPARE((*queue)->figures().rows.exported, 20U);
    }

    void jobs_run_one_at_a_time_in_the_order_they_came()
    {
        const World world;
        std::atomic<int> atOnce = 0;
        std::atomic<bool> together = false;
        std::vector<std::string> ended;
        std::mutex mutex;
        QueueSettings settings = world.settings();
        settings.push = [&](const std::string&, const std::string& repo, const std::stop_token&) {
            together = together || ++atOnce > 1;
            std::this_thread::sleep_for(5ms);
            --atOnce;
            return PushReceipt {true, repo, {}, {}, {}};
        };
        settings.onEnded = [&](const JobRecord& record) {
            const std::lock_guard guard(mutex);
            ended.push_back(record.jobId);
        };
        auto queue = JobQueue::open(settings);
        QVERIFY(queue);
        std::vector<std::string> wanted;
        for (int i = 0; i < 10; ++i) {
            wanted.push_back(added(**queue, pushed()));
        }
        QVERIFY(waitFor([&] { return (*queue)->figures().completed == 10; }));
        (*queue)->stop(1s);
        QVERIFY(!together);
        QVERIFY(ended == wanted);
    }

    void two_hundred_at_once_fill_the_queue_with_a_hundred_and_no_more()
    {
        const World world;
        Door door;
        QueueSettings settings = world.settings();
        settings.push = door.push();
        auto queue = JobQueue::open(settings);
        QVERIFY(queue);
        const std::string first = added(**queue, pushed());
        QVERIFY(waitFor([&] { return door.isWaitedAt(); }));
        std::atomic<int> accepted = 0;
        std::atomic<int> full = 0;
        {
            std::vector<std::jthread> posts;
            for (int i = 0; i < 200; ++i) {
                posts.emplace_back([&] {
                    const auto result = (*queue)->add({});
                    accepted += result && result->outcome == JobQueue::Added::Outcome::Waiting ? 1 : 0;
                    full += result && result->outcome == JobQueue::Added::Outcome::Full ? 1 : 0;
                });
            }
        }
        QCOMPARE(accepted.load(), 100);
        QCOMPARE(full.load(), 100);
        QCOMPARE((*queue)->figures().queued, 100U);
        const auto list = listJobs(world.outDir());
        QVERIFY(list);
        QCOMPARE(list->jobs.size(), 101U);
        door.open();
        QVERIFY(waitFor([&] { return (*queue)->figures().completed == 101; }));
    }

    void a_job_that_waits_is_cancelled_at_once_and_never_runs()
    {
        const World world;
        Door door;
        QueueSettings settings = world.settings();
        settings.push = door.push();
        auto queue = JobQueue::open(settings);
        QVERIFY(queue);
        const std::string first = added(**queue, pushed());
        const std::string second = added(**queue);
        const std::string third = added(**queue);
        QVERIFY(waitFor([&] { return door.isWaitedAt(); }));
        const auto outcome = (*queue)->cancel(second);
        QVERIFY(outcome && *outcome == JobQueue::Cancelled::Done);
        QCOMPARE(world.record(second).status, JobStatus::Cancelled);
        QVERIFY(!world.record(second).completedAt.empty());
        door.open();
        QVERIFY(waitFor([&] { return world.ended(third); }));
        QCOMPARE(world.record(second).status, JobStatus::Cancelled);
        QVERIFY(!world.folder.entries().empty());
        QVERIFY(world.record(second).bundleDir.empty());
        const auto again = (*queue)->cancel(second);
        QVERIFY(again && *again == JobQueue::Cancelled::Over);
    }

    void a_running_job_is_asked_to_stop_and_says_that_it_did()
    {
        const World world(20'000);
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        const std::string jobId = added(**queue);
        QVERIFY(waitFor([&] { return world.record(jobId).status == JobStatus::Running; }));
        const auto outcome = (*queue)->cancel(jobId);
        QVERIFY(outcome && *outcome == JobQueue::Cancelled::Asked);
        QVERIFY(waitFor([&] { return world.ended(jobId); }));
        QCOMPARE(world.record(jobId).status, JobStatus::Cancelled);
        QVERIFY(!QFile::exists(QString::fromStdString(world.outDir() + '/' + jobId)));
    }

    void cancelling_what_is_not_ours_changes_nothing()
    {
        const World world;
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        JobRecord other;
        other.jobId = "other";
        other.status = JobStatus::Running;
        QVERIFY(saveJobRecord(world.outDir(), other));
        const auto elsewhere = (*queue)->cancel("other");
        QVERIFY(elsewhere && *elsewhere == JobQueue::Cancelled::Elsewhere);
        QCOMPARE(world.record("other").status, JobStatus::Running);
        const auto unknown = (*queue)->cancel("nobody");
        QVERIFY(unknown && *unknown == JobQueue::Cancelled::Unknown);
        for (const char* const id : {"", "../other", "a/b", "."}) {
            const auto refused = (*queue)->cancel(id);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Usage);
        }
    }

    void jobs_that_wait_outlive_the_queue_and_run_in_the_next_one()
    {
        const World world;
        Door door;
        QueueSettings settings = world.settings();
        settings.push = door.push();
        std::vector<std::string> waiting;
        std::string running;
        {
            auto queue = JobQueue::open(settings);
            QVERIFY(queue);
            running = added(**queue, pushed());
            for (int i = 0; i < 3; ++i) {
                QueuedExport wanted;
                wanted.filter.maxRows = static_cast<std::uint64_t>(i + 1);
                waiting.push_back(added(**queue, wanted));
            }
            QVERIFY(waitFor([&] { return door.isWaitedAt(); }));
            QElapsedTimer timer;
            timer.start();
            (*queue)->stop(50ms);
            QVERIFY(timer.elapsed() < 5000);
            const auto late = (*queue)->add({});
            QVERIFY(late && late->outcome == JobQueue::Added::Outcome::Stopping);
        }
        // The bundle was written, so the export is completed; of the push it says what happened.
        QCOMPARE(world.record(running).status, JobStatus::Completed);
        QCOMPARE(world.record(running).push->error, std::string("Cancelled."));
        for (const std::string& jobId : waiting) {
            QCOMPARE(world.record(jobId).status, JobStatus::Queued);
        }
        std::vector<std::string> ended;
        settings.onEnded = [&ended](const JobRecord& record) { ended.push_back(record.jobId); };
        auto queue = JobQueue::open(settings);
        QVERIFY(queue);
        QVERIFY(waitFor([&] { return (*queue)->figures().completed == 3; }));
        (*queue)->stop(1s);
        QVERIFY(ended == waiting);
        QCOMPARE(world.record(waiting[1]).rows.exported, 2U);
    }

    void a_killed_program_leaves_its_running_job_failed_and_its_waiting_ones_to_the_next()
    {
        const World world(20'000);
        const auto statusCount = [&world](JobStatus status) {
            const auto list = listJobs(world.outDir());
            return list ? std::count_if(list->jobs.begin(), list->jobs.end(),
                       [status](const JobRecord& job) { return job.status == status; })
                        : 0;
        };
        QVERIFY(killed(
            [&world] {
                auto queue = JobQueue::open(world.settings());
                if (queue) {
                    for (const std::uint64_t rows : {100'000UL, 2UL, 3UL}) {
                        QueuedExport wanted;
                        wanted.filter.maxRows = rows;
                        static_cast<void>(added(**queue, wanted));
                    }
                    ::pause();
                }
            },
            [&] { return statusCount(JobStatus::Running) == 1 && statusCount(JobStatus::Queued) == 2; }));
        QCOMPARE(statusCount(JobStatus::Running), 1);

        // Another program's run clears up, and knows that those who wait are not dead.
        QVERIFY(clearLeftovers(world.outDir(), systemClock()));
        QCOMPARE(statusCount(JobStatus::Failed), 1);
        QCOMPARE(statusCount(JobStatus::Queued), 2);

        auto queue = JobQueue::open(world.settings()); // takes the dead one's lock
        QVERIFY2(queue, queue ? "" : queue.error().message.c_str());
        QVERIFY(waitFor([&] { return (*queue)->figures().completed == 2; }));
        QCOMPARE(statusCount(JobStatus::Completed), 2);
        QCOMPARE(statusCount(JobStatus::Failed), 1);
        const auto list = listJobs(world.outDir());
        QVERIFY(list && list->unreadable.empty());
        for (const JobRecord& job : list->jobs) {
            QCOMPARE(job.error.empty(), job.status == JobStatus::Completed);
        }
    }

    void a_program_killed_while_it_pushes_leaves_a_record_that_says_so()
    {
        const World world;
        const auto pushing = [&world]() -> std::optional<JobRecord> {
            const auto list = listJobs(world.outDir());
            return list && list->jobs.size() == 1 && list->jobs.front().push
                ? std::optional(list->jobs.front())
                : std::nullopt;
        };
        QVERIFY(killed(
            [&world] {
                Door door;
                QueueSettings settings = world.settings();
                settings.push = door.push();
                auto queue = JobQueue::open(settings);
                if (queue) {
                    static_cast<void>(added(**queue, pushed()));
                    ::pause();
                }
            },
            [&] { return pushing().has_value(); }));
        QCOMPARE(pushing()->status, JobStatus::Running);
        QCOMPARE(pushing()->push->error, std::string(PushNotOver));
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        const JobRecord record = *pushing();
        QCOMPARE(record.status, JobStatus::Completed);
        QVERIFY(!record.push->pushed);
        QVERIFY(record.push->error.starts_with("The program ended before the push did"));
        QVERIFY(verifyBundle(record.bundleDir, nullptr, 1, {}, {})->passed());
    }

    void a_job_whose_record_was_not_flushed_is_refused_and_never_run()
    {
        const World world;
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        flushesUntilFailure = 2; // the record's, then its folder's: by then it has its name
        const auto refused = (*queue)->add({});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Io);
        queue->reset();
        const auto list = listJobs(world.outDir());
        QVERIFY(list);
        QVERIFY(list->jobs.empty());
    }

    void one_queue_a_folder()
    {
        const World world;
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        const auto second = JobQueue::open(world.settings());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Usage);
        queue->reset();
        QVERIFY(JobQueue::open(world.settings()));
    }

    void a_job_that_waited_for_other_data_fails_and_says_why()
    {
        World world;
        std::string jobId;
        {
            Door door;
            QueueSettings settings = world.settings();
            settings.push = door.push();
            auto queue = JobQueue::open(settings);
            QVERIFY(queue);
            static_cast<void>(added(**queue, pushed()));
            QVERIFY(waitFor([&] { return door.isWaitedAt(); }));
            jobId = added(**queue);
        }
        QueueSettings other = world.settings();
        other.dataDir = world.folder.path("elsewhere");
        auto queue = JobQueue::open(other);
        QVERIFY(queue);
        QVERIFY(waitFor([&] { return world.ended(jobId); }));
        QCOMPARE(world.record(jobId).status, JobStatus::Failed);
        QVERIFY(world.record(jobId).error.find("another data folder") != std::string::npos);
    }

    void a_job_that_waited_for_other_ranges_fails_and_says_why()
    {
        const World world;
        JobRecord waits;
        waits.jobId = "waits";
        waits.status = JobStatus::Queued;
        waits.schemaName = defaultSchema()->name();
        waits.schemaHash = defaultSchema()->hash(); // of the same names
        waits.dataDir = world.folder.path("data");
        waits.request = QueuedRequest {1, false, false, {}, std::string(64, '0')};
        QVERIFY(makeFolders(jobsFolder(world.outDir())));
        QVERIFY(saveJobRecord(world.outDir(), waits));
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        QVERIFY(waitFor([&] { return world.ended("waits"); }));
        QCOMPARE(world.record("waits").status, JobStatus::Failed);
        QVERIFY(world.record("waits").error.find("another schema") != std::string::npos);
    }

    void a_folder_whose_name_is_not_utf8_is_the_same_folder()
    {
        const World world;
        QueueSettings settings = world.settings();
        settings.dataDir = world.folder.path("caf\xe9");
        world.folder.write("caf\xe9/a.jsonl", examples(5));
        auto queue = JobQueue::open(settings);
        QVERIFY(queue);
        const std::string jobId = added(**queue);
        QVERIFY(waitFor([&] { return world.ended(jobId); }));
        QCOMPARE(world.record(jobId).error, std::string());
        QCOMPARE(world.record(jobId).status, JobStatus::Completed);
    }

    void a_job_without_data_fails_and_the_next_one_runs()
    {
        const World world;
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        QueuedExport nothing;
        nothing.filter.industry = "nobody";
        const std::string first = added(**queue, nothing);
        const std::string second = added(**queue);
        QVERIFY(waitFor([&] { return world.ended(second); }));
        QCOMPARE(world.record(first).status, JobStatus::Failed);
        QVERIFY(!world.record(first).error.empty());
        QCOMPARE(world.record(second).status, JobStatus::Completed);
    }

    /// A queue and two exporters beside it, as a server, a window and a command line are.
    void whoever_exports_into_one_folder_never_mixes_bundles()
    {
        const int rounds = qEnvironmentVariableIntValue("WORKBENCH_ROUNDS") > 0
            ? qEnvironmentVariableIntValue("WORKBENCH_ROUNDS")
            : 50;
        const World world;
        auto queue = JobQueue::open(world.settings());
        QVERIFY(queue);
        std::atomic<int> wrong = 0;
        const auto isRight = [&](const std::string& jobId, std::uint64_t rows) {
            const JobRecord record = world.record(jobId);
            const auto checked = verifyBundle(world.outDir() + '/' + jobId, nullptr, 1, {}, {});
            return record.status == JobStatus::Completed && record.rows.exported == rows && checked
                && checked->passed();
        };
        const auto exporter = [&](const char* name, std::uint64_t rows) {
            for (int round = 0; round < rounds; ++round) {
                ExportRequest request;
                request.schema = defaultSchema();
                request.dataDir = world.folder.path("data");
                request.outDir = world.outDir();
                request.jobId = name + std::to_string(round);
                request.filter.maxRows = rows;
                const auto result = runExport(request, {}, {});
                wrong += result.error || !isRight(request.jobId, rows) ? 1 : 0;
            }
        };
        const auto server = [&] {
            for (int round = 0; round < rounds; ++round) {
                QueuedExport wanted;
                wanted.filter.maxRows = 7;
                const std::string jobId = added(**queue, wanted);
                wrong += !waitFor([&] { return world.ended(jobId); }) || !isRight(jobId, 7) ? 1 : 0;
            }
        };
        {
            const std::jthread one(exporter, "cli-", 5);
            const std::jthread other(exporter, "gui-", 6);
            server();
        }
        QCOMPARE(wrong.load(), 0);
        const auto list = listJobs(world.outDir());
        QVERIFY(list && list->unreadable.empty());
        QCOMPARE(list->jobs.size(), static_cast<std::size_t>(3 * rounds));
    }
};

QTEST_GUILESS_MAIN(JobQueueTest)
#include "tst_job_queue.moc"
