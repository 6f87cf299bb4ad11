// SPDX-License-Identifier: Apache-2.0
/// From "Export" to a verified bundle, as the Jobs tab shows it.
#include "core/base/file.h"
#include "core/job/job_lock.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/jobs/bundle_files_model.h"
#include "ui/jobs/export_question.h"
#include "ui/jobs/export_starter.h"
#include "ui/jobs/job_cell_delegate.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/ledger_widget.h"
#include "ui/widgets/state_page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QStandardItemModel>
#include <QStyleOptionViewItem>
#include <QTableView>
#include <QTest>

#include <optional>

using namespace workbench;

namespace {

struct Desk {
    TemporaryFolder folder;
    WorkbenchState state;
    JobsPanel panel;
    ExportStarter starter;

    Desk() : state(options(folder)), panel(state, nullptr), starter(state, &panel)
    {
        panel.resize(1100, 600);
        panel.show();
    }

    static WorkbenchOptions options(const TemporaryFolder& folder)
    {
        WorkbenchOptions options;
        options.schema = defaultSchema();
        options.config.outDir.value = folder.path("out");
        return options;
    }

    /// `good` rows that pass and `bad` ones that do not.
    bool open(int good, int bad)
    {
        std::string lines;
        for (int i = 0; i < good; ++i) {
            lines += ExampleBuilder().json() + "\n";
        }
        for (int i = 0; i < bad; ++i) {
            lines += ExampleBuilder().with("window_days", 5551234567.0).json() + "\n";
        }
        folder.write("data/a.jsonl", lines);
        state.openFolder(toQt(folder.path("data")));
        const auto rows = static_cast<std::uint64_t>(good + bad);
        return QTest::qWaitFor([this, rows] {
            return state.selection() && !state.selection()->ledger.growing
                && state.selection()->ledger.matched == rows;
        });
    }

    bool settle()
    {
        return QTest::qWaitFor([this] { return panel.idle(); }, 20000);
    }
    [[nodiscard]] QAbstractItemModel* jobs() const { return table()->model(); }
    [[nodiscard]] QTableView* table() const
    {
        return panel.findChild<QTableView*>(QStringLiteral("jobsTable"));
    }
    [[nodiscard]] JobDetails* details() const { return panel.findChild<JobDetails*>(); }
    [[nodiscard]] ExportQuestion* question() const { return panel.findChild<ExportQuestion*>(); }
    [[nodiscard]] QPushButton* cancel() const
    {
        return panel.findChild<QPushButton*>(QStringLiteral("cancelButton"));
    }
    void picture(const QString& name, Appearance appearance)
    {
        const QString place = qEnvironmentVariable("WORKBENCH_PICTURES");
        if (!place.isEmpty()) {
            Theme::apply(appearance);
            QCoreApplication::processEvents();
            const QString tone
                = appearance == Appearance::Dark ? QStringLiteral("dark") : QStringLiteral("light");
            QVERIFY(panel.grab().save(QStringLiteral("%1/%2-%3.png").arg(place, name, tone)));
            Theme::apply(Appearance::Light);
        }
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return jobs()->index(row, column).data().toString();
    }
};

JobRecord record(const std::string& id, const std::string& startedAt)
{
    JobRecord record;
    record.jobId = id;
    record.status = JobStatus::Cancelled;
    record.startedAt = startedAt;
    record.completedAt = startedAt;
    return record;
}

} // namespace

class TestJobsPanel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::initialize();
        Theme::apply(Appearance::Light);
    }

    void before_the_first_export_it_says_what_will_stand_here()
    {
        Desk desk;
        QVERIFY(desk.settle());
        const auto* page = desk.panel.findChild<StatePage*>();
        QVERIFY(page->isVisible());
        QCOMPARE(page->title(), QStringLiteral("Nothing was exported yet"));
        QVERIFY(page->text().contains(toQt(desk.folder.path("out"))));
        QVERIFY(!desk.cancel()->isVisible());
    }

    void an_export_without_rejected_rows_asks_nothing()
    {
        Desk desk;
        QVERIFY(desk.open(5, 0));
        QSignalSpy finished(&desk.state.jobs(), &JobRunner::finished);
        desk.starter.begin();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(!desk.question());
        QVERIFY(desk.settle());
        QCOMPARE(desk.cell(0, JobsModel::State), QStringLiteral("completed"));
        QCOMPARE(desk.cell(0, JobsModel::Rows), QStringLiteral("5"));
        QCOMPARE(desk.cell(0, JobsModel::Rejected), QStringLiteral("0"));
        QVERIFY(desk.details()->asText().startsWith(QStringLiteral("5 rows, ")));
        QVERIFY(desk.details()->files()->rowCount() >= 3);
    }

    void rejected_rows_are_asked_about_and_told_by_the_same_word_afterwards()
    {
        Desk desk;
        QVERIFY(desk.open(5, 2));
        desk.starter.begin();
        QTRY_VERIFY(desk.question());
        QVERIFY(!desk.state.jobs().running());
        QSignalSpy finished(&desk.state.jobs(), &JobRunner::finished);
        desk.question()->findChild<QPushButton*>(QStringLiteral("confirmExportButton"))->click();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(desk.settle());
        QCOMPARE(desk.cell(0, JobsModel::Rows), QStringLiteral("5"));
        QCOMPARE(desk.cell(0, JobsModel::Rejected), QStringLiteral("2"));
        QVERIFY(desk.details()->asText().contains(QStringLiteral("Rejected\t2 rows")));
    }

    void a_finished_job_shows_the_account_that_was_there_before()
    {
        Desk desk;
        QVERIFY(desk.open(5, 2));
        ExampleFilter filter = desk.state.filter();
        filter.maxRows = 6;
        desk.state.changeFilter(filter, QStringLiteral("limit"));
        QTRY_COMPARE(desk.state.selection()->ledger.matched, std::uint64_t {6});
        desk.state.jobs().start(desk.state.exportRequest(OnRejection::Skip));
        QTRY_COMPARE(desk.cell(0, JobsModel::State), QStringLiteral("completed"));
        QVERIFY(desk.settle());
        LedgerWidget before(LedgerPart::Whole, nullptr);
        before.setLedger(desk.state.selection()->ledger);
        const auto* account = desk.details()->findChild<LedgerWidget*>();
        QVERIFY(account->isVisible());
        QCOMPARE(account->asText(), before.asText());
        QVERIFY2(desk.details()->asText().contains(QStringLiteral("over the row limit\t1")),
            qPrintable(desk.details()->asText()));
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            desk.picture(QStringLiteral("jobs-account"), appearance);
        }
    }

    void an_older_record_has_one_line_for_what_was_left_out()
    {
        Desk desk;
        QVERIFY(desk.settle());
        JobRecord older = record("older", "2026-11-20T10:00:00.000Z");
        older.status = JobStatus::Completed;
        older.rows = {10, 6, 5, 1};
        JobRecord cancelled = record("cancelled", "2026-11-19T10:00:00.000Z");
        cancelled.rows = {4, 4, 0, 0};
        Q_EMIT desk.state.jobs().jobsListed({{older, cancelled}, {}});
        const auto* account = desk.details()->findChild<LedgerWidget*>();
        QCOMPARE(account->asText(),
            QStringLiteral("Read\t10\n− left out by filters or over the row limit\t4\nMatched\t6\n"
                           "− rejected by the guard\t1\nTo export\t5"));
        desk.table()->selectRow(1);
        QVERIFY(!account->isVisible()); // what broke off has no account that adds up
    }

    void the_details_of_a_job_are_cut_at_no_width_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("in a window of 1280") << 1059;
        QTest::newRow("in a window of 1440") << 1191;
        QTest::newRow("with a wide side panel") << 1020;
        QTest::newRow("in a small one") << 800;
    }
    void the_details_of_a_job_are_cut_at_no_width()
    {
        QFETCH(int, width);
        Desk desk;
        desk.panel.resize(width, 600);
        QVERIFY(desk.open(5, 0));
        QSignalSpy finished(&desk.state.jobs(), &JobRunner::finished);
        desk.starter.begin();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(desk.settle());
        QTest::qWait(0); // the splitter follows
        for (const QPushButton* button : {desk.details()->openButton(), desk.details()->copyButton(),
                 desk.details()->verifyButton(), desk.details()->publishButton()}) {
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            QVERIFY(desk.details()->rect().contains(
                QRect(button->mapTo(desk.details(), QPoint()), button->size())));
        }
        for (const char* name : {"bundleFilesTable", "jobsTable"}) {
            const auto* table = desk.panel.findChild<QTableView*>(QLatin1String(name));
            QVERIFY2(table->horizontalHeader()->length() <= table->viewport()->width(), name);
        }
    }

    void the_mark_of_a_state_stands_where_its_word_begins()
    {
        QStandardItemModel model(1, JobsModel::ColumnCount);
        const QModelIndex cell = model.index(0, JobsModel::State);
        model.setData(cell, static_cast<int>(JobStatus::Completed), JobsModel::StatusRole);
        const JobCellDelegate delegate(nullptr);
        for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            QImage picture(120, 24, QImage::Format_RGB32);
            picture.fill(Theme::colors().base);
            QPainter painter(&picture);
            QStyleOptionViewItem option;
            option.rect = picture.rect();
            option.direction = direction;
            delegate.paint(&painter, option, cell);
            painter.end();
            const auto inked = [&picture](int from, int to) {
                int pixels = 0;
                for (int x = from; x < to; ++x) {
                    for (int y = 0; y < picture.height() - 1; ++y) {
                        pixels += picture.pixelColor(x, y) != Theme::colors().base ? 1 : 0;
                    }
                }
                return pixels;
            };
            const bool leftToRight = direction == Qt::LeftToRight;
            QVERIFY(inked(leftToRight ? 0 : 60, leftToRight ? 60 : 120) > 10);
            QCOMPARE(inked(leftToRight ? 60 : 0, leftToRight ? 120 : 60), 0);
        }
    }

    void the_sizes_that_somebody_gave_table_and_details_stay()
    {
        const QString key = QStringLiteral("jobs/sizesBeside");
        QSettings().remove(key);
        const auto splitterOf = [](const Desk& desk) {
            return desk.panel.findChild<QSplitter*>(QStringLiteral("jobsSplitter"));
        };
        QList<int> chosen;
        {
            Desk desk;
            desk.panel.resize(1300, 600); // beside each other
            QVERIFY(desk.open(1, 0));
            QSignalSpy finished(&desk.state.jobs(), &JobRunner::finished);
            desk.starter.begin();
            QTRY_COMPARE(finished.count(), 1);
            QVERIFY(desk.settle());
            QSplitter* splitter = splitterOf(desk);
            const QList<int> usual = splitter->sizes();
            splitter->setSizes({usual[0] - 30, usual[1] + 30});
            chosen = splitter->sizes();
            QVERIFY(chosen != usual);
            Q_EMIT splitter->splitterMoved(chosen[0], 1); // as by the mouse
            desk.panel.resize(1300, 640);
        }
        Desk again;
        again.panel.resize(1300, 600);
        QCOMPARE(QSettings().value(key).toStringList().size(), 2);
        QVERIFY(again.open(1, 0));
        QSignalSpy finished(&again.state.jobs(), &JobRunner::finished);
        again.starter.begin();
        QTRY_COMPARE(finished.count(), 1);
        QVERIFY(again.settle());
        QCOMPARE(splitterOf(again)->sizes(), chosen);
        QTest::mouseDClick(splitterOf(again)->handle(1), Qt::LeftButton);
        QVERIFY(splitterOf(again)->sizes() != chosen);
        QVERIFY(!QSettings().contains(key));
    }

    void with_every_row_rejected_nothing_is_written()
    {
        Desk desk;
        QVERIFY(desk.open(0, 3));
        desk.starter.begin();
        QTRY_VERIFY(desk.question());
        const auto* page = desk.question()->findChild<StatePage*>();
        QVERIFY(page);
        QCOMPARE(page->title(), QStringLiteral("No valid rows to export"));
        QSignalSpy look(&desk.state, &WorkbenchState::showRejectionsRequested);
        page->firstButton()->click();
        QCOMPARE(look.count(), 1);
        QVERIFY(desk.settle());
        QCOMPARE(desk.jobs()->rowCount(), 0);
    }

    void a_folder_that_cannot_be_written_is_asked_about_even_without_rejected_rows()
    {
        Desk desk;
        QVERIFY(desk.open(1, 0));
        desk.folder.write("occupied", "a file where a folder should be");
        desk.state.setOutDir(toQt(desk.folder.path("occupied/out")));
        desk.starter.begin();
        QTRY_VERIFY(desk.question());
        QVERIFY(
            !desk.question()->findChild<QPushButton*>(QStringLiteral("confirmExportButton"))->isEnabled());
        QVERIFY(!desk.state.jobs().running());
    }

    void verifying_checks_every_file_and_finds_the_one_that_changed()
    {
        Desk desk;
        QVERIFY(desk.open(4, 0));
        desk.starter.begin();
        QTRY_COMPARE(desk.jobs()->rowCount(), 1);
        QTRY_COMPARE(desk.cell(0, JobsModel::State), QStringLiteral("completed"));
        QVERIFY(desk.settle());
        desk.details()->verifyButton()->click();
        QVERIFY(desk.settle());
        QVERIFY2(desk.details()->asText().contains(QStringLiteral("verified ")),
            qPrintable(desk.details()->asText()));
        const BundleFilesModel* files = desk.details()->files();
        for (int row = 0; row < files->rowCount(); ++row) {
            QCOMPARE(files->index(row, BundleFilesModel::Sha256).data(BundleFilesModel::IntactRole),
                QVariant(true));
        }

        const std::string dataset = desk.details()->job()->bundleDir + "/README.md";
        desk.folder.write(dataset.substr(desk.folder.path().size() + 1), "edited");
        desk.details()->verifyButton()->click();
        QVERIFY(desk.settle());
        QVERIFY2(desk.details()->asText().contains(QStringLiteral("README.md: ")),
            qPrintable(desk.details()->asText()));
        QVERIFY(desk.details()->asText().contains(QStringLiteral("problem")));
    }

    void a_bundle_of_another_program_is_found_whatever_its_working_folder_was()
    {
        Desk desk;
        QVERIFY(desk.open(1, 0));
        desk.starter.begin();
        QTRY_COMPARE(desk.cell(0, JobsModel::State), QStringLiteral("completed"));
        QVERIFY(desk.settle());
        const std::string outDir = desk.folder.path("out");
        JobList theirs = *listJobs(outDir);
        const std::string there = theirs.jobs.at(0).bundleDir;
        theirs.jobs.at(0).bundleDir = "runs/out/" + theirs.jobs.at(0).jobId; // as it was seen from elsewhere
        Q_EMIT desk.state.jobs().jobsListed(theirs);
        QVERIFY(desk.settle());
        QCOMPARE(desk.details()->job()->bundleDir, there);
        QVERIFY(desk.details()->asText().contains(QStringLiteral("Folder\t") + toQt(there)));
    }

    void the_path_is_copied_whole()
    {
        Desk desk;
        QVERIFY(desk.open(1, 0));
        desk.starter.begin();
        QTRY_COMPARE(desk.jobs()->rowCount(), 1);
        QTRY_COMPARE(desk.cell(0, JobsModel::State), QStringLiteral("completed"));
        QVERIFY(desk.settle());
        desk.details()->copyButton()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), toQt(desk.details()->job()->bundleDir));
    }

    void a_running_export_can_be_cancelled_and_only_then()
    {
        Desk desk;
        QVERIFY(desk.settle());
        QAction* cancel = desk.panel.actions().at(0);
        QCOMPARE(cancel->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Period));
        QVERIFY(!cancel->isEnabled());
        Q_EMIT desk.state.jobs().started(QStringLiteral("job-1"));
        QVERIFY(cancel->isEnabled());
        QVERIFY(desk.cancel()->isVisible());
        QVERIFY(!desk.panel.idle());
        QCOMPARE(desk.cell(0, JobsModel::State), QStringLiteral("running"));
        cancel->trigger();
        QVERIFY(!desk.cancel()->isEnabled());
        ExportResult result;
        result.outcome.jobId = "job-1";
        result.error = Error {ErrorCode::Cancelled, "cancelled", {}};
        QSignalSpy said(&desk.state, &WorkbenchState::said);
        Q_EMIT desk.state.jobs().finished(result);
        QVERIFY(!cancel->isEnabled());
        QVERIFY(!desk.cancel()->isVisible());
        QCOMPARE(said.last().at(0).toString(), QStringLiteral("Cancelled. No files were left behind."));
        QVERIFY(desk.settle());
        QCOMPARE(desk.jobs()->rowCount(), 0); // nothing on disk says that it ever ran
    }

    void jobs_of_the_command_line_appear_by_themselves()
    {
        Desk desk;
        QVERIFY(desk.settle());
        const std::string outDir = desk.folder.path("out");
        QVERIFY(bool(makeFolders(jobsFolder(outDir))));
        QVERIFY(bool(saveJobRecord(outDir, record("first", "2026-11-20T10:00:00.000Z"))));
        desk.state.setOutDir(QStringLiteral("/nowhere/at/all"));
        desk.state.setOutDir(toQt(outDir)); // reads the folder and begins to watch it
        QTRY_COMPARE(desk.jobs()->rowCount(), 1);
        QVERIFY(bool(saveJobRecord(outDir, record("second", "2026-11-21T10:00:00.000Z"))));
        QTRY_COMPARE(desk.jobs()->rowCount(), 2);
        QCOMPARE(desk.jobs()->index(0, 0).data(JobsModel::JobIdRole).toString(), QStringLiteral("second"));
    }

    void a_job_of_another_program_is_followed_until_it_ends_or_is_killed()
    {
        Desk desk;
        QVERIFY(desk.settle());
        const std::string outDir = desk.folder.path("out");
        QVERIFY(bool(makeFolders(outDir)));
        QVERIFY(bool(makeFolders(jobsFolder(outDir))));
        auto lock = JobLock::acquire(outDir, "theirs"); // as the program that runs it has it
        QVERIFY(bool(lock));
        std::optional<JobLock> alive(std::move(*lock));
        JobRecord theirs = record("theirs", "2026-11-21T10:00:00.000Z");
        theirs.status = JobStatus::Running;
        theirs.completedAt.clear();
        theirs.done = 0.25;
        theirs.seconds = 3;
        theirs.rows = {1200, 1000, 0, 7};
        JobRecord waits = record("waits", "");
        waits.status = JobStatus::Queued;
        waits.completedAt.clear();
        waits.queuedAt = "2026-11-21T10:00:01.000Z";
        waits.request = QueuedRequest {1, false, false, {}, {}};
        QVERIFY(bool(saveJobRecord(outDir, theirs)));
        QVERIFY(bool(saveJobRecord(outDir, waits)));
        QSignalSpy told(&desk.panel, &JobsPanel::underWayChanged);
        desk.state.setOutDir(QStringLiteral("/nowhere/at/all"));
        desk.state.setOutDir(toQt(outDir));
        QTRY_COMPARE(desk.jobs()->rowCount(), 2);
        QCOMPARE(desk.panel.running(), 1);
        QCOMPARE(desk.panel.waiting(), 1);
        QVERIFY(told.count() >= 1);
        QVERIFY(!desk.cancel()->isVisible()); // it is not this window's to stop

        desk.table()->selectRow(1);
        QVERIFY2(desk.details()->asText().contains(QStringLiteral("25\u00a0% done, 9\u00a0s left")),
            qPrintable(desk.details()->asText()));
        QVERIFY(desk.details()->asText().contains(QStringLiteral("1,200 read, 7 rejected")));
        theirs.done = 0.75;
        theirs.seconds = 4;
        QVERIFY(bool(saveJobRecord(outDir, theirs)));
        QTRY_VERIFY(desk.cell(1, JobsModel::Result).startsWith(QStringLiteral("75\u00a0%")));
        QTRY_VERIFY(desk.details()->asText().contains(QStringLiteral("75\u00a0% done")));
        QCOMPARE(desk.table()->currentIndex().row(), 1);
        desk.table()->selectRow(0);
        QVERIFY(desk.details()->asText().contains(QStringLiteral("next in the queue")));

        alive.reset(); // killed: nobody closes its record but who looks
        QTRY_COMPARE_WITH_TIMEOUT(desk.cell(1, JobsModel::State), QStringLiteral("failed"), 30'000);
        QCOMPARE(desk.panel.running(), 0);
        QCOMPARE(desk.cell(0, JobsModel::State), QStringLiteral("queued")); // waits for the next queue
    }

    void the_chosen_job_stays_chosen_when_another_appears()
    {
        Desk desk;
        QVERIFY(desk.settle());
        JobList list;
        list.jobs = {record("b", "2026-11-21T10:00:00.000Z"), record("a", "2026-11-20T10:00:00.000Z")};
        Q_EMIT desk.state.jobs().jobsListed(list);
        desk.table()->selectRow(1);
        QVERIFY(desk.details()->asText().contains(QStringLiteral("Job\ta")));
        list.jobs.insert(list.jobs.begin(), record("c", "2026-11-22T10:00:00.000Z"));
        Q_EMIT desk.state.jobs().jobsListed(list);
        QCOMPARE(desk.table()->currentIndex().row(), 2);
        QVERIFY(desk.details()->asText().contains(QStringLiteral("Job\ta")));
        QVERIFY(desk.details()->asText().contains(QStringLiteral("Cancelled. No files were left behind.")));
    }
};

QTEST_MAIN(TestJobsPanel)
#include "tst_jobs_panel.moc"
