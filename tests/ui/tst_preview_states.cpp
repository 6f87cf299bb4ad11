// SPDX-License-Identifier: GPL-3.0-or-later
/// What the Preview tab keeps when other rows come, by a filter or a reload, and what it says when there are
/// none.
#include "tests/ui/preview_desk.h"

#include <QItemSelectionModel>
#include <QPushButton>
#include <QSignalSpy>

using namespace workbench;

namespace {

/// Of valid rows, by their ids.
std::string rows(std::initializer_list<const char*> ids)
{
    std::vector<ExampleBuilder> examples;
    for (const char* id : ids) {
        examples.push_back(ExampleBuilder().with("id", id));
    }
    return lines(examples);
}

} // namespace

class TestPreviewStates : public QObject, private PreviewDesk {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("tst_preview_states")); }
    void init() { openAnew(); }
    void cleanup() { close(); }
    void the_current_row_stays_when_other_rows_are_shown();
    void a_reload_finds_the_row_again_by_its_id();
    void a_reload_finds_all_chosen_rows_again_while_a_search_is_on();
    void a_row_that_is_gone_after_a_reload_is_missed();
    void nothing_matching_names_the_filters_and_helps_out();
    void a_folder_without_examples_says_so();
    void a_folder_that_is_not_there_says_so_and_not_whom_to_ask();
    void every_row_rejected_is_no_empty_table();

private:
    void showSecondRowOf(const TemporaryFolder& folder);
};

void TestPreviewStates::showSecondRowOf(const TemporaryFolder& folder)
{
    QVERIFY(openAndWait(*m_state, folder.path(), [this] { return m_panel->idle(); }));
    m_panel->showRow(1);
    QVERIFY(settle());
}

void TestPreviewStates::the_current_row_stays_when_other_rows_are_shown()
{
    m_panel->showRow(3);
    QVERIFY(settle());
    QCOMPARE(currentId(), QStringLiteral("alpha-4"));
    ExampleFilter filter;
    filter.industry = "hvac";
    m_state->changeFilter(filter, QStringLiteral("industry"));
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QVERIFY(settle());
    QCOMPARE(currentId(), QStringLiteral("alpha-4"));
    QCOMPARE(table()->currentIndex().row(), 1);
}

void TestPreviewStates::a_reload_finds_the_row_again_by_its_id()
{
    const TemporaryFolder folder;
    folder.write("a.jsonl", rows({"one", "two", "three"}));
    showSecondRowOf(folder);
    QCOMPARE(currentId(), QStringLiteral("two"));
    folder.write("a.jsonl", rows({"new-1", "new-2", "one", "two"}));
    m_state->reload();
    QTRY_COMPARE(table()->model()->rowCount(), 4);
    QTRY_COMPARE(currentId(), QStringLiteral("two"));
}

void TestPreviewStates::a_reload_finds_all_chosen_rows_again_while_a_search_is_on()
{
    const TemporaryFolder folder;
    folder.write("a.jsonl", rows({"a-one", "b", "a-two", "a-three"}));
    QVERIFY(openAndWait(*m_state, folder.path(), [this] { return m_panel->idle(); }));
    m_panel->setSearchText(QStringLiteral("a-"));
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("a-one a-two a-three"));
    table()->selectRow(0);
    table()->selectionModel()->select(
        table()->model()->index(1, 4), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const auto chosen = [this] {
        QStringList ids;
        for (const QModelIndex& row : table()->selectionModel()->selectedRows(PreviewColumns::ExampleId)) {
            ids << row.data().toString();
        }
        ids.sort();
        return ids.join(QLatin1Char(' '));
    };
    QCOMPARE(chosen(), QStringLiteral("a-one a-two"));
    folder.write("a.jsonl", rows({"a-new", "a-one", "b", "a-two", "a-three"}));
    m_state->reload();
    QTRY_COMPARE(m_state->selection()->ledger.read, std::uint64_t {5});
    QTRY_COMPARE(chosen(), QStringLiteral("a-one a-two"));
    QCOMPARE(currentId(), QStringLiteral("a-one"));
    QCOMPARE(ids(), QStringLiteral("a-new a-one a-two a-three"));
}

void TestPreviewStates::a_row_that_is_gone_after_a_reload_is_missed()
{
    const TemporaryFolder folder;
    folder.write("a.jsonl", rows({"one", "two", "three"}));
    showSecondRowOf(folder);
    QSignalSpy said(m_state.get(), &WorkbenchState::said);
    folder.write("a.jsonl", rows({"one", "two-too", "three"}));
    m_state->reload();
    const auto missed = [&said] {
        for (const QList<QVariant>& each : said) {
            if (each.front().toString().contains(QStringLiteral("no longer"))) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(missed());
    QTRY_COMPARE(table()->currentIndex().row(), 0); // and not another one in its place
}

void TestPreviewStates::nothing_matching_names_the_filters_and_helps_out()
{
    ExampleFilter filter;
    filter.industry = "plumbing";
    m_state->changeFilter(filter, QStringLiteral("industry"));
    QTRY_VERIFY(shownState());
    QVERIFY(shownState()->text().startsWith(QStringLiteral("4 rows were read.")));
    QVERIFY(shownState()->text().contains(QStringLiteral("from plumbing")));
    QTest::mouseClick(shownState()->firstButton(), Qt::LeftButton);
    QTRY_VERIFY(!shownState());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
}

void TestPreviewStates::a_folder_without_examples_says_so()
{
    const TemporaryFolder empty;
    empty.write("notes.txt", "x");
    QVERIFY(openAndWait(*m_state, empty.path()));
    QTRY_VERIFY(shownState());
    QVERIFY(shownState()->title().contains(QStringLiteral("No training examples here")));
    QVERIFY(shownState()->text().contains(toQt(empty.path())));
}

void TestPreviewStates::a_folder_that_is_not_there_says_so_and_not_whom_to_ask()
{
    const std::string nowhere = m_folder.path("nowhere");
    QVERIFY(openAndWait(*m_state, nowhere));
    QVERIFY(shownState());
    QCOMPARE(shownState()->title(), QStringLiteral("This folder cannot be read"));
    QCOMPARE(shownState()->text(),
        QStringLiteral("There is no folder %1. Open another one. This one is read as soon as it is there.")
            .arg(toQt(nowhere)));
    m_folder.write("letters", "neither a folder nor a database");
    QVERIFY(openAndWait(*m_state, m_folder.path("letters")));
    QCOMPARE(shownState()->text(),
        QStringLiteral("%1: neither a folder nor a SQLite database. Try again, or open another folder.")
            .arg(toQt(m_folder.path("letters"))));
}

void TestPreviewStates::every_row_rejected_is_no_empty_table()
{
    const TemporaryFolder folder;
    folder.write("a.jsonl", lines({ExampleBuilder().with("quotes_count", 5551234567.0)}));
    QVERIFY(openAndWait(*m_state, folder.path()));
    QTRY_VERIFY(shownState());
    QVERIFY(shownState()->title().contains(QStringLiteral("No valid rows to export")));
    QVERIFY(shownState()->text().contains(QStringLiteral("out_of_range")));
    QSignalSpy asked(m_state.get(), &WorkbenchState::showRejectionsRequested);
    QTest::mouseClick(shownState()->firstButton(), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
}

QTEST_MAIN(TestPreviewStates)
#include "tst_preview_states.moc"
