// SPDX-License-Identifier: Apache-2.0
/// What is asked before an export, and what happens when the folder refuses.
#include "ui/jobs/export_question.h"

#include "core/base/file.h"
#include "ui/bridge/qt_text.h"
#include "ui/widgets/ledger_widget.h"
#include "ui/widgets/state_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <cerrno>

using namespace workbench;

namespace {

ExportPlan plan(std::uint64_t matched, std::uint64_t rejected)
{
    ExportPlan plan;
    plan.ledger.read = matched;
    plan.ledger.matched = matched;
    plan.ledger.rejected = rejected;
    plan.ledger.toExport = matched - rejected;
    plan.split = SplitStrategy::BySourceIndustry;
    plan.splitFiles = 12;
    plan.folder = QStringLiteral("runs/hf_export");
    return plan;
}

QPushButton* confirmButton(const ExportQuestion& question)
{
    return question.findChild<QPushButton*>(QStringLiteral("confirmExportButton"));
}

QString words(const QWidget& widget)
{
    QStringList lines;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisibleTo(&widget)) {
            lines.append(label->text());
        }
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestExportQuestion final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void it_asks_with_the_account_and_the_numbers_on_its_buttons()
    {
        ExportQuestion question(plan(1268, 54), nullptr);
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        QVERIFY(words(question).contains(QStringLiteral("Export 1,214 rows without the 54 rejected?")));
        QVERIFY(words(question).contains(QStringLiteral("Splits by source and industry: 12 files.")));
        QVERIFY(question.findChild<LedgerWidget*>()->asText().contains(QStringLiteral("To export\t1,214")));
        QCOMPARE(confirmButton(question)->text().remove(QLatin1Char('&')), QStringLiteral("Export 1,214"));
        QCOMPARE(question.findChild<QPushButton*>(QStringLiteral("lookAtRejectedButton"))
                     ->text()
                     .remove(QLatin1Char('&')),
            QStringLiteral("Look at the 54"));
        QCOMPARE(question.windowModality(), Qt::WindowModal);
    }

    void the_files_of_a_plan_are_counted_without_a_look_at_the_rows()
    {
        Selection selection; // has no rows to look at
        selection.keptKinds = {{0, 0}, {0, 3}, {1, 3}};
        const auto files = [&selection](SplitStrategy split) {
            return planExport(selection, split, QString()).splitFiles;
        };
        QCOMPARE(files(SplitStrategy::BySourceIndustry), std::size_t {3});
        QCOMPARE(files(SplitStrategy::BySource), std::size_t {2});
        QCOMPARE(files(SplitStrategy::ByIndustry), std::size_t {2});
        QCOMPARE(files(SplitStrategy::None), std::size_t {0});
    }

    void it_exports_once_and_only_into_a_folder_that_can_be_written()
    {
        auto* question = new ExportQuestion(plan(1268, 54), nullptr);
        const QPointer<ExportQuestion> alive(question);
        QSignalSpy checks(question, &ExportQuestion::checkWanted);
        QSignalSpy confirmed(question, &ExportQuestion::confirmed);
        question->open();
        confirmButton(*question)->click();
        confirmButton(*question)->click(); // impatience
        QCOMPARE(checks.count(), 1);
        QCOMPARE(confirmed.count(), 0);
        question->setChecked({QStringLiteral("elsewhere"), std::nullopt});
        QCOMPARE(confirmed.count(), 0);
        question->setChecked({QStringLiteral("runs/hf_export"), std::nullopt});
        QCOMPARE(confirmed.count(), 1);
        QCOMPARE(confirmed.at(0).at(0).toString(), QStringLiteral("runs/hf_export"));
        QTRY_VERIFY(alive.isNull());
    }

    void a_folder_that_refuses_is_named_in_place_and_another_may_be_tried()
    {
        ExportQuestion question(plan(1214, 0), nullptr);
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy confirmed(&question, &ExportQuestion::confirmed);
        question.open();
        QVERIFY(words(question).contains(QStringLiteral("Export 1,214 rows")));
        confirmButton(question)->click();
        question.setChecked({QStringLiteral("runs/hf_export"), ioError("runs/hf_export", EROFS)});
        QVERIFY(words(question).contains(QStringLiteral(
            "This folder is read-only. Choose one that you may write to. Nothing has been written.")));
        QVERIFY(!confirmButton(question)->isEnabled());
        QVERIFY(question.isVisible());
        QCOMPARE(confirmed.count(), 0);

        auto* folder = question.findChild<QLineEdit*>(QStringLiteral("exportFolderEdit"));
        folder->selectAll();
        QTest::keyClicks(folder, QStringLiteral("/tmp/other"));
        QVERIFY(!words(question).contains(QStringLiteral("read-only")));
        QVERIFY(confirmButton(question)->isEnabled());
        confirmButton(question)->click();
        question.setChecked(
            {QStringLiteral("runs/hf_export"), std::nullopt}); // a late answer about the old one
        QCOMPARE(confirmed.count(), 0);
        question.setChecked({QStringLiteral("/tmp/other"), std::nullopt});
        QCOMPARE(confirmed.count(), 1);
    }

    void a_folder_that_cannot_be_written_gets_whole_sentences_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("refusal");
        QTest::addColumn<QString>("sentence");
        const QString readOnly = QStringLiteral(
            "This folder is read-only. Choose one that you may write to. Nothing has been written.");
        QTest::newRow("file system") << QStringLiteral("/media/disc") << EROFS << readOnly;
        QTest::newRow("permission") << QStringLiteral("/srv/out") << EACCES << readOnly;
        QTest::newRow("file") << QStringLiteral("/home/notes") << ENOTDIR
                              << QStringLiteral(
                                     "A file stands where this folder would be. Choose another one. "
                                     "Nothing has been written.");
        QTest::newRow("anything else")
            << QStringLiteral("/srv/out") << ESTALE
            << QStringLiteral("/srv/out: stale file handle. Choose one that you may "
                              "write to. Nothing has been written.");
    }
    void a_folder_that_cannot_be_written_gets_whole_sentences()
    {
        QFETCH(QString, folder);
        QFETCH(int, refusal);
        QFETCH(QString, sentence);
        ExportQuestion question(plan(1214, 0), nullptr);
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        question.setChecked({QStringLiteral("runs/hf_export"), ioError(fromQt(folder), refusal)});
        QVERIFY2(words(question).contains(sentence), qPrintable(words(question)));
    }

    void a_disk_that_is_surely_too_small_is_told_before_anything_is_written()
    {
        ExportPlan large = plan(1214, 0);
        large.leastBytes = 2'900'000;
        ExportQuestion question(large, nullptr);
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy confirmed(&question, &ExportQuestion::confirmed);
        question.open();
        confirmButton(question)->click();
        question.setChecked({QStringLiteral("runs/hf_export"), std::nullopt, 1'100'000});
        QVERIFY2(
            words(question)
                .replace(QChar(0x00a0), QLatin1Char(' '))
                .contains(QStringLiteral("No space left in runs/hf_export: at least 2.9 MB needed, 1.1 MB "
                                         "free. Choose another folder. Nothing has been written.")),
            qPrintable(words(question)));
        QVERIFY(!confirmButton(question)->isEnabled());
        QCOMPARE(confirmed.count(), 0);
        auto* folder = question.findChild<QLineEdit*>(QStringLiteral("exportFolderEdit"));
        folder->selectAll();
        QTest::keyClicks(folder, QStringLiteral("/tmp/other"));
        confirmButton(question)->click();
        question.setChecked({QStringLiteral("/tmp/other"), std::nullopt, 2'900'000});
        QCOMPARE(confirmed.count(), 1);
    }

    void looking_at_the_rejected_rows_exports_nothing()
    {
        ExportQuestion question(plan(1268, 54), nullptr);
        question.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy looked(&question, &ExportQuestion::rejectionsRequested);
        QSignalSpy checks(&question, &ExportQuestion::checkWanted);
        question.open();
        question.findChild<QPushButton*>(QStringLiteral("lookAtRejectedButton"))->click();
        QCOMPARE(looked.count(), 1);
        QCOMPARE(checks.count(), 0);
        QVERIFY(!question.isVisible());
    }

    void without_rejected_rows_there_is_nothing_to_look_at()
    {
        const ExportQuestion question(plan(1214, 0), nullptr);
        QVERIFY(!question.findChild<QPushButton*>(QStringLiteral("lookAtRejectedButton")));
    }

    void with_nothing_left_it_says_why_data()
    {
        QTest::addColumn<quint64>("matched");
        QTest::addColumn<quint64>("byRange");
        QTest::addColumn<QString>("sentence");
        const QString remedy = QStringLiteral(" Correct them at the source or change the filters.");
        QTest::newRow("most by one rule")
            << quint64 {222} << quint64 {198}
            << QStringLiteral("All 222 matched rows were rejected, most of them (198) by out_of_range.")
                + remedy;
        QTest::newRow("all by one rule")
            << quint64 {222} << quint64 {222}
            << QStringLiteral("All 222 matched rows were rejected by out_of_range.") + remedy;
        QTest::newRow("one row") << quint64 {
            1} << quint64 {1} << QStringLiteral("The one matched row was rejected by out_of_range.") + remedy;
        QTest::newRow("no match") << quint64 {0} << quint64 {0}
                                  << QStringLiteral(
                                         "No row matches the filters. Change them, or open another folder.");
    }
    void with_nothing_left_it_says_why()
    {
        QFETCH(quint64, matched);
        QFETCH(quint64, byRange);
        ExportPlan nothing = plan(matched, matched);
        nothing.rowsByRule[static_cast<std::size_t>(Rule::OutOfRange)] = byRange;
        const ExportQuestion question(nothing, nullptr);
        const auto* page = question.findChild<StatePage*>();
        QVERIFY(page);
        QCOMPARE(page->title(), QStringLiteral("No valid rows to export"));
        QTEST(page->text(), "sentence");
        QVERIFY(!confirmButton(question));
    }
};

QTEST_MAIN(TestExportQuestion)
#include "tst_export_question.moc"
