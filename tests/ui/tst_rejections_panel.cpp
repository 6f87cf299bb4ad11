// SPDX-License-Identifier: GPL-3.0-or-later
/// The Rejections tab, and above all its Reveal: on the screen for some seconds, and nowhere else.
#include "tests/ui/opened_folder.h"
#include "ui/rejections/findings_model.h"
#include "ui/rejections/rejections_panel.h"
#include "ui/rejections/secret_view.h"
#include "ui/widgets/state_page.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QTableView>
#include <QWheelEvent>

using namespace workbench;

namespace {

const QString Raw = QStringLiteral("555-010-4477");

/// Everything an accessibility tool could read below an interface.
void readAloud(QAccessibleInterface* interface, QString& text, int depth = 0)
{
    if (!interface || depth > 12) {
        return;
    }
    for (const QAccessible::Text which :
        {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help}) {
        text += interface->text(which) + QLatin1Char('\n');
    }
    if (QAccessibleTextInterface* content = interface->textInterface()) {
        text += content->text(0, content->characterCount()) + QLatin1Char('\n');
    }
    for (int child = 0; child < std::min(interface->childCount(), 200); ++child) {
        readAloud(interface->child(child), text, depth + 1);
    }
}

/// Pixels of a picture that are as dark as text.
int darkPixels(const QImage& picture, const QRect& where)
{
    int count = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            count += picture.rect().contains(x, y) && qGray(picture.pixel(x, y)) < 110 ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class TestRejectionsPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void findings_are_listed_and_narrowed_by_the_summary();
    void the_detail_shows_the_masked_line_and_nothing_raw();
    void reveal_shows_the_value_on_the_screen_and_hides_it_again();
    void a_revealed_value_is_in_no_picture_no_clipboard_and_no_accessible_text();
    void a_revealed_value_hides_when_looking_elsewhere_data();
    void a_revealed_value_hides_when_looking_elsewhere();
    void space_starts_the_time_again();
    void a_long_value_begins_at_its_first_line_and_can_be_scrolled();
    void a_missing_field_has_no_value_to_reveal();
    void a_file_that_changed_is_not_revealed();
    void a_row_asked_for_is_found_whatever_the_list_is_narrowed_to();
    void the_masked_excerpt_keeps_its_room_beside_long_names();
    void a_right_click_offers_what_a_finding_is_good_for();
    void copying_stays_masked();
    void a_folded_summary_tells_and_offers_all_the_same();
    void a_width_that_somebody_chose_stays();
    void findings_are_sorted_without_a_mouse();
    void nothing_rejected_is_said_with_its_counts();
    void what_changes_while_nobody_looks_is_listed_on_the_next_look();
    void the_list_begins_at_its_top_until_somebody_chose_a_finding_data();
    void the_list_begins_at_its_top_until_somebody_chose_a_finding();

private:
    [[nodiscard]] bool settle()
    {
        return QTest::qWaitFor([this] { return m_state->idle() && m_panel->idle(); }, 20'000);
    }
    [[nodiscard]] QTableView* table()
    {
        return m_panel->findChild<QTableView*>(QStringLiteral("rejectionsTable"));
    }
    [[nodiscard]] SecretView* secret() { return m_panel->findChild<SecretView*>(); }
    [[nodiscard]] QPushButton* button()
    {
        return m_panel->findChild<QPushButton*>(QStringLiteral("revealButton"));
    }
    void choose(const QString& rule);
    void reveal();

    std::unique_ptr<TemporaryFolder> m_folder;
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<QWidget> m_window;
    RejectionsPanel* m_panel = nullptr;
};

void TestRejectionsPanel::initTestCase() { prepareWorkbenchTest(QStringLiteral("tst_rejections_panel")); }

void TestRejectionsPanel::init()
{
    QSettings().clear();
    QGuiApplication::clipboard()->clear();
    m_folder = std::make_unique<TemporaryFolder>();
    m_folder->write("a.jsonl",
        lines({ExampleBuilder(), ExampleBuilder().with("features.industry_key", Raw.toStdString()),
            ExampleBuilder().with("quotes_count", 5551234567.0), ExampleBuilder().without("created_at"),
            ExampleBuilder().with("features.source", "(555) 123-4567")}));
    m_state = std::make_unique<WorkbenchState>(testOptions());
    m_window = std::make_unique<QWidget>();
    m_panel = new RejectionsPanel(*m_state, m_window.get());
    m_window->resize(1200, 760);
    m_panel->setGeometry(0, 0, 1200, 760);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(openAndWait(*m_state, m_folder->path(), [this] { return m_panel->idle(); }));
}

void TestRejectionsPanel::cleanup()
{
    m_window.reset();
    m_state.reset();
}

void TestRejectionsPanel::choose(const QString& rule)
{
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        if (table()->model()->index(row, 0).data().toString() == rule) {
            table()->selectRow(row);
            QVERIFY(settle());
            return;
        }
    }
    QFAIL("no such finding");
}

void TestRejectionsPanel::reveal()
{
    choose(QStringLiteral("phone"));
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY(secret()->showsValue());
}

void TestRejectionsPanel::findings_are_listed_and_narrowed_by_the_summary()
{
    QCOMPARE(table()->model()->rowCount(), 4);
    auto* list = m_panel->findChild<QListWidget*>();
    QCOMPARE(list->count(), 4); // all, and three rules
    QCOMPARE(list->item(1)->text(), QStringLiteral("phone"));
    list->setCurrentRow(1);
    QCOMPARE(table()->model()->rowCount(), 2);
    list->setCurrentRow(0);
    QCOMPARE(table()->model()->rowCount(), 4);
}

void TestRejectionsPanel::the_detail_shows_the_masked_line_and_nothing_raw()
{
    choose(QStringLiteral("phone"));
    const auto* detail = m_panel->findChild<QWidget*>(QStringLiteral("rejectionDetail"));
    const auto* line = detail->findChild<QPlainTextEdit*>();
    QTRY_VERIFY(line->toPlainText().contains(QStringLiteral("999-999-9999")));
    QVERIFY(!line->toPlainText().contains(QStringLiteral("555")));
    QCOMPARE(line->extraSelections().size(), 1);
    QCOMPARE(line->extraSelections().front().cursor.selectedText().remove(QLatin1Char('"')),
        QStringLiteral("999-999-9999"));
}

void TestRejectionsPanel::reveal_shows_the_value_on_the_screen_and_hides_it_again()
{
    reveal();
    QTest::qWait(30);
    const QRect inside = secret()->rect().adjusted(4, 4, -4, -4);
    const QPoint corner = secret()->mapTo(m_window.get(), QPoint(0, 0));
    const auto onScreen = [&] {
        return darkPixels(
            m_window->screen()->grabWindow(m_window->winId()).toImage(), inside.translated(corner));
    };
    QVERIFY(onScreen() > 50);
    QVERIFY(secret()->secondsLeft() <= 10);
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY(!secret()->showsValue());
    QVERIFY(!secret()->isVisible());

    QSettings().setValue(QStringLiteral("rejections/revealSeconds"), 3);
    reveal();
    QTRY_VERIFY_WITH_TIMEOUT(!secret()->showsValue(), 6000);
}

void TestRejectionsPanel::a_revealed_value_is_in_no_picture_no_clipboard_and_no_accessible_text()
{
    reveal();
    QTest::qWait(30);
    const QRect inside = secret()->rect().adjusted(4, 4, -4, -4);
    const QPoint corner = secret()->mapTo(m_window.get(), QPoint(0, 0));
    QCOMPARE(darkPixels(m_window->grab().toImage(), inside.translated(corner)), 0);
    QCOMPARE(darkPixels(secret()->grab().toImage(), inside), 0);
    QImage rendered(m_window->size(), QImage::Format_RGB32);
    rendered.fill(Qt::white);
    m_window->render(&rendered);
    QCOMPARE(darkPixels(rendered, inside.translated(corner)), 0);

    QTest::keyClick(secret(), Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    m_panel->actions().front()->trigger();
    QVERIFY(!QGuiApplication::clipboard()->text().contains(Raw));

    QString spoken;
    readAloud(QAccessible::queryAccessibleInterface(m_window.get()), spoken);
    QVERIFY(spoken.contains(QStringLiteral("Revealed value")));
    QVERIFY(!spoken.contains(Raw));
    for (const QLabel* label : m_panel->findChildren<QLabel*>()) {
        QVERIFY(!label->text().contains(Raw));
    }
    QVERIFY(secret()->showsValue()); // all this while it stood on the screen
}

void TestRejectionsPanel::a_revealed_value_hides_when_looking_elsewhere_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("another finding") << 0;
    QTest::newRow("another tab") << 1;
    QTest::newRow("another window") << 2;
    QTest::newRow("Esc") << 3;
    QTest::newRow("another filter") << 4;
}

void TestRejectionsPanel::a_revealed_value_hides_when_looking_elsewhere()
{
    QFETCH(int, way);
    reveal();
    QWidget other;
    switch (way) {
    case 0:
        choose(QStringLiteral("out_of_range"));
        break;
    case 1:
        m_panel->hide();
        break;
    case 2:
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        break;
    case 3:
        QTest::keyClick(table(), Qt::Key_Escape);
        break;
    case 4: {
        ExampleFilter filter;
        filter.maxRows = 1;
        m_state->changeFilter(filter, QStringLiteral("limit"));
        break;
    }
    default:
        break;
    }
    QTRY_VERIFY(!secret()->showsValue());
    m_panel->show();
    QVERIFY(!secret()->showsValue());
}

void TestRejectionsPanel::space_starts_the_time_again()
{
    QSettings().setValue(QStringLiteral("rejections/revealSeconds"), 20);
    reveal();
    QTest::qWait(300);
    const double before = secret()->shareLeft();
    QTest::keyClick(button(), Qt::Key_Space);
    QVERIFY(secret()->showsValue());
    QVERIFY(secret()->shareLeft() > before);
}

void TestRejectionsPanel::a_long_value_begins_at_its_first_line_and_can_be_scrolled()
{
    const TemporaryFolder other;
    other.write("a.jsonl",
        lines({ExampleBuilder().with("features.source", Raw.toStdString() + std::string(3000, 'n'))}));
    QVERIFY(openAndWait(*m_state, other.path(), [this] { return m_panel->idle(); }));
    table()->selectRow(0);
    QVERIFY(settle());
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY(secret()->showsValue());
    QTest::qWait(30);
    QVERIFY(secret()->scrolls());
    QCOMPARE(secret()->scrolled(), 0);
    const QPoint corner = secret()->mapTo(m_window.get(), QPoint(0, 0));
    const QImage screen = m_window->screen()->grabWindow(m_window->winId()).toImage();
    QCOMPARE(darkPixels(screen, QRect(corner + QPoint(4, 3), QSize(secret()->width() - 8, 6))), 0);

    QTest::keyClick(button(), Qt::Key_Down);
    const int line = secret()->scrolled();
    QVERIFY(line > 0);
    QTest::keyClick(button(), Qt::Key_End);
    const int all = secret()->scrolled();
    QVERIFY(all > line);
    QWheelEvent up(QPointF(20, 20), secret()->mapToGlobal(QPointF(20, 20)), QPoint(), QPoint(0, 120),
        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(secret(), &up);
    QVERIFY(secret()->scrolled() < all);
    QTest::keyClick(button(), Qt::Key_Home);
    QCOMPARE(secret()->scrolled(), 0);
    QVERIFY(secret()->showsValue());
    QCOMPARE(darkPixels(secret()->grab().toImage(), secret()->rect().adjusted(4, 4, -4, -4)), 0);
}

void TestRejectionsPanel::a_missing_field_has_no_value_to_reveal()
{
    choose(QStringLiteral("missing_field"));
    QVERIFY(!button()->isEnabled());
    choose(QStringLiteral("phone"));
    QVERIFY(button()->isEnabled());
}

void TestRejectionsPanel::a_file_that_changed_is_not_revealed()
{
    choose(QStringLiteral("phone"));
    m_folder->write("a.jsonl", lines({ExampleBuilder(), ExampleBuilder()}));
    QTest::mouseClick(button(), Qt::LeftButton);
    bool said = false;
    QTRY_VERIFY((said = [this] {
        for (const QLabel* label : m_panel->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("changed"))) {
                return true;
            }
        }
        return false;
    }()));
    QVERIFY(said);
    QVERIFY(!secret()->showsValue());
}

void TestRejectionsPanel::a_row_asked_for_is_found_whatever_the_list_is_narrowed_to()
{
    m_panel->showFindingsOf(4);
    QCOMPARE(table()->currentIndex().siblingAtColumn(FindingsModel::LineColumn).data().toString(),
        QStringLiteral("5"));
    auto* list = m_panel->findChild<QListWidget*>();
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->text() == QLatin1String("out_of_range")) {
            list->setCurrentRow(row);
        }
    }
    QCOMPARE(table()->model()->rowCount(), 1);
    m_panel->showFindingsOf(1);
    QCOMPARE(table()->model()->rowCount(), 4);
    QCOMPARE(list->currentRow(), 0);
    QCOMPARE(table()->currentIndex().siblingAtColumn(FindingsModel::LineColumn).data().toString(),
        QStringLiteral("2"));
    QVERIFY(table()->hasFocus());
}

void TestRejectionsPanel::the_masked_excerpt_keeps_its_room_beside_long_names()
{
    const TemporaryFolder other;
    other.write("captured-2026-11-30-afternoon-of-the-second-run.jsonl",
        lines({ExampleBuilder(),
            ExampleBuilder().with("features.approved_to_scheduled_days_p50", "555-010-4477"),
            ExampleBuilder().with("features.source", "somewhere else entirely")}));
    QVERIFY(openAndWait(*m_state, other.path(), [this] { return m_panel->idle(); }));
    const QHeaderView* header = table()->horizontalHeader();
    for (const int width : {1190, 1140, 900, 790}) { // in windows from 1440 down to 1040
        m_window->resize(width, 760);
        m_panel->setGeometry(0, 0, width, 760);
        QVERIFY(settle());
        QVERIFY2(header->sectionSize(FindingsModel::MaskedColumn) >= 100, qPrintable(QString::number(width)));
        QVERIFY(header->length() <= table()->viewport()->width());
    }
}

void TestRejectionsPanel::a_right_click_offers_what_a_finding_is_good_for()
{
    choose(QStringLiteral("phone"));
    // By the Menu key it is the current finding, wherever the pointer is.
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), table()->mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(table(), &event);
    const QMenu* menu = m_panel->findChild<QMenu*>(QStringLiteral("findingMenu"));
    QVERIFY(menu && menu->isVisible());
    const auto trigger = [menu](const QString& text) {
        for (QAction* action : menu->actions()) {
            if (action->text() == text) {
                action->trigger();
                return true;
            }
        }
        return false;
    };
    QVERIFY(trigger(QStringLiteral("&Copy masked text")));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("999-999-9999"));
    QSignalSpy wanted(m_state.get(), &WorkbenchState::showRowRequested);
    QVERIFY(trigger(QStringLiteral("Show in &Preview")));
    QCOMPARE(wanted.front().front().value<RowNumber>(), RowNumber {1});
    QVERIFY(trigger(QStringLiteral("&Only this rule")));
    QCOMPARE(table()->model()->rowCount(), 2);
}

void TestRejectionsPanel::copying_stays_masked()
{
    table()->selectAll();
    m_panel->actions().at(1)->trigger();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QStringLiteral("Rule\tField\tMasked excerpt\tFile\tLine\n")));
    QCOMPARE(copied.count(QLatin1Char('\n')), 5);
    QVERIFY(copied.contains(QStringLiteral("999-999-9999")));
    QVERIFY(!copied.contains(QStringLiteral("555")));
}

void TestRejectionsPanel::a_folded_summary_tells_and_offers_all_the_same()
{
    auto* narrow = [this]() -> QPushButton* {
        for (auto* each : m_panel->findChildren<QPushButton*>()) {
            if (each->accessibleName() == QLatin1String("Narrow the findings")) {
                return each;
            }
        }
        return nullptr;
    }();
    QVERIFY(narrow && !narrow->isVisible());
    m_window->resize(1000, 760);
    m_panel->setGeometry(0, 0, 1000, 760);
    QVERIFY(narrow->isVisible());
    QMenu* menu = narrow->menu();
    const auto texts = [](const QMenu* of) {
        QStringList all;
        for (const QAction* action : of->actions()) {
            all << action->text();
        }
        return all;
    };
    menu->popup(QPoint(10, 10));
    QVERIFY2(texts(menu).first().startsWith(QStringLiteral("4 rows, 4 findings by 3 rules")),
        qPrintable(texts(menu).first()));
    QVERIFY(texts(menu).contains(QStringLiteral("phone: 2 rows")));
    const QMenu* fields = nullptr;
    for (const QAction* action : menu->actions()) {
        fields = action->text() == QLatin1String("By &field") ? action->menu() : fields;
    }
    QVERIFY(fields);
    QAction* field = nullptr;
    for (QAction* action : fields->actions()) {
        field = action->text() == QLatin1String("features.industry_key: 1 row") ? action : field;
    }
    QVERIFY2(field, qPrintable(texts(fields).join(QLatin1Char('|'))));
    field->trigger();
    menu->close();
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(narrow->text(), QStringLiteral("features.industry_key")); // what the table is narrowed to
}

void TestRejectionsPanel::a_width_that_somebody_chose_stays()
{
    QHeaderView* header = table()->horizontalHeader();
    const int usual = header->sectionSize(FindingsModel::FieldColumn);
    header->resizeSection(FindingsModel::FieldColumn, usual + 40); // as by the mouse
    m_window->resize(1240, 760);
    m_panel->setGeometry(0, 0, 1240, 760);
    ExampleFilter filter;
    filter.maxRows = 4;
    m_state->changeFilter(filter, QStringLiteral("limit"));
    QVERIFY(settle());
    QCOMPARE(header->sectionSize(FindingsModel::FieldColumn), usual + 40);
    Q_EMIT header->sectionHandleDoubleClicked(FindingsModel::FieldColumn);
    QVERIFY(header->sectionSize(FindingsModel::FieldColumn) < usual + 40);
}

void TestRejectionsPanel::findings_are_sorted_without_a_mouse()
{
    table()->setCurrentIndex(table()->model()->index(0, FindingsModel::LineColumn));
    for (QAction* action : m_panel->actions()) {
        if (action->text() == QLatin1String("S&ort by this column")) {
            action->trigger();
            action->trigger();
        }
    }
    QCOMPARE(table()->model()->index(0, FindingsModel::LineColumn).data().toString(), QStringLiteral("5"));
}

void TestRejectionsPanel::nothing_rejected_is_said_with_its_counts()
{
    const TemporaryFolder clean;
    clean.write("a.jsonl", lines({ExampleBuilder(), ExampleBuilder()}));
    QVERIFY(openAndWait(*m_state, clean.path()));
    auto* page = m_panel->findChild<StatePage*>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY(page->title().contains(QStringLiteral("Nothing was rejected")));
    QVERIFY(page->text().startsWith(QStringLiteral("All 2 matched rows passed the guard.")));
}

void TestRejectionsPanel::what_changes_while_nobody_looks_is_listed_on_the_next_look()
{
    choose(QStringLiteral("phone"));
    const int all = table()->model()->rowCount();
    QVERIFY(all > 1);
    m_panel->hide();
    ExampleFilter filter = m_state->filter();
    filter.maxRows = 2; // the first of them is kept, the second has the phone number
    m_state->changeFilter(filter, QStringLiteral("two rows"));
    QVERIFY(settle());
    QCOMPARE(m_state->selection()->ledger.rejected, std::uint64_t {1});
    QCOMPARE(table()->model()->rowCount(), all);

    m_panel->show();
    QVERIFY(settle());
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(table()->currentIndex().row(), 0);
}

void TestRejectionsPanel::the_list_begins_at_its_top_until_somebody_chose_a_finding_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("nobody did") << QString();
    QTest::newRow("by a click") << "click";
    QTest::newRow("by a key") << "key";
    QTest::newRow("by revealing it") << "reveal";
}

/// While a folder is read, findings of more frequent rules come before what was listed first.
void TestRejectionsPanel::the_list_begins_at_its_top_until_somebody_chose_a_finding()
{
    QFETCH(QString, how);
    const TemporaryFolder folder;
    const auto email = ExampleBuilder().with("features.industry_key", "sam@example.com");
    folder.write("a.jsonl", lines({ExampleBuilder().with("quotes_count", 5551234567.0), email, email}));
    ExampleFilter first;
    first.maxRows = 1;
    m_state->changeFilter(first, QStringLiteral("one row"));
    QVERIFY(openAndWait(*m_state, folder.path(), [this] { return m_panel->idle(); }));
    const auto current = [this] { return table()->currentIndex().siblingAtColumn(0).data().toString(); };
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(current(), QStringLiteral("out_of_range"));
    if (how == QLatin1String("click")) {
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
            table()->visualRect(table()->model()->index(0, 0)).center());
    } else if (how == QLatin1String("key")) {
        QTest::keyClick(table(), Qt::Key_Down);
    } else if (how == QLatin1String("reveal")) {
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_VERIFY(secret()->showsValue());
    }
    m_state->changeFilter({}, QStringLiteral("all rows"));
    QVERIFY(settle());
    QCOMPARE(table()->model()->rowCount(), 3);
    QCOMPARE(current(), how.isEmpty() ? QStringLiteral("email") : QStringLiteral("out_of_range"));
    QCOMPARE(table()->currentIndex().row(), how.isEmpty() ? 0 : 2);
}

QTEST_MAIN(TestRejectionsPanel)
#include "tst_rejections_panel.moc"
