// SPDX-License-Identifier: Apache-2.0
/// An export that is stopped, killed, has no room or meets another: what it leaves, and what the next run
/// makes of that.
#include "core/base/sha256.h"
#include "core/job/export_job.h"
#include "core/job/job_lock.h"
#include "tests/core/export_world.h"
#include "tests/support/failing_disk.h"

#include <QtTest>

#include <array>
#include <thread>

#include <unistd.h>

using namespace workbench;
using World = ExportWorld;

class ExportFailuresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_cancelled_export_leaves_its_record_and_nothing_else()
    {
        const World world(manyExamples(2000) + badExample(1));
        ExportRequest request = world.request();
        request.onRejection = OnRejection::Skip;
        std::stop_source stop;
        const ExportResult result = runExport(request, stop.get_token(), [&](const ScanProgress& progress) {
            if (progress.accepted > 0) {
                stop.request_stop();
            }
        });
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Cancelled);
        QCOMPARE(world.outputs(), QStringList {"out_jobs/job.json"});
        QCOMPARE(world.record().status, JobStatus::Cancelled);
        QVERIFY(world.record().rows.read > 0); // how far it came
        QVERIFY(result.outcome.bundleDir.empty());
    }

    void an_export_that_is_stopped_before_it_starts_is_cancelled()
    {
        const World world;
        std::stop_source stop;
        stop.request_stop();
        const ExportResult result = runExport(world.request(), stop.get_token(), {});
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Cancelled);
    }

    void an_out_dir_that_cannot_be_made_is_named()
    {
        const World world;
        world.folder.write("file", "1");
        ExportRequest request = world.request();
        request.outDir = world.folder.path("file/out");
        const ExportResult result = run(request);
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Io);
        QVERIFY(result.error->message.starts_with(world.folder.path("file") + ": "));
    }

    void a_read_only_out_dir_is_named_and_the_record_says_so()
    {
        const World world;
        const std::string out = world.folder.path("out");
        QVERIFY(makeFolders(out, 0555));
        QVERIFY(makeFolders(world.folder.path("out_jobs"), 0700));
        inDyingProcess([&] {
            if (::geteuid() == 0) { // who may write everywhere, has to be somebody else for this
                constexpr uid_t nobody = 65534;
                for (const std::string& path : {world.folder.path(), out, world.folder.path("out_jobs")}) {
                    if (::chown(path.c_str(), nobody, nobody) != 0) {
                        ::_exit(1);
                    }
                }
                if (::setgid(nobody) != 0 || ::setuid(nobody) != 0) {
                    ::_exit(2);
                }
            }
            const ExportResult result = run(world.request());
            const bool told = result.error && result.error->code == ErrorCode::Io
                && result.error->message == out + ": permission denied";
            ::_exit(told ? 9 : 3);
        });
        QCOMPARE(world.record().status, JobStatus::Failed);
        QCOMPARE(world.record().error, out + ": permission denied");
    }

    void a_disk_that_fills_leaves_nothing_whatever_the_byte_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes :
            {1100, 2000, 5000, 20'000, 100'000, 262'144, 300'000, 1'000'000, 1'048'576, 1'500'000}) {
            QTest::addRow("%d bytes", bytes) << bytes;
        }
    }

    void a_disk_that_fills_leaves_nothing_whatever_the_byte()
    {
        QFETCH(int, bytes);
        const World world(manyExamples(1500));
        ExportResult result;
        {
            const FailingDisk full(static_cast<std::uint64_t>(bytes));
            result = run(world.request());
        }
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Io);
        QCOMPARE(
            result.error->message, "file too large in " + world.folder.path("out") + ": nothing was kept");
        QCOMPARE(world.outputs(), QStringList {"out_jobs/job.json"});
        QCOMPARE(world.record().status, JobStatus::Failed);
        QCOMPARE(world.record().error, result.error->message);
    }

    void a_disk_too_full_for_the_report_is_an_error_too()
    {
        const World world(repeated(badExample(0), "bad_0", 3000));
        ExportResult result;
        {
            const FailingDisk full(100'000);
            result = run(world.request());
        }
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Io);
        QCOMPARE(world.outputs(), QStringList {"out_jobs/job.json"});
    }

    void a_job_that_runs_cannot_be_started_twice()
    {
        const World world;
        QVERIFY(makeFolders(world.folder.path("out_jobs")));
        const auto lock = JobLock::acquire(world.folder.path("out"), "job");
        QVERIFY(lock);
        const ExportResult result = run(world.request());
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Usage);
        QCOMPARE(result.error->message, std::string("job job is running"));
        QVERIFY(!run(world.request("other")).error);
    }

    void what_a_killed_run_left_is_cleared_by_the_next()
    {
        const World world(manyExamples(500));
        inDyingProcess([&] {
            static_cast<void>(
                runExport(world.request("killed"), {}, [](const ScanProgress&) { ::_exit(9); }));
        });
        QCOMPARE(world.record("killed").status, JobStatus::Running);
        QCOMPARE(world.outputs().filter(QStringLiteral("partial")).size(), 1);
        QVERIFY(!run(world.request()).error);
        QCOMPARE(world.outputs(), (QStringList {"out/job", "out_jobs/job.json", "out_jobs/killed.json"}));
        QCOMPARE(world.record("killed").status, JobStatus::Failed);
        QCOMPARE(world.record("killed").error, std::string("The program ended before the job did."));
    }

    void a_killed_run_can_be_run_again_by_the_same_id()
    {
        const World world;
        inDyingProcess([&] {
            static_cast<void>(runExport(world.request(), {}, [](const ScanProgress&) { ::_exit(9); }));
        });
        QVERIFY(!run(world.request()).error);
        QCOMPARE(world.outputs(), (QStringList {"out/job", "out_jobs/job.json"}));
        QCOMPARE(world.record().status, JobStatus::Completed);
    }

    void a_run_killed_after_its_bundle_appeared_counts_as_completed()
    {
        const World world;
        QVERIFY(!run(world.request()).error);
        JobRecord record = world.record();
        record.status = JobStatus::Running; // what is on disk when the last rename did not happen
        record.bundleDir.clear();
        record.completedAt.clear();
        record.infoSha256 = Sha256::of(world.folder.read("out/job/dataset_info.json"));
        QVERIFY(saveJobRecord(world.folder.path("out"), record));
        QVERIFY(clearLeftovers(world.folder.path("out"), [] { return ExportTime; }));
        QCOMPARE(world.record().status, JobStatus::Completed);
        QCOMPARE(world.record().bundleDir, world.folder.path("out/job"));
    }

    void a_run_killed_before_its_bundle_replaced_one_of_the_same_counts_has_failed()
    {
        const World world;
        QVERIFY(!run(world.request()).error);
        JobRecord record = world.record();
        record.status = JobStatus::Running; // what is on disk when its folder was not exchanged yet
        record.bundleDir.clear();
        record.completedAt.clear();
        record.infoSha256 = Sha256::of("of the same counts, with another value in a row");
        QVERIFY(saveJobRecord(world.folder.path("out"), record));
        QVERIFY(clearLeftovers(world.folder.path("out"), [] { return ExportTime; }));
        QCOMPARE(world.record().status, JobStatus::Failed);
        QVERIFY(world.record().bundleDir.empty());
    }

    void a_living_run_is_not_cleared()
    {
        const World world;
        bool ran = false;
        const ExportResult result = runExport(world.request(), {}, [&](const ScanProgress&) {
            QVERIFY(clearLeftovers(world.folder.path("out"), [] { return ExportTime; }));
            QCOMPARE(world.record().status, JobStatus::Running);
            ran = true;
        });
        QVERIFY(ran);
        QVERIFY(!result.error);
        QVERIFY(verifies(world.folder.path("out/job")));
    }

    void clearing_up_where_nothing_ever_was_is_no_error()
    {
        const World world;
        QVERIFY(clearLeftovers(world.folder.path("nowhere"), [] { return ExportTime; }));
    }

    /// Each run looks whether others died, and holds their locks for that moment.
    void who_clears_up_is_not_taken_for_a_run()
    {
        const World world;
        QVERIFY(!run(world.request("another")).error); // makes the folders
        auto looking = JobLock::acquireOfDead(world.folder.path("out"), "job");
        QVERIFY(looking && *looking);
        std::thread later([&looking] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            looking->reset();
        });
        const ExportResult result = run(world.request("job"));
        later.join();
        QVERIFY2(!result.error, result.error ? result.error->message.c_str() : "");
    }

    void two_exports_into_one_folder_do_not_meet()
    {
        const World world(manyExamples(800));
        std::vector<std::thread> threads;
        std::array<bool, 4> good {};
        for (std::size_t place = 0; place < good.size(); ++place) {
            threads.emplace_back(
                [&, place] { good[place] = !run(world.request("job" + std::to_string(place))).error; });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (std::size_t place = 0; place < good.size(); ++place) {
            QVERIFY(good[place]);
            QVERIFY(verifies(world.folder.path("out/job" + std::to_string(place))));
        }
        QCOMPARE(world.outputs().size(), 8);
    }

    void a_folder_without_examples_is_an_io_error_with_a_record()
    {
        const World world;
        ExportRequest request = world.request();
        request.dataDir = world.folder.path("nowhere");
        const ExportResult result = run(request);
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Io);
        QCOMPARE(world.record().status, JobStatus::Failed);
    }
};

QTEST_GUILESS_MAIN(ExportFailuresTest)
#include "tst_export_failures.moc"
