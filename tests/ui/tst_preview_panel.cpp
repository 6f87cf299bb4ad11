// SPDX-License-Identifier: GPL-3.0-or-later
/// The Preview tab as a person meets it: what is shown, narrowed, sorted and copied.
#include "tests/ui/preview_desk.h"
#include "ui/preview/preview_cell.h"
#include "ui/preview/preview_header.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/tab_separated.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QImage>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace workbench;

class TestPreviewPanel : public QObject, private PreviewDesk {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("tst_preview_panel")); }
    void init() { openAnew(); }
    void cleanup() { close(); }
    void it_opens_on_what_an_export_writes();
    void columns_without_a_value_are_hidden_until_asked_for();
    void the_header_sorts_up_then_down_then_as_the_files_stand();
    void a_search_narrows_the_view_and_says_that_an_export_is_not_narrowed();
    void a_search_stays_when_scope_filter_and_order_change();
    void a_search_ends_with_the_folder_it_was_of();
    void copying_gives_tabs_exact_values_and_masked_cells_masked();
    void the_detail_shows_the_line_as_it_will_be_written();
    void a_line_that_could_not_be_read_is_told_apart_from_null();
    void a_rejected_row_leads_to_its_own_findings();
    void escape_stops_a_search_wherever_the_focus_is();
    void a_tick_is_one_step_for_undo_whatever_it_changes();
    void columns_with_values_can_be_chosen_once_they_are_counted();
    void a_column_is_sorted_hidden_and_moved_without_a_mouse();
    void what_the_bars_of_a_header_show_can_be_heard();
    void no_part_of_the_table_shows_what_was_there_before();
    void a_right_click_on_a_cell_copies_no_more_than_is_shown();
    void a_right_click_on_a_header_sorts_and_hides();
    void names_break_behind_an_underscore_never_in_a_word();
    void cells_for_the_clipboard_are_no_formulas();

private:
    void click(const QString& path);
    /// By mouse; null: none opened.
    QMenu* contextMenu(QWidget* on, const QPoint& where)
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, where, on->mapToGlobal(where));
        QApplication::sendEvent(on, &event);
        for (auto* menu : m_panel->findChildren<QMenu*>()) {
            if (menu->isVisible()) {
                return menu;
            }
        }
        return nullptr;
    }
    static QAction* actionOf(const QMenu* menu, const QString& text)
    {
        return actionOf(menu->actions(), text);
    }
    static QAction* actionOf(const QList<QAction*>& actions, const QString& text)
    {
        for (QAction* action : actions) {
            if (action->text() == text) {
                return action;
            }
        }
        return nullptr;
    }
    static void trigger(const QMenu* menu, const QString& text)
    {
        QAction* action = actionOf(menu, text);
        QVERIFY2(action && action->isEnabled(), qPrintable(text));
        action->trigger();
    }
};

void TestPreviewPanel::click(const QString& path)
{
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    Q_EMIT table()->horizontalHeader()->sectionClicked(model->columns().columnOfPath(path));
    QVERIFY(settle());
}

void TestPreviewPanel::it_opens_on_what_an_export_writes()
{
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("gamma-3"));
    m_panel->setScope(PreviewScope::AllMatched);
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 gamma-3 alpha-4"));
    const auto* scopes = m_panel->findChild<SegmentedControl*>();
    QVERIFY(scopes->button(static_cast<int>(PreviewScope::ToExport))->text().endsWith(QStringLiteral("3")));
    QVERIFY(scopes->button(static_cast<int>(PreviewScope::Rejected))->text().endsWith(QStringLiteral("1")));
}

void TestPreviewPanel::columns_without_a_value_are_hidden_until_asked_for()
{
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    QVERIFY(table()->isColumnHidden(model->columns().columnOfPath(QStringLiteral("features.total_jobs"))));
    QVERIFY(table()->isColumnHidden(model->columns().columnOfPath(QStringLiteral("schema_version"))));
    QVERIFY(!table()->isColumnHidden(model->columns().columnOfPath(QStringLiteral("features.quotes_count"))));
}

void TestPreviewPanel::the_header_sorts_up_then_down_then_as_the_files_stand()
{
    click(QStringLiteral("features.quotes_count"));
    QCOMPARE(ids(), QStringLiteral("beta-2 alpha-4 alpha-1"));
    click(QStringLiteral("features.quotes_count"));
    QCOMPARE(ids(), QStringLiteral("alpha-1 alpha-4 beta-2"));
    click(QStringLiteral("features.quotes_count"));
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
    click(QStringLiteral("example_id"));
    QCOMPARE(ids(), QStringLiteral("alpha-1 alpha-4 beta-2"));
    m_state->undoStack().undo();
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
}

void TestPreviewPanel::a_search_narrows_the_view_and_says_that_an_export_is_not_narrowed()
{
    m_panel->setSearchText(QStringLiteral("alpha"));
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 alpha-4"));
    QCOMPARE(m_state->selection()->ledger.toExport, std::uint64_t {3});
    bool said = false;
    for (const MessageBar* bar : m_panel->findChildren<MessageBar*>()) {
        said = said
            || (bar->isVisible() && bar->title().startsWith(QStringLiteral("2 of 3 rows"))
                && bar->text().contains(QStringLiteral("not narrowed")));
    }
    QVERIFY(said);
    m_panel->setSearchText(QStringLiteral("nobody"));
    QVERIFY(settle());
    QVERIFY(shownState());
    m_panel->setSearchText({});
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
}

void TestPreviewPanel::a_search_stays_when_scope_filter_and_order_change()
{
    m_panel->setSearchText(QStringLiteral("a-")); // all four
    m_panel->setScope(PreviewScope::AllMatched); // while it runs
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 gamma-3 alpha-4"));
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("gamma-3"));
    m_panel->setSearchText(QStringLiteral("alpha"));
    QVERIFY(settle());
    QVERIFY(shownState());
    m_panel->setScope(PreviewScope::ToExport);
    click(QStringLiteral("features.quotes_count"));
    QCOMPARE(ids(), QStringLiteral("alpha-4 alpha-1"));
    ExampleFilter filter = m_state->filter();
    filter.industry = "cleaning";
    m_state->changeFilter(filter, QStringLiteral("filter"));
    QVERIFY(settle());
    QVERIFY(shownState());
    m_panel->setSearchText(QStringLiteral("beta"));
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("beta-2"));
    m_state->undoStack().undo();
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("beta-2"));
    m_panel->setSearchText({});
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("beta-2 alpha-4 alpha-1"));
}

void TestPreviewPanel::a_search_ends_with_the_folder_it_was_of()
{
    const TemporaryFolder empty;
    m_panel->setSearchText(QStringLiteral("a-"));
    QVERIFY(openAndWait(*m_state, empty.path(), [this] { return m_panel->idle(); }));
}

void TestPreviewPanel::copying_gives_tabs_exact_values_and_masked_cells_masked()
{
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    table()->selectAll();
    m_panel->actions().at(1)->trigger(); // with headers
    QVERIFY(settle());
    const QString text = QGuiApplication::clipboard()->text();
    const QStringList copied = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(copied.size(), 2);
    QVERIFY(copied.at(0).startsWith(QStringLiteral("#\tverdict\texample_id\t")));
    QVERIFY(copied.at(1).startsWith(QStringLiteral("1\tphone\tgamma-3\t")));
    QVERIFY(!text.contains(QStringLiteral("555")));
}

void TestPreviewPanel::the_detail_shows_the_line_as_it_will_be_written()
{
    QVERIFY(settle());
    const auto* detail = m_panel->findChild<QWidget*>(QStringLiteral("rowDetail"));
    const QString json = detail->findChild<QPlainTextEdit*>()->toPlainText();
    QVERIFY(json.contains(QStringLiteral("\"example_id\": \"alpha-1\"")));
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    QTRY_VERIFY(detail->findChild<QPlainTextEdit*>()->toPlainText().contains(QStringLiteral("999-999-9999")));
    QVERIFY(!detail->findChild<QPlainTextEdit*>()->toPlainText().contains(QStringLiteral("555-010")));
}

void TestPreviewPanel::a_line_that_could_not_be_read_is_told_apart_from_null()
{
    TemporaryFolder other;
    other.write("a.jsonl", ExampleBuilder().json() + "\n{\"id\":\n");
    QVERIFY(openAndWait(*m_state, other.path(), [this] { return m_panel->idle(); }));
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("not read"));
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    const int quotes = model->columns().columnOfPath(QStringLiteral("features.quotes_count"));
    const QModelIndex cell = model->index(0, quotes);
    QCOMPARE(cell.data().toString(), QString());
    QCOMPARE(cell.data(Qt::ToolTipRole).toString(),
        QStringLiteral("This line could not be read: it is malformed. It is not written."));
    QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("not read"));

    QVERIFY(openAndWait(*m_state, m_folder.path(), [this] { return m_panel->idle(); }));
    QCOMPARE(ids(), QStringLiteral("gamma-3"));
    const int jobs = model->columns().columnOfPath(QStringLiteral("features.total_jobs"));
    QCOMPARE(
        model->index(0, jobs).data(Qt::ToolTipRole).toString(), // null, too, but a row that is not written
        QStringLiteral("features.total_jobs is null: there is no value."));
}

void TestPreviewPanel::a_rejected_row_leads_to_its_own_findings()
{
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    table()->setCurrentIndex(table()->model()->index(0, PreviewColumns::ExampleId));
    QVERIFY(settle());
    QSignalSpy wanted(m_state.get(), &WorkbenchState::showFindingsRequested);
    for (auto* button : m_panel->findChildren<QPushButton*>()) {
        if (button->text() == QLatin1String("Look at it in Rejections")) {
            QVERIFY(button->isVisible());
            button->click();
        }
    }
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().value<RowNumber>(), RowNumber {2});
}

void TestPreviewPanel::escape_stops_a_search_wherever_the_focus_is()
{
    QWidget window;
    m_panel->setParent(&window);
    const auto back = qScopeGuard([this] { m_panel->setParent(nullptr); });
    QLineEdit elsewhere(&window);
    window.resize(1200, 700);
    window.show();
    m_panel->show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    elsewhere.setFocus();
    QTRY_VERIFY(elsewhere.hasFocus());
    m_panel->setSearchText(QStringLiteral("alpha"));
    QVERIFY(!m_panel->idle());
    QTest::keyClick(&elsewhere, Qt::Key_Escape);
    const auto stop = actionOf(m_panel->actions(), QStringLiteral("S&top sorting or searching"));
    QVERIFY(stop && !stop->isEnabled()); // nothing is searched any more
    QVERIFY(settle());
}

void TestPreviewPanel::a_tick_is_one_step_for_undo_whatever_it_changes()
{
    actionOf(m_panel->actions(), QStringLiteral("Col&umns…"))->trigger();
    auto* popup = m_panel->findChild<QWidget*>(QStringLiteral("columnsPopup"));
    QVERIFY(popup && popup->isVisible());
    auto* list = popup->findChild<QTreeWidget*>();
    const auto shown = [this] {
        int count = 0;
        for (int column = 0; column < table()->model()->columnCount(); ++column) {
            count += table()->isColumnHidden(column) ? 0 : 1;
        }
        return count;
    };
    const int before = shown();
    const int steps = m_state->undoStack().count();
    QTreeWidgetItem* family = list->topLevelItem(1);
    QVERIFY(family->childCount() > 3);
    family->setCheckState(0, family->checkState(0) == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    QTRY_COMPARE(m_state->undoStack().count(), steps + 1);
    QTest::qWait(0);
    QCOMPARE(m_state->undoStack().count(), steps + 1);
    QTreeWidgetItem* column = list->topLevelItem(0)->child(0);
    column->setCheckState(0, column->checkState(0) == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    popup->close(); // at once
    QCOMPARE(m_state->undoStack().count(), steps + 2);
    QTest::qWait(0);
    QCOMPARE(m_state->undoStack().count(), steps + 2);
    QVERIFY(shown() != before);
    m_state->undoStack().undo();
    m_state->undoStack().undo();
    QCOMPARE(shown(), before);
}

void TestPreviewPanel::columns_with_values_can_be_chosen_once_they_are_counted()
{
    const auto open = [](PreviewPanel& panel) {
        actionOf(panel.actions(), QStringLiteral("Col&umns…"))->trigger();
        return panel.findChild<QPushButton*>(QStringLiteral("columnsWithValues"));
    };
    QVERIFY(open(*m_panel)->isEnabled());
    WorkbenchState nothing(testOptions()); // nothing is counted
    PreviewPanel empty(nothing);
    empty.show();
    QVERIFY(!open(empty)->isEnabled());
}

void TestPreviewPanel::a_column_is_sorted_hidden_and_moved_without_a_mouse()
{
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    const int column = model->columns().columnOfPath(QStringLiteral("features.quotes_count"));
    table()->setCurrentIndex(model->index(0, column));
    QMenu* menu = nullptr;
    for (const QAction* action : m_panel->actions()) {
        menu = action->menu() ? action->menu() : menu;
    }
    QVERIFY(menu);
    const auto choose = [&](const QString& text) {
        menu->popup(QPoint(10, 10));
        trigger(menu, text);
        menu->close();
    };
    choose(QStringLiteral("Sort &ascending"));
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("beta-2 alpha-4 alpha-1"));
    choose(QStringLiteral("In &file order"));
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));

    const QHeaderView* header = table()->horizontalHeader();
    const int place = header->visualIndex(column);
    const int steps = m_state->undoStack().count();
    choose(QStringLiteral("Move &left"));
    QVERIFY(header->visualIndex(column) < place);
    QCOMPARE(m_state->undoStack().count(), steps + 1);
    m_state->undoStack().undo();
    QCOMPARE(header->visualIndex(column), place);

    choose(QStringLiteral("&Hide column"));
    QVERIFY(table()->isColumnHidden(column));
    m_state->undoStack().undo();
    QVERIFY(!table()->isColumnHidden(column));

    table()->setCurrentIndex(model->index(0, PreviewColumns::ExampleId)); // it stays where it is
    menu->popup(QPoint(10, 10));
    QVERIFY(!actionOf(menu->actions(), QStringLiteral("Move &left"))->isEnabled());
    QVERIFY(!actionOf(menu->actions(), QStringLiteral("&Hide column"))->isEnabled());
    menu->close();
}

void TestPreviewPanel::what_the_bars_of_a_header_show_can_be_heard()
{
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    const int column = model->columns().columnOfPath(QStringLiteral("features.quotes_count"));
    const QString heard = model->headerData(column, Qt::Horizontal, Qt::AccessibleDescriptionRole).toString();
    QVERIFY2(heard.startsWith(QStringLiteral("4 rows from 0 to 30. ")), qPrintable(heard));
}

void TestPreviewPanel::no_part_of_the_table_shows_what_was_there_before()
{
    QVERIFY(settle());
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        m_panel->setLayoutDirection(direction);
        for (QTableView* view : m_panel->findChildren<QTableView*>()) {
            for (QWidget* part : {view->viewport(), view->horizontalHeader()->viewport()}) {
                QImage picture(part->size(), QImage::Format_RGB32);
                picture.fill(Qt::magenta);
                part->render(&picture, {}, {}, {});
                int left = 0;
                for (int y = 0; y < picture.height(); ++y) {
                    for (int x = 0; x < picture.width(); ++x) {
                        left += picture.pixelColor(x, y) == QColor(Qt::magenta) ? 1 : 0;
                    }
                }
                QVERIFY2(
                    left == 0, qPrintable(QStringLiteral("%1: %2 pixels").arg(view->objectName()).arg(left)));
            }
        }
    }
}

void TestPreviewPanel::a_right_click_on_a_cell_copies_no_more_than_is_shown()
{
    m_panel->setScope(PreviewScope::Rejected);
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("gamma-3"));
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    const QModelIndex cell
        = model->index(0, model->columns().columnOfPath(QStringLiteral("features.source")));
    table()->scrollTo(cell);
    QMenu* menu = contextMenu(table()->viewport(), table()->visualRect(cell).center());
    QVERIFY(menu);
    trigger(menu, QStringLiteral("&Copy value as shown"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("999-999-9999"));
    trigger(menu, QStringLiteral("Copy &example_id"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("gamma-3"));
    QSignalSpy wanted(m_state.get(), &WorkbenchState::showFindingsRequested);
    trigger(menu, QStringLiteral("&Look at it in Rejections"));
    QCOMPARE(wanted.count(), 1);
    menu->close();

    m_panel->setScope(PreviewScope::ToExport);
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
    menu = contextMenu(table()->viewport(), QPoint(4, 4));
    QVERIFY(menu);
    QVERIFY(!actionOf(menu, QStringLiteral("&Look at it in Rejections")));
    QVERIFY(actionOf(menu, QStringLiteral("Show &details")));
    menu->close();
}

void TestPreviewPanel::a_right_click_on_a_header_sorts_and_hides()
{
    const auto* model = qobject_cast<PreviewModel*>(table()->model());
    const int column = model->columns().columnOfPath(QStringLiteral("features.quotes_count"));
    QHeaderView* header = table()->horizontalHeader();
    table()->scrollTo(model->index(0, column));
    const auto open = [&] {
        return contextMenu(header->viewport(), QPoint(header->sectionViewportPosition(column) + 5, 30));
    };
    QMenu* menu = open();
    QVERIFY(menu);
    trigger(menu, QStringLiteral("Sort &descending"));
    menu->close();
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 alpha-4 beta-2"));
    menu = open();
    QVERIFY(menu);
    QVERIFY(actionOf(menu, QStringLiteral("Sort &descending"))->isChecked());
    trigger(menu, QStringLiteral("In &file order"));
    menu->close();
    QVERIFY(settle());
    QCOMPARE(ids(), QStringLiteral("alpha-1 beta-2 alpha-4"));
    menu = open();
    QVERIFY(menu);
    trigger(menu, QStringLiteral("&Hide column"));
    menu->close();
    QVERIFY(table()->isColumnHidden(column));
    m_state->undoStack().undo();
    QVERIFY(!table()->isColumnHidden(column));
}

void TestPreviewPanel::names_break_behind_an_underscore_never_in_a_word()
{
    QCOMPARE(brokenName(QStringLiteral("decision_lag_days_p50")),
        (QStringList {QStringLiteral("decision_"), QStringLiteral("lag_days_p50")}));
    QCOMPARE(brokenName(QStringLiteral("source")), QStringList {QStringLiteral("source")});
}

void TestPreviewPanel::cells_for_the_clipboard_are_no_formulas()
{
    QCOMPARE(tabSeparatedCell(QStringLiteral("=1+1")), QStringLiteral("'=1+1"));
    QCOMPARE(tabSeparatedCell(QStringLiteral("-1.5")), QStringLiteral("-1.5"));
    QCOMPARE(tabSeparatedCell(QStringLiteral("a\tb")), QStringLiteral("\"a\tb\""));
    QCOMPARE(tabSeparatedCell(QStringLiteral("a\"b")), QStringLiteral("\"a\"\"b\""));
}

QTEST_MAIN(TestPreviewPanel)
#include "tst_preview_panel.moc"
