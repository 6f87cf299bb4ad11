// SPDX-License-Identifier: GPL-3.0-or-later
/// The side panel: each control changes its filter at once, counts what it would keep, and follows undo.
#include "tests/ui/ui_fixture.h"
#include "ui/filters/choice_list.h"
#include "ui/filters/day_edit.h"
#include "ui/filters/filter_text.h"
#include "ui/filters/filters_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/ledger_widget.h"

#include <QCalendarWidget>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace workbench;

class TestFiltersPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareLook(); }

    void init()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        writeSixExamples(*m_folder, "data");
        m_state = std::make_unique<WorkbenchState>(testOptions(*m_folder));
        m_panel = std::make_unique<FiltersPanel>(*m_state, nullptr);
        m_panel->resize(248, 800);
        m_panel->show();
    }

    void cleanup()
    {
        m_panel.reset();
        m_state.reset();
    }

    void before_anything_is_open_every_count_is_a_dash_and_nothing_can_be_chosen()
    {
        auto* source = find<ChoiceList>("sourceFilter");
        QVERIFY(!source->isEnabled());
        for (int row = 0; row < source->count(); ++row) {
            QCOMPARE(source->item(row)->data(ChoiceList::CountRole).toString(), QStringLiteral("–"));
        }
        QVERIFY(m_panel->findChild<LedgerWidget*>()->asText().contains(QStringLiteral("To export\t–")));
    }

    void every_choice_shows_what_it_would_keep_given_the_other_filters()
    {
        open();
        QCOMPARE(countsOf("sourceFilter"), QStringLiteral("Any 6, mock 3, real 3"));
        QCOMPARE(countsOf("industryFilter"),
            QStringLiteral("Any 6, hvac 2, plumbing 1, electrical 0, landscaping 0, cleaning 3, unknown 0"));
        choose("sourceFilter", "real");
        QCOMPARE(countsOf("sourceFilter"), QStringLiteral("Any 6, mock 3, real 3"));
        QCOMPARE(countsOf("industryFilter"),
            QStringLiteral("Any 3, hvac 1, plumbing 0, electrical 0, landscaping 0, cleaning 2, unknown 0"));
    }

    void that_unreadable_lines_count_with_each_choice_is_told()
    {
        open();
        QCOMPARE(find<ChoiceList>("sourceFilter")->toolTip(), QString());
        m_folder->write("data/z.jsonl", "{\n");
        m_state->reload();
        QTRY_COMPARE(countsOf("sourceFilter"), QStringLiteral("Any 7, mock 4, real 4"));
        for (const char* const list : {"sourceFilter", "industryFilter"}) {
            QVERIFY2(find<ChoiceList>(list)->toolTip().contains(QStringLiteral("cannot be read (1)")), list);
        }
    }

    void arrow_keys_move_the_choice_and_apply_at_once()
    {
        open();
        auto* source = find<ChoiceList>("sourceFilter");
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Down);
        QCOMPARE(*m_state->filter().source, std::string("mock"));
        QTest::keyClick(source, Qt::Key_Down);
        QCOMPARE(*m_state->filter().source, std::string("real"));
        QTest::keyClick(source, Qt::Key_Home);
        QVERIFY(!m_state->filter().source);
    }

    void a_click_chooses()
    {
        open();
        auto* industry = find<ChoiceList>("industryFilter");
        const QRect row = industry->visualItemRect(industry->item(1));
        QTest::mouseClick(industry->viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(*m_state->filter().industry, std::string("hvac"));
    }

    void the_ledger_adds_up()
    {
        open();
        choose("industryFilter", "cleaning");
        QCOMPARE(m_panel->findChild<LedgerWidget*>()->asText(),
            QStringLiteral("Read\t6\n− left out by filters\t3\n− over the row limit\t0\nMatched\t3\n"
                           "− rejected by the guard\t1\nTo export\t2"));
    }

    void a_day_is_a_day_of_utc()
    {
        open();
        find<DayEdit>("sinceFilter")->setDate(QDate(2026, 3, 2));
        find<DayEdit>("untilFilter")->setDate(QDate(2026, 4, 1));
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->filter().since->time_since_epoch().count(), 1772409600000);
        QCOMPARE(m_state->selection()->ledger.matched, 2u); // the first of April is not included
        QCOMPARE(m_state->undoStack().count(), 2);
    }

    void delete_sets_a_day_back_to_any_day()
    {
        open();
        auto* since = find<DayEdit>("sinceFilter");
        since->setDate(QDate(2026, 3, 2));
        QVERIFY(m_state->filter().since.has_value());
        QTest::keyClick(since, Qt::Key_Delete);
        QVERIFY(!m_state->filter().since.has_value());
        QCOMPARE(since->text(), QStringLiteral("any day"));
    }

    void the_first_step_from_any_day_goes_to_the_data_and_not_to_1900()
    {
        open();
        auto* since = find<DayEdit>("sinceFilter");
        QTest::keyClick(since, Qt::Key_Up);
        QCOMPARE(since->date(), QDate(2026, 3, 1));
    }

    void tab_leaves_a_day_that_is_any_day()
    {
        open();
        auto* since = find<DayEdit>("sinceFilter");
        auto* until = find<DayEdit>("untilFilter");
        m_panel->activateWindow();
        since->setFocus();
        QTRY_VERIFY(since->hasFocus());
        QTest::keyClick(since, Qt::Key_Tab);
        QVERIFY(until->hasFocus());
        QTest::keyClick(until, Qt::Key_Tab);
        QVERIFY(find<QCheckBox>("labelledFilter")->hasFocus());
        QTest::keyClick(m_panel->focusWidget(), Qt::Key_Backtab);
        QTest::keyClick(until, Qt::Key_Backtab);
        QVERIFY(since->hasFocus());
        QVERIFY(!m_state->filter().since.has_value());
    }

    void a_day_is_typed_over_any_day()
    {
        open();
        auto* since = find<DayEdit>("sinceFilter");
        m_panel->activateWindow();
        since->setFocus();
        QTRY_VERIFY(since->hasFocus());
        QTest::keyClicks(since, QStringLiteral("15"));
        QVERIFY(!m_state->filter().since.has_value()); // nobody filters by half a date
        QTest::keyClick(since, Qt::Key_Return);
        QCOMPARE(since->date(), QDate(2026, 3, 15)); // the month is the data's
        QCOMPARE(*m_state->filter().since, startOfUtcDay(QDate(2026, 3, 15)));
    }

    void the_day_put_there_for_typing_can_be_the_one_meant()
    {
        open();
        auto* since = find<DayEdit>("sinceFilter");
        m_panel->activateWindow();
        since->setFocus();
        QTRY_VERIFY(since->hasFocus());
        QTest::keyClick(since, Qt::Key_1);
        QTest::keyClick(since, Qt::Key_Return);
        QCOMPARE(*m_state->filter().since, startOfUtcDay(QDate(2026, 3, 1)));
    }

    void alt_and_down_open_the_calendar_where_the_data_is()
    {
        open();
        auto* until = find<DayEdit>("untilFilter");
        m_panel->activateWindow();
        until->setFocus();
        QTRY_VERIFY(until->hasFocus());
        QTest::keyClick(until, Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(until->calendarWidget()->isVisible());
        QCOMPARE(until->calendarWidget()->selectedDate(), QDate(2026, 4, 3));
        QVERIFY(!m_state->filter().until.has_value());
        QTest::keyClick(until->calendarWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!until->calendarWidget()->isVisible());
        QVERIFY(!m_state->filter().until.has_value());
    }

    void the_calendar_has_the_colours_of_the_theme()
    {
        open();
        Theme::apply(Appearance::Dark);
        auto* since = find<DayEdit>("sinceFilter");
        m_panel->activateWindow();
        since->setFocus();
        QTRY_VERIFY(since->hasFocus());
        QTest::keyClick(since, Qt::Key_Down, Qt::AltModifier);
        const QCalendarWidget* calendar = since->calendarWidget();
        QTRY_VERIFY(calendar->isVisible());
        for (const Qt::DayOfWeek weekend : {Qt::Saturday, Qt::Sunday}) {
            QCOMPARE(calendar->weekdayTextFormat(weekend).foreground().color(), Theme::darkColors().text);
        }
        QTest::keyClick(since->calendarWidget(), Qt::Key_Escape);
        Theme::apply(Appearance::Light);
    }

    void labelled_only_counts_and_filters()
    {
        open();
        find<QCheckBox>("labelledFilter")->click();
        QVERIFY(waitUntilIdle(*m_state));
        QVERIFY(m_state->filter().labelled);
        QCOMPARE(m_state->selection()->ledger.matched, 1u);
    }

    void typing_a_limit_waits_for_a_pause_and_is_one_step()
    {
        open();
        auto* limit = find<QSpinBox>("maxRowsSpin");
        limit->setFocus();
        limit->selectAll();
        QTest::keyClicks(limit, QStringLiteral("4"));
        QCOMPARE(*m_state->filter().maxRows, m_state->config().maxRows.value); // not yet
        QTRY_COMPARE(*m_state->filter().maxRows, 4u);
        QVERIFY(waitUntilIdle(*m_state));
        QCOMPARE(m_state->selection()->ledger.overLimit, 2u);
        QCOMPARE(m_state->undoStack().count(), 1);
    }

    void the_row_limit_is_told_among_the_filters()
    {
        open();
        QSignalSpy said(m_state.get(), &WorkbenchState::said);
        find<QSpinBox>("maxRowsSpin")->setValue(4);
        QTRY_COMPARE(*m_state->filter().maxRows, 4u);
        QCOMPARE(said.last().first().toString(), QStringLiteral("Filter: at most 4 rows"));
        choose("sourceFilter", "mock");
        QCOMPARE(said.last().first().toString(), QStringLiteral("Filter: source is mock, at most 4 rows"));
        m_state->clearFilters();
        QCOMPARE(said.last().first().toString(), QStringLiteral("No filter is on"));
    }

    void the_header_counts_filters_and_clear_takes_them_off()
    {
        open();
        QVERIFY(!clearButton()->isEnabled());
        choose("sourceFilter", "real");
        choose("industryFilter", "hvac");
        QVERIFY(labelWith(QStringLiteral("2 on")) != nullptr);
        clearButton()->click();
        QCOMPARE(m_state->activeFilters(), 0);
        QVERIFY(labelWith(QStringLiteral("2 on")) == nullptr);
        QCOMPARE(find<ChoiceList>("sourceFilter")->currentRow(), 0);
    }

    void undo_moves_the_controls_back()
    {
        open();
        choose("sourceFilter", "real");
        find<QCheckBox>("labelledFilter")->click();
        m_state->undoStack().undo();
        QVERIFY(!find<QCheckBox>("labelledFilter")->isChecked());
        m_state->undoStack().undo();
        QCOMPARE(find<ChoiceList>("sourceFilter")->currentRow(), 0);
        QCOMPARE(m_state->undoStack().index(), 0);
    }

    void searching_waits_for_a_pause_and_never_changes_what_is_exported()
    {
        open();
        QSignalSpy searched(m_panel.get(), &FiltersPanel::searchChanged);
        QTest::keyClicks(find<QLineEdit>("searchEdit"), QStringLiteral("ex_3"));
        QCOMPARE(searched.count(), 0);
        QTRY_COMPARE(searched.count(), 1);
        QCOMPARE(searched.first().first().toString(), QStringLiteral("ex_3"));
        QCOMPARE(m_state->undoStack().count(), 0);
        QCOMPARE(m_state->selection()->ledger.toExport, 5u);
    }

    void every_control_has_a_name_for_those_who_hear_it()
    {
        for (const char* name : {"searchEdit", "sourceFilter", "industryFilter", "sinceFilter", "untilFilter",
                 "labelledFilter", "maxRowsSpin"}) {
            QVERIFY2(!find<QWidget>(name)->accessibleName().isEmpty(), name);
        }
        QCOMPARE(m_panel->objectName(), QStringLiteral("filtersPanel"));
    }

    void filters_are_told_in_words()
    {
        ExampleFilter filter;
        QCOMPARE(filterSentence(filter), QString());
        QCOMPARE(filterSummary(filter), QStringLiteral("Any source, any industry"));
        filter.industry = "cleaning";
        filter.until = startOfUtcDay(QDate(2026, 11, 1));
        QCOMPARE(
            filterSentence(filter), QStringLiteral("industry is cleaning and created before 1 Nov 2026"));
        filter.source = "real";
        filter.labelled = true;
        QCOMPARE(filterSummary(filter), QStringLiteral("real, cleaning, before 1 Nov 2026, labelled only"));
    }

private:
    template <class Control> Control* find(const char* name)
    {
        auto* control = m_panel->findChild<Control*>(QLatin1String(name));
        Q_ASSERT_X(control, "find", name);
        return control;
    }

    void open() { QVERIFY(openAndWait(*m_state, m_folder->path("data"))); }

    void choose(const char* list, const char* value)
    {
        auto* choices = find<ChoiceList>(list);
        for (int row = 0; row < choices->count(); ++row) {
            if (choices->item(row)->text() == QLatin1String(value)) {
                choices->setCurrentRow(row);
            }
        }
        QVERIFY(waitUntilIdle(*m_state));
    }

    QString countsOf(const char* list)
    {
        auto* choices = find<ChoiceList>(list);
        QStringList all;
        for (int row = 0; row < choices->count(); ++row) {
            all += choices->item(row)->text() + QLatin1Char(' ')
                + choices->item(row)->data(ChoiceList::CountRole).toString();
        }
        return all.join(QStringLiteral(", "));
    }

    QPushButton* clearButton()
    {
        for (auto* button : m_panel->findChildren<QPushButton*>()) {
            if (button->accessibleName() == QLatin1String("Clear filters")) {
                return button;
            }
        }
        return nullptr;
    }

    QLabel* labelWith(const QString& text)
    {
        for (auto* label : m_panel->findChildren<QLabel*>()) {
            if (label->text().contains(text)) {
                return label;
            }
        }
        return nullptr;
    }

    std::unique_ptr<TemporaryFolder> m_folder;
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<FiltersPanel> m_panel;
};

QTEST_MAIN(TestFiltersPanel)
#include "tst_filters_panel.moc"
