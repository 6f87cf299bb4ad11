// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/rfc3339.h"
#include "core/job/export_job.h"
#include "core/job/job_record.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <chrono>
#include <thread>
#include <vector>

using namespace workbench;

namespace {

JobRecord fullRecord()
{
    JobRecord record;
    record.jobId = "job-1.a_B";
    record.status = JobStatus::Completed;
    record.startedAt = "2026-11-22T17:00:00.000Z";
    record.completedAt = "2026-11-22T17:00:01.500Z";
    record.seconds = 1.5;
    record.rows = {10, 9, 8, 1};
    record.overLimit = 1;
    record.rejectionsByRule = {{"email", 1}};
    record.withheldFields = 3;
    record.bundleDir = "out/job-1.a_B";
    record.schemaName = "signals_v1";
    record.schemaHash = "c47f7d39";
    record.split = SplitStrategy::BySourceIndustry;
    record.filters.source = "mock";
    record.filters.since = parseDateOrTime("2026-01-01");
    record.filters.maxRows = 9;
    record.dataDir = "data/learning/train";
    record.push = PushReceipt {false, "owner/name", "", "", "pushing is disabled"};
    return record;
}

} // namespace

class JobRecordTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_record_reads_back_as_it_was_written()
    {
        const std::string text = toJson(fullRecord());
        const auto record = parseJobRecord(text, "test");
        QVERIFY2(record, record ? "" : record.error().message.c_str());
        QCOMPARE(toJson(*record), text);
        QCOMPARE(record->rows.rejected, 1U);
        QCOMPARE(record->overLimit, std::optional(std::uint64_t {1}));
        QCOMPARE(record->filters, fullRecord().filters);
        QCOMPARE(record->push->error, std::string("pushing is disabled"));
    }

    void the_keys_of_the_contract_come_first()
    {
        JobRecord record;
        record.jobId = "x";
        record.status = JobStatus::Running;
        record.startedAt = "2026-11-22T17:00:00.000Z";
        QVERIFY(QByteArray::fromStdString(toJson(record)).startsWith(R"({
  "job_id": "x",
  "status": "running",
  "started_at": "2026-11-22T17:00:00.000Z",
  "completed_at": null,
  "rows": {
    "read": 0,
    "matched": 0,
    "exported": 0,
    "rejected": 0
  },
  "bundle_dir": null,
  "push": null,
  "error": null,
)"));
    }

    void what_is_no_record_is_an_io_error_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("an array") << QByteArray("[]");
        QTest::newRow("no id") << QByteArray(R"({"status":"failed"})");
        QTest::newRow("a traversing id") << QByteArray(R"({"job_id":"../x","status":"failed"})");
        QTest::newRow("no status") << QByteArray(R"({"job_id":"x"})");
        QTest::newRow("another status") << QByteArray(R"({"job_id":"x","status":"fine"})");
        QTest::newRow("another split") << QByteArray(R"({"job_id":"x","status":"queued","split":"by_mood"})");
        QTest::newRow("rows as text") << QByteArray(R"({"job_id":"x","status":"failed","rows":"1"})");
        QTest::newRow("a negative count")
            << QByteArray(R"({"job_id":"x","status":"failed","rows":{"read":-1}})");
    }

    void what_is_no_record_is_an_io_error()
    {
        QFETCH(QByteArray, text);
        const auto record = parseJobRecord(text.toStdString(), "test");
        QVERIFY(!record);
        QCOMPARE(record.error().code, ErrorCode::Io);
    }

    void ids_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<bool>("allowed");
        for (const char* const id : {"a", "A.b_c-9", "0", "-", "_", "a..b", "4f1c-9"}) {
            QTest::newRow(id) << QByteArray(id) << true;
        }
        QTest::newRow("64 characters") << QByteArray(64, 'x') << true;
        for (const char* const id :
            {".", "..", ".a", "../a", "a/b", "/", "/a", "a\\..\\b", "%2e%2e", "..%2f", "a b", "a\n",
                "\xc2\xa0", "\xef\xbc\x8e\xef\xbc\x8e/", "a:b", "a*", "~", "$HOME", "a;b", "a|b", "a\"b"}) {
            QTest::newRow(id) << QByteArray(id) << false;
        }
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("65 characters") << QByteArray(65, 'x') << false;
        QTest::newRow("a null byte") << QByteArray("a\0", 2) << false;
    }

    void ids()
    {
        QFETCH(QByteArray, id);
        QFETCH(bool, allowed);
        QCOMPARE(isJobId(id.toStdString()), allowed);
        if (!allowed) {
            const TemporaryFolder folder;
            const auto record = loadJobRecord(folder.path("out"), id.toStdString());
            QVERIFY(!record);
            QCOMPARE(record.error().code, ErrorCode::Usage);
        }
    }

    void a_job_that_there_is_not_is_said_so()
    {
        const TemporaryFolder folder;
        const auto record = loadJobRecord(folder.path("out"), "x");
        QVERIFY(!record);
        QCOMPARE(record.error().code, ErrorCode::Io);
        QCOMPARE(record.error().message, "there is no job x in " + folder.path("out_jobs"));
    }

    void a_record_with_a_key_twice_says_so()
    {
        const std::string text = toJson(fullRecord());
        const auto record
            = parseJobRecord("{\"status\": \"failed\"," + text.substr(text.find('{') + 1), "here");
        QVERIFY(!record);
        QCOMPARE(record.error().message,
            std::string("here is no job record: the key \"status\" stands twice in one object"));
    }

    void a_record_under_another_name_is_not_taken_for_it()
    {
        const TemporaryFolder folder;
        folder.write("out_jobs/other.json", toJson(fullRecord()));
        QVERIFY(!loadJobRecord(folder.path("out"), "other"));
    }

    void the_list_is_newest_first_and_names_what_cannot_be_read()
    {
        const TemporaryFolder folder;
        for (const char* const id : {"b", "a", "c"}) {
            JobRecord record = fullRecord();
            record.jobId = id;
            record.startedAt = std::string("2026-11-22T17:00:0") + (*id == 'c' ? '9' : '1') + ".000Z";
            folder.write("out_jobs/" + record.jobId + ".json", toJson(record));
        }
        folder.write("out_jobs/broken.json", "{");
        folder.write("out_jobs/a.rejections.jsonl", "{}\n");
        folder.write("out_jobs/.a.lock", "");
        folder.write("out_jobs/.a.json.tmp-01234567", "{");
        const auto list = listJobs(folder.path("out"));
        QVERIFY(list);
        QCOMPARE(list->jobs.size(), 3U);
        QCOMPARE(list->jobs[0].jobId, std::string("c"));
        QCOMPARE(list->jobs[1].jobId, std::string("a"));
        QCOMPARE(list->unreadable, std::vector<std::string> {"broken.json"});
    }

    void a_list_of_nothing_is_empty()
    {
        const TemporaryFolder folder;
        const auto list = listJobs(folder.path("out"));
        QVERIFY(list);
        QVERIFY(list->jobs.empty());
    }

    void jobs_lie_beside_the_out_dir_whatever_its_slashes()
    {
        QCOMPARE(jobsFolder("runs/hf_export"), std::string("runs/hf_export_jobs"));
        QCOMPARE(jobsFolder("runs/hf_export//"), std::string("runs/hf_export_jobs"));
        QCOMPARE(jobRecordPath("out/", "x"), std::string("out_jobs/x.json"));
        QCOMPARE(rejectionsPath("out", "x"), std::string("out_jobs/x.rejections.jsonl"));
    }

    void saving_replaces_the_record_whole()
    {
        const TemporaryFolder folder;
        QVERIFY(makeFolders(folder.path("out_jobs")));
        JobRecord record = fullRecord();
        QVERIFY(saveJobRecord(folder.path("out"), record));
        record.status = JobStatus::Failed;
        QVERIFY(saveJobRecord(folder.path("out"), record));
        QCOMPARE(loadJobRecord(folder.path("out"), record.jobId)->status, JobStatus::Failed);
        QCOMPARE(folder.entries(), (std::vector<std::string> {"out_jobs/", "out_jobs/job-1.a_B.json"}));
    }

    void a_job_that_runs_longer_than_a_second_says_how_far_it_is()
    {
        const TemporaryFolder folder;
        const std::string line = ExampleBuilder().json() + '\n';
        std::string lines;
        for (int row = 0; row < 1000; ++row) { // several blocks of what is read at a time
            lines += line;
        }
        folder.write("data/a.jsonl", lines);
        ExportRequest request;
        request.schema = defaultSchema();
        request.dataDir = folder.path("data");
        request.outDir = folder.path("out");
        request.jobId = "long";
        std::vector<JobRecord> seen; // after each block
        std::vector<std::uint64_t> read;
        const auto result = runExport(request, {}, [&](const ScanProgress& now) {
            if (!read.empty()) { // what was written after the block before
                seen.push_back(*loadJobRecord(request.outDir, request.jobId));
            }
            read.push_back(now.read);
            std::this_thread::sleep_for(std::chrono::milliseconds(read.size() == 1 ? 1100 : 0));
        });
        QVERIFY2(!result.error, result.error ? result.error->message.c_str() : "");
        QVERIFY(read.size() > 2);
        QCOMPARE(seen.front().status, JobStatus::Running);
        QCOMPARE(seen.front().rows.read, read.front());
        QVERIFY(seen.front().rows.read > 0 && seen.front().rows.read < 1000);
        QVERIFY(seen.front().done > 0 && seen.front().done < 1);
        QCOMPARE(loadJobRecord(request.outDir, request.jobId)->rows.read, 1000U);
    }
};

QTEST_GUILESS_MAIN(JobRecordTest)
#include "tst_job_record.moc"
