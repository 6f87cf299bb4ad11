// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/job_runner.h"

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"
#include "ui/bridge/io_cause.h"
#include "ui/bridge/qt_text.h"

#include <QSignalSpy>
#include <QTest>

using namespace workbench;

namespace {

template <class T> T answer(const QSignalSpy& spy, int call, int argument)
{
    return qvariant_cast<T>(spy.at(call).at(argument));
}

} // namespace

class JobRunnerTest final : public QObject {
    Q_OBJECT

    IndexedFolder m_examples;
    TemporaryFolder m_out;

    [[nodiscard]] ExportRequest request(const char* jobId) const
    {
        ExportRequest wanted;
        wanted.schema = defaultSchema();
        wanted.dataDir = m_examples.folder().path();
        wanted.outDir = m_out.path("out");
        wanted.jobId = jobId;
        wanted.threads = 2;
        return wanted;
    }

private Q_SLOTS:
    void initTestCase() { m_examples.add("a.jsonl", std::vector<std::string>(40, ExampleBuilder().json())); }

    void an_export_runs_apart_and_says_how_it_ended()
    {
        JobRunner runner;
        QSignalSpy started(&runner, &JobRunner::started);
        QSignalSpy finished(&runner, &JobRunner::finished);
        runner.start(request("first"));
        QVERIFY(runner.running());
        QCOMPARE(started.at(0).at(0).toString(), QStringLiteral("first"));
        runner.start(request("second")); // one at a time
        QCOMPARE(started.count(), 1);
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!runner.running());
        const auto result = answer<ExportResult>(finished, 0, 0);
        QVERIFY(!result.error);
        QCOMPARE(result.outcome.jobId, std::string("first"));
        QCOMPARE(result.outcome.scan.accepted, std::uint64_t {40});
        QVERIFY(!m_out.read("out/first/dataset.jsonl").empty());
    }

    void an_export_without_a_job_id_gets_one_before_it_starts()
    {
        JobRunner runner;
        QSignalSpy started(&runner, &JobRunner::started);
        QSignalSpy finished(&runner, &JobRunner::finished);
        runner.start(request(""));
        QTRY_COMPARE(finished.count(), 1);
        const QString jobId = started.at(0).at(0).toString();
        QVERIFY(!jobId.isEmpty());
        QCOMPARE(toQt(answer<ExportResult>(finished, 0, 0).outcome.jobId), jobId);
    }

    void a_cancelled_export_leaves_no_bundle_and_another_can_follow()
    {
        JobRunner runner;
        QSignalSpy finished(&runner, &JobRunner::finished);
        runner.start(request("stopped"));
        runner.cancel();
        QTRY_COMPARE(finished.count(), 1);
        const auto result = answer<ExportResult>(finished, 0, 0);
        QVERIFY(result.error.has_value());
        QCOMPARE(result.error->code, ErrorCode::Cancelled);
        for (const auto& entry : m_out.entries()) {
            QVERIFY2(!entry.starts_with("out/stopped") && entry.find(".partial") == std::string::npos,
                entry.c_str());
        }
        runner.start(request("after"));
        QTRY_COMPARE(finished.count(), 2);
        QVERIFY(!answer<ExportResult>(finished, 1, 0).error);
    }

    void a_bundle_is_verified_and_one_that_was_changed_does_not_pass()
    {
        JobRunner runner;
        QSignalSpy finished(&runner, &JobRunner::finished);
        runner.start(request("checked"));
        QTRY_COMPARE(finished.count(), 1);
        const QString bundle = toQt(m_out.path("out/checked"));
        QSignalSpy verified(&runner, &JobRunner::verified);
        QSignalSpy failed(&runner, &JobRunner::verifyFailed);
        runner.verify(bundle);
        QTRY_COMPARE(verified.count(), 1);
        QCOMPARE(verified.at(0).at(0).toString(), bundle);
        QVERIFY(answer<Verification>(verified, 0, 1).passed());
        m_out.write("out/checked/README.md", "something else");
        runner.verify(bundle);
        QTRY_COMPARE(verified.count(), 2);
        QVERIFY(!answer<Verification>(verified, 1, 1).passed());
        runner.verify(toQt(m_out.path("nowhere")));
        QTRY_COMPARE(failed.count(), 1);
    }

    void jobs_bundles_and_schemas_are_read_apart()
    {
        JobRunner runner;
        QSignalSpy finished(&runner, &JobRunner::finished);
        runner.start(request("listed"));
        QTRY_COMPARE(finished.count(), 1);

        QSignalSpy listed(&runner, &JobRunner::jobsListed);
        runner.recoverAndListJobs(toQt(m_out.path("out")));
        QTRY_COMPARE(listed.count(), 1);
        const auto jobs = answer<JobList>(listed, 0, 0).jobs;
        const auto is = [](const char* id) { return [id](const JobRecord& job) { return job.jobId == id; }; };
        const auto job = std::find_if(jobs.begin(), jobs.end(), is("listed"));
        QVERIFY(job != jobs.end());
        QCOMPARE(job->status, JobStatus::Completed);

        QSignalSpy info(&runner, &JobRunner::bundleInfoLoaded);
        QSignalSpy infoFailed(&runner, &JobRunner::bundleInfoFailed);
        runner.loadBundleInfo(toQt(m_out.path("out/listed")));
        runner.loadBundleInfo(toQt(m_out.path("out/nowhere")));
        QTRY_COMPARE(infoFailed.count(), 1);
        QCOMPARE(info.count(), 1);
        QCOMPARE(answer<DatasetInfo>(info, 0, 1).totalRows, std::uint64_t {40});

        QSignalSpy schema(&runner, &JobRunner::schemaReferenceLoaded);
        QSignalSpy schemaFailed(&runner, &JobRunner::schemaReferenceFailed);
        runner.loadSchemaReference(toQt(m_out.path("out/listed")));
        runner.loadSchemaReference(toQt(m_out.path("nowhere")));
        QTRY_COMPARE(schemaFailed.count(), 1);
        QCOMPARE(schema.count(), 1);
        QCOMPARE(answer<SchemaReference>(schema, 0, 1).schema->hash(), defaultSchema()->hash());
    }

    void a_masked_report_is_saved_apart()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "jo@example.com").json()});
        const auto selection = select(examples.index(), {}, {});
        QVERIFY(selection);
        JobRunner runner;
        QSignalSpy saved(&runner, &JobRunner::reportSaved);
        QSignalSpy failed(&runner, &JobRunner::reportFailed);
        runner.saveRejectionReport(*selection, toQt(m_out.path("report.csv")), true);
        runner.saveRejectionReport(*selection, toQt(m_out.path("report.jsonl")), false);
        runner.saveRejectionReport(*selection, toQt(m_out.path("nowhere/report.csv")), true);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(saved.count(), 2);
        QVERIFY(m_out.read("report.csv").starts_with("file,line,"));
        QVERIFY(m_out.read("report.jsonl").starts_with("{"));
    }

    void a_folder_that_could_be_made_is_writable_and_one_below_a_file_is_not()
    {
        m_out.write("file", "");
        JobRunner runner;
        QSignalSpy checked(&runner, &JobRunner::writableChecked);
        runner.checkWritable(toQt(m_out.path("new/deep")));
        runner.checkWritable(toQt(m_out.path("file/below")));
        QTRY_COMPARE(checked.count(), 2);
        const auto deep = answer<FolderCheck>(checked, 0, 0);
        QVERIFY(!deep.refusal);
        QVERIFY(deep.room.value_or(0) > 0);
        const auto below = answer<FolderCheck>(checked, 1, 0);
        QVERIFY(below.refusal);
        QCOMPARE(causeOf(*below.refusal), IoCause::NoFolder);
        QVERIFY(!below.room);
        for (const auto& entry : m_out.entries()) {
            QVERIFY(!entry.starts_with("new")); // asking makes nothing
        }
    }

    void it_can_be_destroyed_while_an_export_runs()
    {
        auto runner = std::make_unique<JobRunner>();
        runner->start(request("abandoned"));
        runner->verify(toQt(m_out.path("out/first")));
        runner.reset();
        QCoreApplication::processEvents();
        for (const auto& entry : m_out.entries()) {
            QVERIFY2(entry.find(".partial") == std::string::npos, entry.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(JobRunnerTest)
#include "tst_job_runner.moc"
