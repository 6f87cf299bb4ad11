// SPDX-License-Identifier: Apache-2.0
/// The history of exports as people read it, and how fast a running one goes.
#include "ui/jobs/bundle_files_model.h"
#include "ui/jobs/job_words.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/rate_meter.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <functional>

Q_DECLARE_METATYPE(workbench::JobRecord)

using namespace workbench;

namespace {

const QDateTime Now(QDate(2026, 11, 22), QTime(15, 30), Qt::UTC);

JobRecord job(const char* id, JobStatus status, const char* startedAt)
{
    JobRecord record;
    record.jobId = id;
    record.status = status;
    record.startedAt = startedAt;
    record.seconds = 0.3;
    return record;
}

JobRecord completed(const char* id, std::uint64_t rows, std::uint64_t leftOut)
{
    JobRecord record = job(id, JobStatus::Completed, "2026-11-22T15:22:41.000Z");
    record.rows = {rows + leftOut, rows + leftOut, rows, leftOut};
    record.bundleDir = std::string("runs/hf_export/") + id;
    return record;
}

QString lineOf(const QAbstractItemModel& model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column) {
        cells.append(model.index(row, column).data().toString());
    }
    return cells.join(QLatin1Char('|')).replace(QChar(0x00a0), QLatin1Char(' '));
}

UtcTime day(int month, int dayOfMonth)
{
    const QDateTime at(QDate(2026, month, dayOfMonth), QTime(0, 0), Qt::UTC);
    return UtcTime(std::chrono::milliseconds(at.toMSecsSinceEpoch()));
}

} // namespace

class TestJobsModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_state_has_its_line()
    {
        JobRecord published = completed("b", 952, 0);
        published.push = PushReceipt {true, "a/b", "8e4f1c2a00000000000000000000000000000000", "", ""};
        JobRecord full = job("c", JobStatus::Failed, "2026-11-21T13:38:55Z");
        full.error = "dataset.jsonl: no space left on device";
        JobRecord rejected = job("d", JobStatus::Failed, "2026-11-20T13:38:55Z");
        rejected.rows.rejected = 54;
        rejected.error = "54 rows were rejected by the guard";
        const JobRecord cancelled = job("e", JobStatus::Cancelled, "2025-11-18T13:21:30Z");

        JobsModel model;
        QAbstractItemModelTester tester(&model);
        model.setJobs({completed("a", 1214, 54), published, full, rejected, cancelled}, Now);
        QCOMPARE(lineOf(model, 0),
            QStringLiteral("completed|15:22:41|Any source, any industry|1,214|54|0.3 s|not published"));
        QCOMPARE(lineOf(model, 1),
            QStringLiteral("completed|15:22:41|Any source, any industry|952|0|0.3 s|published 8e4f1c2a"));
        QCOMPARE(lineOf(model, 2),
            QStringLiteral("failed|21 Nov|Any source, any industry|–|–|0.3 s|no space left"));
        QCOMPARE(lineOf(model, 3),
            QStringLiteral("failed|20 Nov|Any source, any industry|–|54|0.3 s|54 rows were rejected"));
        QCOMPARE(lineOf(model, 4),
            QStringLiteral("cancelled|18 Nov 2025|Any source, any industry|–|–|0.3 s|nothing was kept"));
    }

    void the_running_job_is_listed_once_and_counts_up()
    {
        JobsModel model;
        QAbstractItemModelTester tester(&model);
        model.setJobs({completed("a", 1214, 54)}, Now);
        RunningJob running;
        running.record = job("now", JobStatus::Running, "2026-11-22T15:24:08Z");
        model.setRunning(running);
        QCOMPARE(model.rowCount(), 2);
        model.setDone(0.649);
        QCOMPARE(
            lineOf(model, 0), QStringLiteral("running|15:24:08|Any source, any industry|–|–|–|64 % done"));

        // The record on disk says the same: it must not be listed twice.
        model.setJobs(
            {job("now", JobStatus::Running, "2026-11-22T15:24:08Z"), completed("a", 1214, 54)}, Now);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(
            lineOf(model, 0), QStringLiteral("running|15:24:08|Any source, any industry|–|–|–|64 % done"));

        model.setRunning(std::nullopt);
        QCOMPARE(model.rowCount(), 1);
        model.setJobs({completed("now", 7, 0), completed("a", 1214, 54)}, Now);
        QCOMPARE(model.rowOf(QStringLiteral("now")), 0);
        QCOMPARE(lineOf(model, 0),
            QStringLiteral("completed|15:22:41|Any source, any industry|7|0|0.3 s|not published"));
    }

    void a_running_job_of_another_program_is_under_way()
    {
        JobsModel model;
        model.setJobs({job("x", JobStatus::Running, "2026-11-22T15:24:08Z")}, Now);
        QCOMPARE(model.index(0, JobsModel::Result).data().toString(), QStringLiteral("under way"));
    }

    void jobs_of_another_program_tell_how_far_they_are()
    {
        JobRecord running = job("x", JobStatus::Running, "2026-11-22T15:24:08Z");
        running.rows = {1100, 900, 0, 54};
        running.done = 0.25;
        running.seconds = 10;
        JobRecord publishing = running;
        publishing.jobId = "y";
        publishing.push = PushReceipt {false, "a/b", {}, {}, std::string(PushNotOver)};
        JobsModel model;
        QAbstractItemModelTester tester(&model);
        model.setJobs({running, publishing}, Now);
        QCOMPARE(lineOf(model, 0),
            QStringLiteral("running|15:24:08|Any source, any industry|846|54|10 s|25 % done, 30 s left"));
        QCOMPARE(model.index(1, JobsModel::Result).data().toString(), QStringLiteral("publishing"));
        QCOMPARE(model.runningElsewhere(), 2);
        QCOMPARE(model.waiting(), 0);
    }

    void jobs_that_wait_stand_in_their_queue()
    {
        const auto queued = [](const char* id, std::uint64_t place) {
            JobRecord record = job(id, JobStatus::Queued, "");
            record.queuedAt = "2026-11-22T15:25:30.500Z";
            record.request = QueuedRequest {place, false, false, {}, {}};
            return record;
        };
        JobsModel model;
        QAbstractItemModelTester tester(&model);
        model.setJobs(
            {queued("late", 12), queued("early", 7), queued("later", 13), completed("a", 5, 0)}, Now);
        QCOMPARE(lineOf(model, 0),
            QStringLiteral("queued|15:25:30|Any source, any industry|–|–|–|number 2 in the queue"));
        QCOMPARE(lineOf(model, 1),
            QStringLiteral("queued|15:25:30|Any source, any industry|–|–|–|next in the queue"));
        QCOMPARE(model.queuePlace(model.job(2)), std::size_t {3});
        QCOMPARE(model.queuePlace(model.job(3)), std::size_t {0});
        QCOMPARE(model.waiting(), 3);
        QCOMPARE(model.runningElsewhere(), 0);
        QVERIFY(model.index(0, JobsModel::Started)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .startsWith(QStringLiteral("Waiting since ")));
    }

    void a_job_that_goes_on_changes_its_cells_and_moves_nothing()
    {
        JobRecord running = job("x", JobStatus::Running, "2026-11-22T15:24:08Z");
        running.done = 0.25;
        JobsModel model;
        QAbstractItemModelTester tester(&model);
        model.setJobs({running, completed("a", 5, 0)}, Now);
        const QPersistentModelIndex chosen = model.index(0, JobsModel::Result);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        running.done = 0.5;
        model.setJobs({running, completed("a", 5, 0)}, Now);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        QVERIFY(chosen.isValid());
        QVERIFY(chosen.data().toString().startsWith(QStringLiteral("50")));
        model.setJobs({completed("new", 1, 0), running, completed("a", 5, 0)}, Now);
        QCOMPARE(reset.count(), 1);
    }

    void filters_in_words_data()
    {
        QTest::addColumn<JobRecord>("record");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* source, const char* industry, const char* words,
                             const std::function<void(JobRecord&)>& more = {}) {
            JobRecord record;
            record.rows.matched = 5;
            if (source) {
                record.filters.source = source;
            }
            if (industry) {
                record.filters.industry = industry;
            }
            if (more) {
                more(record);
            }
            QTest::newRow(name) << record << QString::fromLatin1(words);
        };
        row("none", nullptr, nullptr, "Any source, any industry");
        row("both", "real", "cleaning", "real, cleaning");
        row("source", "mock", nullptr, "mock, any industry");
        row("industry", nullptr, "hvac", "Any source, hvac");
        row("labelled", "mock", nullptr, "mock, labelled only",
            [](JobRecord& record) { record.filters.labelled = true; });
        row("since", "real", nullptr, "real, since 1 Nov",
            [](JobRecord& record) { record.filters.since = day(11, 1); });
        row("until", nullptr, nullptr, "Any source, any industry, before 20 Nov",
            [](JobRecord& record) { record.filters.until = day(11, 20); });
        row("a limit that cut", nullptr, nullptr, "Any source, any industry, first 5",
            [](JobRecord& record) { record.filters.maxRows = 5; });
        row("a limit that did not", nullptr, nullptr, "Any source, any industry",
            [](JobRecord& record) { record.filters.maxRows = 50000; });
    }
    void filters_in_words()
    {
        QFETCH(JobRecord, record);
        QTEST(jobFilterWords(record, Now), "words");
    }

    void what_was_withheld_is_named_by_what_it_was()
    {
        JobRecord record = completed("a", 1214, 54);
        record.withheldFields = 70;
        DatasetInfo info;
        info.withheldFields = 70;
        info.withheldByReason = {{"labels.reviewer_notes", 60}, {"labels.client_feedback_reason", 10}};
        QCOMPARE(withheldWords(record, &info), QStringLiteral("70 free-text labels"));
        info.withheldByReason["features.rag_*"] = 1;
        QCOMPARE(withheldWords(record, &info), QStringLiteral("70 fields"));
        QCOMPARE(withheldWords(record, nullptr), QStringLiteral("70 fields"));
        record.withheldFields = 0;
        QCOMPARE(withheldWords(record, nullptr), QStringLiteral("nothing"));
    }

    void files_are_checked_only_after_a_verification()
    {
        DatasetInfo info;
        info.files = {{"README.md", {9400, 0, "aa"}}, {"dataset.jsonl", {2900000, 1214, "bb"}},
            {"splits/mock_hvac.jsonl", {250200, 106, "cc"}}};
        BundleFilesModel model;
        QAbstractItemModelTester tester(&model);
        model.setInfo(info);
        QCOMPARE(lineOf(model, 0), QStringLiteral("dataset.jsonl|1,214|2.9 MB|bb"));
        QCOMPARE(lineOf(model, 1), QStringLiteral("README.md|–|9.4 kB|aa"));
        QCOMPARE(lineOf(model, 2), QStringLiteral("splits/mock_hvac.jsonl|106|250.2 kB|cc"));
        QVERIFY(!model.index(0, BundleFilesModel::Sha256).data(BundleFilesModel::IntactRole).isValid());

        Verification verification;
        verification.files = {{"dataset.jsonl", {2900000, 1214, "bb"}, true},
            {"splits/mock_hvac.jsonl", {1, 106, "cc"}, false}};
        model.setVerification(verification);
        QCOMPARE(model.index(0, BundleFilesModel::Sha256).data(BundleFilesModel::IntactRole), QVariant(true));
        QCOMPARE(
            model.index(1, BundleFilesModel::Sha256).data(BundleFilesModel::IntactRole), QVariant(false));
        QCOMPARE(model.index(1, BundleFilesModel::Sha256).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("not intact, cc"));
    }

    void a_rate_is_not_guessed_before_a_second_was_measured()
    {
        RateMeter meter;
        QVERIFY(!meter.rowsPerSecond());
        meter.add(0, 0, 0);
        meter.add(900, 900, 0.1);
        QVERIFY(!meter.rowsPerSecond());
        QVERIFY(!meter.secondsLeft());
        meter.add(1000, 1000, 0.25);
        QCOMPARE(*meter.rowsPerSecond(), 1000.0);
        QCOMPARE(*meter.secondsLeft(), 3.0);
    }

    void the_rate_forgets_what_is_older_than_its_window()
    {
        RateMeter meter;
        for (int second = 0; second <= 20; ++second) { // slow for ten seconds, then ten times as fast
            const std::uint64_t rows = second <= 10 ? static_cast<std::uint64_t>(second) * 100
                                                    : 1000 + static_cast<std::uint64_t>(second - 10) * 1000;
            meter.add(second * 1000, rows, second / 100.0);
        }
        QCOMPARE(*meter.rowsPerSecond(), 1000.0);
        const std::vector<double> slices = meter.slices(5);
        QCOMPARE(slices, (std::vector<double> {1000, 1000, 1000, 1000, 1000}));
    }

    void time_left_is_unknown_while_nothing_moves()
    {
        RateMeter meter;
        meter.add(0, 0, 0.5);
        meter.add(2000, 0, 0.5);
        QVERIFY(!meter.secondsLeft());
    }
};

QTEST_MAIN(TestJobsModel)
#include "tst_jobs_model.moc"
