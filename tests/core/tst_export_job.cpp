// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/rfc3339.h"
#include "core/bundle/bundle_verifier.h"
#include "core/job/export_job.h"
#include "core/job/job_lock.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/failing_disk.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <array>
#include <filesystem>
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace workbench;

namespace {

const UtcTime Now {std::chrono::milliseconds {1'795'000'000'123}};

std::string example(int number, const char* source = "mock", const char* industry = "hvac")
{
    return ExampleBuilder()
               .with("id", "ex_" + std::to_string(number))
               .with("source", source)
               .with("industry_key", industry)
               .json()
        + '\n';
}

std::string badExample(int number)
{
    return ExampleBuilder()
               .with("id", "bad_" + std::to_string(number))
               .with("window_days", 5551234567.0)
               .json()
        + '\n';
}

/// Four good rows in three splits.
std::string goodExamples()
{
    return example(1) + example(2, "real", "plumbing") + example(3, "mock", "plumbing") + example(4);
}

/// `line` as often as told, with other ids: a builder for each would take its time.
std::string repeated(const std::string& line, std::string_view id, int count)
{
    const std::size_t at = line.find(id) + id.size();
    std::string text;
    for (int number = 0; number < count; ++number) {
        text.append(line, 0, at).append(std::to_string(number)).append(line, at);
    }
    return text;
}

/// As many good rows as it takes to fill more than one buffer.
std::string manyExamples(int count)
{
    return repeated(example(0), "ex_0", count / 2)
        + repeated(example(1, "real", "cleaning"), "ex_1", count - count / 2);
}

class World {
public:
    explicit World(const std::string& examples = goodExamples()) { folder.write("data/a.jsonl", examples); }

    [[nodiscard]] ExportRequest request(std::string jobId = "job") const
    {
        ExportRequest request;
        request.schema = defaultSchema();
        request.dataDir = folder.path("data");
        request.outDir = folder.path("out");
        request.jobId = std::move(jobId);
        request.clock = [] { return Now; };
        return request;
    }

    [[nodiscard]] JobRecord record(const char* jobId = "job") const
    {
        const auto loaded = loadJobRecord(folder.path("out"), jobId);
        return loaded ? *loaded : JobRecord {};
    }

    /// What lies in out/ and out_jobs/, hidden things too, but not what lies in bundles.
    [[nodiscard]] QStringList outputs() const
    {
        QStringList names;
        for (const char* const place : {"out", "out_jobs"}) {
            if (const auto entries = folderEntries(folder.path(place))) {
                for (const std::string& name : *entries) {
                    names << QString::fromStdString(std::string(place) + '/' + name);
                }
            }
        }
        return names;
    }

    TemporaryFolder folder;
};

ExportResult run(const ExportRequest& request) { return runExport(request, {}, {}); }

bool verifies(const std::string& bundle)
{
    const auto verified = verifyBundle(bundle, nullptr, 1, {}, {});
    if (!verified) {
        qWarning("%s", verified.error().message.c_str());
        return false;
    }
    for (const VerificationProblem& problem : verified->problems) {
        qWarning("%s: %s", problem.file.c_str(), problem.what.c_str());
    }
    return verified->passed();
}

/// Runs `work` in a process that dies in the middle of it, or after it, without cleaning up.
template <class Work> void inDyingProcess(Work work)
{
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        work();
        ::_exit(9);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(WEXITSTATUS(status), 9);
}

mode_t modeOf(const std::string& path)
{
    struct stat state {};
    return ::stat(path.c_str(), &state) == 0 ? state.st_mode & mode_t {07777} : 0;
}

} // namespace

class ExportJobTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_export_leaves_a_bundle_and_a_record_and_nothing_else()
    {
        const World world;
        const ExportResult result = run(world.request());
        QVERIFY2(!result.error, result.error ? result.error->message.c_str() : "");
        QCOMPARE(result.outcome.bundleDir, world.folder.path("out/job"));
        QCOMPARE(result.outcome.scan.accepted, 4U);
        QCOMPARE(world.outputs(), (QStringList {"out/job", "out_jobs/job.json"}));
        const std::vector<std::string> files {"README.md", "dataset.jsonl", "dataset_info.json", "splits"};
        QCOMPARE(*folderEntries(world.folder.path("out/job")), files);
        QVERIFY(verifies(result.outcome.bundleDir));
    }

    void the_record_says_how_it_ended()
    {
        const World world;
        QVERIFY(!run(world.request()).error);
        const JobRecord record = world.record();
        QCOMPARE(record.status, JobStatus::Completed);
        QCOMPARE(record.rows.read, 4U);
        QCOMPARE(record.rows.exported, 4U);
        QCOMPARE(record.bundleDir, world.folder.path("out/job"));
        QCOMPARE(record.startedAt, formatRfc3339(Now, true));
        QCOMPARE(record.schemaHash, std::string("c47f7d39"));
        QVERIFY(record.error.empty());
    }

    void every_row_is_in_exactly_one_split_and_no_split_is_empty()
    {
        const World world;
        const ExportResult result = run(world.request());
        const std::map<std::string, std::uint64_t> splits {
            {"mock_hvac", 2}, {"mock_plumbing", 1}, {"real_plumbing", 1}};
        QCOMPARE(result.outcome.splits, splits);
        const std::vector<std::string> files {
            "mock_hvac.jsonl", "mock_plumbing.jsonl", "real_plumbing.jsonl"};
        QCOMPARE(*folderEntries(world.folder.path("out/job/splits")), files);
    }

    void without_a_strategy_there_is_no_splits_folder()
    {
        const World world;
        ExportRequest request = world.request();
        request.split = SplitStrategy::None;
        QVERIFY(!run(request).error);
        QVERIFY(!std::filesystem::exists(world.folder.path("out/job/splits")));
        QVERIFY(verifies(world.folder.path("out/job")));
    }

    void job_files_are_for_their_owner_and_bundles_follow_the_umask()
    {
        const mode_t before = ::umask(022);
        const World world(goodExamples() + badExample(5));
        ExportRequest request = world.request();
        request.onRejection = OnRejection::Skip;
        QVERIFY(!run(request).error);
        ::umask(before);
        QCOMPARE(modeOf(world.folder.path("out_jobs")), mode_t {0700});
        QCOMPARE(modeOf(world.folder.path("out_jobs/job.json")), mode_t {0600});
        QCOMPARE(modeOf(world.folder.path("out_jobs/job.rejections.jsonl")), mode_t {0600});
        QCOMPARE(modeOf(world.folder.path("out/job")), mode_t {0755});
        QCOMPARE(modeOf(world.folder.path("out/job/dataset.jsonl")), mode_t {0644});
        QCOMPARE(modeOf(world.folder.path("out/job/dataset_info.json")), mode_t {0644});
    }

    void the_same_input_gives_the_same_bytes_whatever_the_threads()
    {
        const World world(manyExamples(3000));
        ExportRequest request = world.request("one");
        request.sourceDateEpoch = UtcTime {};
        QVERIFY(!run(request).error);
        request.jobId = "eight";
        request.threads = 8;
        QVERIFY(!run(request).error);
        QCOMPARE(world.folder.read("out/eight/dataset.jsonl"), world.folder.read("out/one/dataset.jsonl"));
        QVERIFY(world.folder.read("out/one/dataset.jsonl").size() > (1U << 20)); // more than one buffer
        QVERIFY(
            world.folder.read("out/one/dataset_info.json").find("1970-01-01T00:00:00Z") != std::string::npos);
        QVERIFY(verifies(world.folder.path("out/eight")));
    }

    void abort_keeps_nothing_but_reports_every_finding()
    {
        const World world(goodExamples() + badExample(5) + example(6) + badExample(7));
        const ExportResult result = run(world.request());
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::RowsRejected);
        QCOMPARE(result.outcome.scan.rejected, 2U);
        QCOMPARE(result.outcome.rejections.size(), 2U);
        QCOMPARE(result.outcome.rejections[1].line, 7U);
        QVERIFY(result.outcome.bundleDir.empty());
        QCOMPARE(world.outputs(), (QStringList {"out_jobs/job.json", "out_jobs/job.rejections.jsonl"}));
        const std::string log = world.folder.read("out_jobs/job.rejections.jsonl");
        QCOMPARE(log,
            std::string(
                R"({"file":"a.jsonl","line":5,"rule":"out_of_range","path":"features.window_days","masked":"9999999999"})"
                "\n"
                R"({"file":"a.jsonl","line":7,"rule":"out_of_range","path":"features.window_days","masked":"9999999999"})"
                "\n"));
        QCOMPARE(world.record().status, JobStatus::Failed);
        QCOMPARE(world.record().error, result.error->message);
        QCOMPARE(world.record().rows.rejected, 2U);
        QCOMPARE(world.record().rows.exported, 0U);
    }

    void skip_exports_the_others_and_says_what_was_left_out()
    {
        const World world(goodExamples() + badExample(5));
        ExportRequest request = world.request();
        request.onRejection = OnRejection::Skip;
        QVERIFY(!run(request).error);
        QCOMPARE(world.record().status, JobStatus::Completed);
        QCOMPARE(world.record().rows.rejected, 1U);
        QCOMPARE(world.record().rejectionsByRule.at("out_of_range"), 1U);
        QVERIFY(world.folder.read("out/job/README.md").find("1 row was rejected") != std::string::npos);
        QVERIFY(verifies(world.folder.path("out/job")));
    }

    void a_report_of_an_earlier_run_by_the_same_id_does_not_stay()
    {
        const World world(goodExamples() + badExample(5));
        QVERIFY(run(world.request()).error);
        world.folder.write("data/a.jsonl", goodExamples());
        QVERIFY(!run(world.request()).error);
        QCOMPARE(world.outputs(), (QStringList {"out/job", "out_jobs/job.json"}));
    }

    void no_rejected_value_is_in_any_file_record_or_message()
    {
        const World world(goodExamples()
            + ExampleBuilder().with("targets.boundary_class", "jane@canary.example").json() + '\n');
        for (const OnRejection mode : {OnRejection::Abort, OnRejection::Skip}) {
            ExportRequest request = world.request(mode == OnRejection::Abort ? "abort" : "skip");
            request.onRejection = mode;
            const ExportResult result = run(request);
            QVERIFY(!result.error || result.error->message.find("canary") == std::string::npos);
        }
        for (const std::string& name : world.folder.entries()) {
            if (name.starts_with("out") && !name.ends_with('/')) {
                QVERIFY2(world.folder.read(name).find("canary") == std::string::npos, name.c_str());
            }
        }
    }

    void an_existing_bundle_is_refused_and_its_record_stays_true()
    {
        const World world;
        QVERIFY(!run(world.request()).error);
        const std::string before = world.folder.read("out_jobs/job.json");
        world.folder.write("data/a.jsonl", example(9));
        const ExportResult again = run(world.request());
        QVERIFY(again.error);
        QCOMPARE(again.error->code, ErrorCode::Usage);
        QVERIFY(again.error->message.find("--overwrite") != std::string::npos);
        QCOMPARE(world.folder.read("out_jobs/job.json"), before);
        QVERIFY(verifies(world.folder.path("out/job")));
    }

    void overwrite_replaces_the_bundle_and_leaves_no_old_split()
    {
        const World world;
        QVERIFY(!run(world.request()).error);
        world.folder.write("data/a.jsonl", example(9));
        ExportRequest request = world.request();
        request.overwrite = true;
        QVERIFY(!run(request).error);
        QCOMPARE(world.outputs(), (QStringList {"out/job", "out_jobs/job.json"}));
        QCOMPARE(*folderEntries(world.folder.path("out/job/splits")),
            std::vector<std::string> {"mock_hvac.jsonl"});
        QVERIFY(verifies(world.folder.path("out/job")));
    }

    void an_overwrite_that_fails_leaves_the_old_bundle()
    {
        const World world;
        QVERIFY(!run(world.request()).error);
        const std::string before = world.folder.read("out/job/dataset.jsonl");
        world.folder.write("data/a.jsonl", badExample(1));
        ExportRequest request = world.request();
        request.overwrite = true;
        QVERIFY(run(request).error);
        QCOMPARE(world.folder.read("out/job/dataset.jsonl"), before);
        QVERIFY(verifies(world.folder.path("out/job")));
    }

    void overwrite_never_replaces_what_is_no_bundle()
    {
        const World world;
        world.folder.write("out/job/precious.txt", "1");
        ExportRequest request = world.request();
        request.overwrite = true;
        const ExportResult result = run(request);
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Usage);
        QCOMPARE(world.folder.read("out/job/precious.txt"), std::string("1"));
    }

    void a_job_id_cannot_leave_the_folder_data()
    {
        QTest::addColumn<QByteArray>("jobId");
        for (const char* const id :
            {"..", ".hidden", "a/b", "../x", "/etc/x", "a\\b", "a b", "a%2f", "\xc3\xa4"}) {
            QTest::newRow(id) << QByteArray(id);
        }
        QTest::newRow("a null byte") << QByteArray("a\0b", 3);
        QTest::newRow("65 characters") << QByteArray(65, 'x');
    }

    void a_job_id_cannot_leave_the_folder()
    {
        QFETCH(QByteArray, jobId);
        const World world;
        const ExportResult result = run(world.request(jobId.toStdString()));
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Usage);
        QVERIFY(world.outputs().isEmpty());
    }

    void without_a_job_id_a_uuid_is_made()
    {
        const World world;
        const ExportResult result = run(world.request(""));
        QVERIFY(!result.error);
        QVERIFY(QRegularExpression(
            QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"))
                    .match(QString::fromStdString(result.outcome.jobId))
                    .hasMatch());
    }

    void nothing_valid_says_what_was_found()
    {
        const World world(badExample(1) + badExample(2));
        ExportRequest request = world.request();
        request.onRejection = OnRejection::Skip;
        const ExportResult result = run(request);
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::NoValidRows);
        QCOMPARE(result.error->message,
            std::string(
                "No valid rows to export: 2 examples read, 2 matched, all of these rejected, most often by "
                "the rule out_of_range (2 rows)."));
        QCOMPARE(world.record().status, JobStatus::Failed);
        QCOMPARE(world.outputs(), (QStringList {"out_jobs/job.json", "out_jobs/job.rejections.jsonl"}));
    }

    void a_filter_that_nothing_passes_says_what_there_is()
    {
        const World world;
        ExportRequest request = world.request();
        request.filter.industry = "pool_service";
        const ExportResult result = run(request);
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::NoValidRows);
        QCOMPARE(result.error->message,
            std::string(
                "No valid rows to export: none of the 4 examples read passes the filters. The data has the "
                "sources mock (3), real (1) and the industries hvac (2), plumbing (2)."));
    }

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

    void files_that_changed_since_the_review_are_not_exported()
    {
        const World world;
        ExportRequest request = world.request();
        request.reviewedFiles = listExampleFiles(world.folder.path("data"))->files;
        QVERIFY(!run(request).error);
        world.folder.write("data/b.jsonl", example(9));
        request.jobId = "again";
        const ExportResult result = run(request);
        QVERIFY(result.error);
        QCOMPARE(result.error->code, ErrorCode::Io);
        QVERIFY(result.error->message.find("changed") != std::string::npos);
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
        QVERIFY(saveJobRecord(world.folder.path("out"), record));
        QVERIFY(clearLeftovers(world.folder.path("out"), [] { return Now; }));
        QCOMPARE(world.record().status, JobStatus::Completed);
        QCOMPARE(world.record().bundleDir, world.folder.path("out/job"));
    }

    void a_living_run_is_not_cleared()
    {
        const World world;
        bool ran = false;
        const ExportResult result = runExport(world.request(), {}, [&](const ScanProgress&) {
            QVERIFY(clearLeftovers(world.folder.path("out"), [] { return Now; }));
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
        QVERIFY(clearLeftovers(world.folder.path("nowhere"), [] { return Now; }));
    }

    void a_check_writes_nothing_and_reports_the_same()
    {
        const World world(goodExamples() + badExample(5));
        const std::vector<std::string> before = world.folder.entries();
        const ExportResult checked = runCheck(world.request(), {}, {});
        QVERIFY(checked.error);
        QCOMPARE(checked.error->code, ErrorCode::RowsRejected);
        QCOMPARE(checked.outcome.scan.accepted, 4U);
        QCOMPARE(checked.outcome.rejections.size(), 1U);
        QCOMPARE(checked.outcome.splits.size(), 3U);
        QVERIFY(checked.outcome.bundleDir.empty());
        QCOMPARE(world.folder.entries(), before);
        world.folder.write("data/a.jsonl", goodExamples());
        QVERIFY(!runCheck(world.request(), {}, {}).error);
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

QTEST_GUILESS_MAIN(ExportJobTest)
#include "tst_export_job.moc"
