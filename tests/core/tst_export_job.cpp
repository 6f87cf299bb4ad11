// SPDX-License-Identifier: Apache-2.0
/// What an export makes of good and bad rows, and what it leaves where.
#include "core/bundle/least_size.h"
#include "core/job/export_job.h"
#include "tests/core/export_world.h"

#include <QtTest>

#include <array>
#include <filesystem>

#include <sys/stat.h>

using namespace workbench;
using World = ExportWorld;

namespace {

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
        QCOMPARE(record.startedAt, formatRfc3339(ExportTime, true));
        QCOMPARE(record.schemaHash, std::string("c47f7d39"));
        QVERIFY(record.error.empty());
    }

    void the_record_tells_what_the_row_limit_left_out_from_what_the_filters_did()
    {
        const World world; // three of its four rows are mock ones
        ExportRequest request = world.request();
        request.filter.source = "mock";
        request.filter.maxRows = 2;
        QVERIFY(!run(request).error);
        const JobRecord record = world.record();
        QCOMPARE(record.rows.read, 4U);
        QCOMPARE(record.overLimit, std::optional(std::uint64_t {1}));
        QCOMPARE(record.rows.matched, 2U);
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

    void no_bundle_is_smaller_than_is_said_of_it()
    {
        const World world(manyExamples(200));
        for (const SplitStrategy split : {SplitStrategy::None, SplitStrategy::BySourceIndustry}) {
            ExportRequest request = world.request(std::string(splitStrategyName(split)));
            request.split = split;
            QVERIFY(!run(request).error);
            std::uint64_t bytes = 0;
            for (const auto& file :
                std::filesystem::recursive_directory_iterator(world.folder.path("out/" + request.jobId))) {
                bytes += file.path().extension() == ".jsonl" ? file.file_size() : 0;
            }
            const std::uint64_t least = leastBundleBytes(*request.schema, 200, split);
            QVERIFY2(least <= bytes && least > bytes / 2,
                qPrintable(QStringLiteral("%1 of %2").arg(least).arg(bytes)));
        }
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
};

QTEST_GUILESS_MAIN(ExportJobTest)
#include "tst_export_job.moc"
