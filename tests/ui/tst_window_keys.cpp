// SPDX-License-Identifier: GPL-3.0-or-later
/// The window without a mouse: every key, and what it does wherever the focus is.
#include "tests/ui/window_desk.h"
#include "ui/filters/choice_list.h"
#include "ui/rejections/secret_view.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QSet>
#include <QSignalSpy>

using namespace workbench;

class TestWindowKeys : public QObject, WindowDesk {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setUpProgram(); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void alt_and_a_number_go_to_a_tab()
    {
        open();
        for (int tab = TabCount - 1; tab >= 0; --tab) {
            QTest::keyClick(m_window.get(), static_cast<Qt::Key>(Qt::Key_1 + tab), Qt::AltModifier);
            QCOMPARE(static_cast<int>(m_window->currentTab()), tab);
        }
    }

    void the_next_tab_after_the_last_is_the_first()
    {
        open();
        m_window->showTab(Tab::Jobs);
        QTest::keyClick(m_window.get(), Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(m_window->currentTab(), Tab::Preview);
    }

    void f9_hides_the_filters_and_find_brings_them_back()
    {
        open();
        auto* panel = m_window->findChild<QWidget*>(QStringLiteral("filtersPanel"));
        QTest::keyClick(m_window.get(), Qt::Key_F9);
        QVERIFY(!panel->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(panel->isVisible());
        QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("searchEdit"));
    }

    void f6_goes_round_the_panes()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QWidget* table = QApplication::focusWidget();
        QVERIFY(qobject_cast<QAbstractItemView*>(table));
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget() != table);
        for (int i = 0; i < 2 && QApplication::focusWidget()->objectName() != QLatin1String("searchEdit");
             ++i) {
            QTest::keyClick(m_window.get(), Qt::Key_F6);
        }
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("searchEdit"));
    }

    void f6_reaches_the_table_and_the_detail_of_every_tab_data()
    {
        QTest::addColumn<int>("tab");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("detail");
        const auto row = [](Tab tab, const char* table, const char* detail) {
            QTest::newRow(qPrintable(tabName(tab)))
                << static_cast<int>(tab) << QString::fromLatin1(table) << QString::fromLatin1(detail);
        };
        row(Tab::Preview, "previewTable", "rowDetail");
        row(Tab::Rejections, "rejectionsTable", "rejectionDetail");
        row(Tab::Schema, "schemaDiffTable", "");
        row(Tab::Insights, "insightsView", "");
        row(Tab::Jobs, "jobsTable", "jobDetails");
    }
    void f6_reaches_the_table_and_the_detail_of_every_tab()
    {
        QFETCH(int, tab);
        QFETCH(QString, table);
        QFETCH(QString, detail);
        open();
        m_window->resize(1440, 900); // the summary of the findings stands beside them
        if (static_cast<Tab>(tab) == Tab::Jobs) { // a job, of which there is something to be done
            QSignalSpy finished(&m_state->jobs(), &JobRunner::finished);
            m_state->jobs().start(m_state->exportRequest(OnRejection::Skip));
            QTRY_COMPARE(finished.count(), 1);
        }
        m_window->showTab(static_cast<Tab>(tab));
        QVERIFY(wait());
        const auto within = [this](const QString& name) {
            const auto* pane = m_window->findChild<QWidget*>(name);
            const QWidget* focus = QApplication::focusWidget();
            return pane && focus && (pane == focus || pane->isAncestorOf(focus));
        };
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(within(QStringLiteral("searchEdit")));
        QStringList there {QStringLiteral("searchEdit"), table};
        if (!detail.isEmpty()) {
            there << detail;
        }
        for (qsizetype step = 1; step <= there.size(); ++step) {
            QTest::keyClick(m_window.get(), Qt::Key_F6);
            QVERIFY2(within(there[step % there.size()]), qPrintable(there[step % there.size()]));
        }
        QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(within(there.last()));
    }

    void escape_hides_what_is_revealed_wherever_the_focus_is()
    {
        open();
        m_window->showTab(Tab::Rejections);
        QVERIFY(wait());
        auto* secret = m_window->findChild<SecretView*>();
        auto* source = m_window->findChild<ChoiceList*>(QStringLiteral("sourceFilter"));
        source->setFocus();
        QTest::keyClick(source, Qt::Key_F8);
        QTRY_VERIFY(secret->showsValue());
        // Where Space gives it more time, as the words beside it say.
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("revealButton"));
        source->setFocus();
        QTest::keyClick(source, Qt::Key_Escape);
        QVERIFY(!secret->showsValue());
    }

    void escape_gives_up_a_search()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        auto* search = m_window->findChild<QLineEdit*>(QStringLiteral("searchEdit"));
        QTest::keyClicks(search, QStringLiteral("ex_1"));
        QTRY_COMPARE(
            m_window->findChild<QAbstractItemView*>(QStringLiteral("previewTable"))->model()->rowCount(), 1);
        QVERIFY(wait());
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(search->text(), QString());
        QTRY_COMPARE(
            m_window->findChild<QAbstractItemView*>(QStringLiteral("previewTable"))->model()->rowCount(), 5);
    }

    void undo_takes_back_the_filter_of_a_figure_or_date_that_has_the_focus()
    {
        open();
        for (const char* name : {"maxRowsSpin", "sinceFilter", "untilFilter"}) {
            ExampleFilter filter = m_state->filter();
            filter.labelled = true;
            m_state->changeFilter(filter, QLatin1String(name));
            auto* box = m_window->findChild<QWidget*>(QLatin1String(name));
            box->setFocus();
            QTRY_VERIFY(box->hasFocus());
            QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
            QVERIFY2(!m_state->filter().labelled, name);
            QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY2(m_state->filter().labelled, name);
            m_state->undoStack().undo();
        }
        QVERIFY(wait());
        // What is searched for is text: there it is its own undo.
        auto* search = m_window->findChild<QLineEdit*>(QStringLiteral("searchEdit"));
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("ex"));
        QTest::keyClick(search, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(search->text(), QString());
    }

    void the_keys_of_export_are_the_windows_in_every_line()
    {
        open();
        auto* exporting = actionWith(QStringLiteral("Export 5 rows…"));
        QVERIFY(exporting);
        exporting->disconnect(); // nothing is to be exported here
        // Ctrl+E goes to the end of a line on some platforms alone; this a line takes on every one.
        exporting->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_A));
        QSignalSpy triggered(exporting, &QAction::triggered);
        int asked = 0;
        for (const char* name : {"searchEdit", "maxRowsSpin", "sinceFilter"}) {
            auto* line = m_window->findChild<QWidget*>(QLatin1String(name));
            line->setFocus();
            QTRY_VERIFY(line->hasFocus());
            QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
            QCOMPARE(triggered.count(), ++asked);
        }
    }

    void no_two_actions_share_keys()
    {
        open();
        QMap<QString, QStringList> owners;
        QSet<QString> all;
        const QList<QAction*> actions = m_window->findChildren<QAction*>();
        for (const QAction* action : QSet<const QAction*>(actions.begin(), actions.end())) {
            for (const QKeySequence& keys : action->shortcuts()) {
                all.insert(keys.toString());
                if (action->isEnabled()) { // of the tabs only the one in sight listens
                    owners[keys.toString()] += action->text();
                }
            }
        }
        for (auto it = owners.cbegin(); it != owners.cend(); ++it) {
            QVERIFY2(
                it->size() < 2, qPrintable(it.key() + QStringLiteral(": ") + it->join(QStringLiteral(", "))));
        }
        for (const char* keys :
            {"Ctrl+E", "Ctrl+Shift+P", "Ctrl+Shift+L", "Ctrl+Shift+C", "Ctrl+G", "F8", "F9", "Ctrl+I",
                "Ctrl+.", "Ctrl+Shift+K", "F6", "F5", "Ctrl+O", "Ctrl+F", "F3", "F1", "Ctrl+,"}) {
            QVERIFY2(all.contains(QLatin1String(keys)), keys);
        }
    }

    void no_menu_uses_a_letter_twice()
    {
        for (const QMenu* menu : m_window->findChildren<QMenu*>()) {
            QMap<QString, QString> letters;
            for (const QAction* action : menu->actions()) {
                const QKeySequence mnemonic = QKeySequence::mnemonic(action->text());
                if (action->isSeparator() || mnemonic.isEmpty()) {
                    continue;
                }
                const QString key = mnemonic.toString();
                QVERIFY2(!letters.contains(key),
                    qPrintable(menu->title() + QStringLiteral(": ") + action->text() + QStringLiteral(" and ")
                        + letters[key]));
                letters[key] = action->text();
            }
        }
    }
};

QTEST_MAIN(TestWindowKeys)
#include "tst_window_keys.moc"
