// SPDX-License-Identifier: GPL-3.0-or-later
/// The window as a person drives it: by mouse, by keyboard alone, by dropping a folder on it.
#include "tests/ui/ui_fixture.h"
#include "ui/filters/choice_list.h"
#include "ui/rejections/secret_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/number_text.h"
#include "ui/window/close_question.h"
#include "ui/window/folder_drop.h"
#include "ui/window/main_window.h"
#include "ui/window/tab_strip.h"
#include "ui/window/window_memory.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSet>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTranslator>
#include <QUrl>

using namespace workbench;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        Theme::initialize();
        Theme::apply(Appearance::Light);
    }

    void init()
    {
        m_folder = std::make_unique<TemporaryFolder>();
        writeSixExamples(*m_folder, "data");
        m_memory = std::make_unique<WindowMemory>(nullptr);
        m_state = std::make_unique<WorkbenchState>(testOptions(*m_folder));
        m_window = std::make_unique<MainWindow>(*m_state, *m_memory);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_state.reset();
        m_memory.reset();
        m_folder.reset();
    }

    void the_first_run_has_one_thing_to_do()
    {
        QVERIFY(!exportButton()->isEnabled());
        QCOMPARE(exportButton()->text(), QStringLiteral("Export…"));
        QCOMPARE(
            QApplication::focusWidget(), static_cast<QWidget*>(buttonWith(QStringLiteral("Open folder…"))));
        QCOMPARE(statusText(), QStringLiteral("Open a folder to begin"));
    }

    void an_open_folder_shows_the_same_numbers_everywhere()
    {
        open();
        QCOMPARE(exportButton()->text(), QStringLiteral("Export 5 rows…"));
        QVERIFY(exportButton()->isEnabled());
        QCOMPARE(tabs()->badge(1), QStringLiteral("1"));
        QVERIFY(buttonWith(QStringLiteral("6 matched")) != nullptr);
        QVERIFY(buttonWith(QStringLiteral("5 kept")) != nullptr);
        QVERIFY(buttonWith(QStringLiteral("1 rejected")) != nullptr);
        QVERIFY(m_window->windowTitle().startsWith(data()));
    }

    void one_file_is_told_in_the_singular()
    {
        QTranslator words;
        QVERIFY(words.load(QStringLiteral(WORKBENCH_PLURALS)));
        QApplication::installTranslator(&words);
        open();
        QVERIFY2(statusText().startsWith(QStringLiteral("Scanned 1 file in ")), qPrintable(statusText()));
    }

    void a_filter_changes_what_export_says_and_undo_changes_it_back()
    {
        open();
        auto* source = m_window->findChild<ChoiceList*>(QStringLiteral("sourceFilter"));
        source->setCurrentRow(1);
        QVERIFY(wait());
        QCOMPARE(exportButton()->text(), QStringLiteral("Export 3 rows…"));
        QVERIFY(statusText().contains(QStringLiteral("source is mock")));
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(wait());
        QCOMPARE(exportButton()->text(), QStringLiteral("Export 5 rows…"));
        QCOMPARE(source->currentRow(), 0);
    }

    void publishing_says_why_it_cannot_be_done_yet()
    {
        auto* publish = m_window->findChild<QPushButton*>(QStringLiteral("pushButton"));
        QVERIFY(publish != nullptr);
        QVERIFY(!publish->isEnabled());
        QCOMPARE(publish->toolTip(), QStringLiteral("Open a folder first"));
        open();
        QVERIFY(publish->isEnabled());
        QVERIFY(publish->toolTip().contains(QStringLiteral("Ctrl+Shift+P")));
    }

    void exactly_one_button_is_primary()
    {
        open();
        int primary = 0;
        for (const auto* button : m_window->findChildren<QPushButton*>()) {
            primary
                += button->isVisible() && button->isEnabled() && button->property("primary").toBool() ? 1 : 0;
        }
        QCOMPARE(primary, 1);
    }

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

    void the_counts_of_the_status_bar_lead_to_their_rows()
    {
        open();
        buttonWith(QStringLiteral("1 rejected"))->click();
        QCOMPARE(m_window->currentTab(), Tab::Rejections);
        buttonWith(QStringLiteral("5 kept"))->click();
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

    void a_double_click_on_its_handle_sets_the_filters_width_back()
    {
        open();
        m_window->resize(1440, 900);
        auto* splitter = qobject_cast<QSplitter*>(
            m_window->findChild<QWidget*>(QStringLiteral("filtersPanel"))->parentWidget());
        QVERIFY(splitter);
        const QList<int> usual = splitter->sizes();
        splitter->setSizes({usual[0] + 80, usual[1] - 80});
        QVERIFY(splitter->sizes() != usual);
        QTest::mouseDClick(splitter->handle(1), Qt::LeftButton);
        QCOMPARE(splitter->sizes(), usual);
    }

    void what_is_said_is_heard()
    {
        QSignalSpy announced(&Announcer::instance(), &Announcer::announced);
        open();
        m_state->say(QStringLiteral("Something happened"));
        m_window->openFolder(toQt(m_folder->path("nowhere")));
        QVERIFY(wait());
        QStringList heard;
        for (const QList<QVariant>& each : announced) {
            heard << each.front().toString();
        }
        QVERIFY2(
            heard.contains(QStringLiteral("Something happened")), qPrintable(heard.join(QLatin1Char('|'))));
        QVERIFY2(heard.contains(QStringLiteral("This folder cannot be read")),
            qPrintable(heard.join(QLatin1Char('|'))));
    }

    void a_dropped_folder_is_opened_and_so_is_the_folder_of_a_dropped_file()
    {
        QMimeData folder;
        folder.setUrls({QUrl::fromLocalFile(data())});
        QCOMPARE(droppedFolder(folder), data());
        QMimeData file;
        file.setUrls({QUrl::fromLocalFile(data() + QStringLiteral("/examples.jsonl"))});
        QCOMPARE(droppedFolder(file), data());
        file.setUrls({QUrl::fromLocalFile(data() + QStringLiteral("/examples.jsonl.gz"))});
        QCOMPARE(droppedFolder(file), data());
        file.setUrls({QUrl::fromLocalFile(data() + QStringLiteral("/learning.db"))}); // opened as it is
        QCOMPARE(droppedFolder(file), data() + QStringLiteral("/learning.db"));
        m_folder->write("data/notes.txt", "no examples");
        file.setUrls({QUrl::fromLocalFile(data() + QStringLiteral("/notes.txt"))});
        QCOMPARE(droppedFolder(file), QString());
        QMimeData page;
        page.setUrls({QUrl(QStringLiteral("https://example.org/data"))});
        QCOMPARE(droppedFolder(page), QString());

        QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &folder, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(m_window->findChild<FolderDrop*>()->isVisible());
        QDropEvent drop(QPointF(400, 400), Qt::CopyAction, &folder, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &drop);
        QVERIFY(!m_window->findChild<FolderDrop*>()->isVisible());
        QVERIFY(wait());
        QCOMPARE(m_state->folder(), data());
        QCOMPARE(m_state->folderState(), FolderState::Ready);
    }

    void no_line_takes_a_folder_for_its_text()
    {
        for (const QLineEdit* line : m_window->findChildren<QLineEdit*>()) {
            QVERIFY2(!line->isVisible() || !line->acceptDrops(), qPrintable(line->accessibleName()));
        }
    }

    void opened_folders_are_remembered_and_can_be_forgotten()
    {
        open();
        QCOMPARE(m_memory->recentFolders(), QStringList {data()});
        m_window->openFolder(toQt(m_folder->path("nowhere")));
        QVERIFY(wait());
        QCOMPARE(m_memory->recentFolders(), QStringList {data()}); // what cannot be read is not offered again
        m_memory->clearRecent();
        QVERIFY(m_memory->recentFolders().isEmpty());
    }

    void the_window_is_where_it_was()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("window.ini"));
        {
            WindowMemory memory(std::make_unique<QSettings>(file, QSettings::IniFormat));
            memory.addRecent(QStringLiteral("/a"));
            memory.setAppearance(Appearance::Dark);
            m_window->resize(1200, 700);
            memory.saveWindow(*m_window);
        }
        WindowMemory memory(std::make_unique<QSettings>(file, QSettings::IniFormat));
        QCOMPARE(memory.appearance(), Appearance::Dark);
        QCOMPARE(memory.recentFolders(), QStringList {QStringLiteral("/a")});
        QWidget other;
        QVERIFY(memory.restoreWindow(other));
    }

    void where_the_window_is_is_remembered_without_closing_it()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("window.ini"));
        WindowMemory memory(std::make_unique<QSettings>(file, QSettings::IniFormat));
        MainWindow window(*m_state, memory);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.move(20, 30);
        QTRY_VERIFY(QSettings(file, QSettings::IniFormat).contains(QStringLiteral("window/geometry")));
        QVERIFY(!memory.layoutOf(QStringLiteral("filters")).isEmpty());
    }

    void a_folder_that_was_never_read_has_no_time_of_reading()
    {
        m_window->openFolder(toQt(m_folder->path("nowhere")));
        QVERIFY(wait());
        QVERIFY2(statusText().startsWith(QStringLiteral("This folder")), qPrintable(statusText()));
        for (const auto* label : m_window->findChildren<QLabel*>()) {
            QVERIFY2(!label->text().startsWith(QStringLiteral("read ")), qPrintable(label->text()));
        }
    }

    void the_window_fits_on_its_screen()
    {
        const QSize screen = m_window->screen()->availableSize();
        QVERIFY2(screen.width() < 1440 && screen.height() < 900, "the screen of the tests is a small one");
        QVERIFY(m_window->height() < screen.height()); // with its title
        QVERIFY(m_window->width() <= screen.width());

        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("window.ini"));
        WindowMemory memory(std::make_unique<QSettings>(file, QSettings::IniFormat));
        QWidget large;
        large.resize(2000, 1500);
        memory.saveWindow(large);
        MainWindow restored(*m_state, memory);
        QVERIFY(restored.height() < screen.height());
        QVERIFY(restored.width() <= screen.width());
    }

    void the_ring_around_the_focus_is_whole_and_dialogs_have_one()
    {
        open();
        QPushButton* kept = buttonWith(QStringLiteral("5 kept"));
        kept->setFocus();
        auto* ring = m_window->findChild<FocusRing*>();
        QVERIFY(ring && ring->isVisible());
        QCOMPARE(ring->parentWidget(), static_cast<QWidget*>(m_window.get())); // no panel cuts it off
        QCOMPARE(m_window->children().constLast(), static_cast<QObject*>(ring)); // nothing covers it
        const QRect control(kept->mapTo(m_window.get(), QPoint()), kept->size());
        QVERIFY(ring->geometry().contains(control.adjusted(-1, -1, 1, 1)));

        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QWidget* dialog = QApplication::activeModalWidget();
        QVERIFY(dialog);
        const auto ringed = [dialog] {
            const auto* its = dialog->findChild<FocusRing*>();
            return its && its->isVisible();
        };
        QTRY_VERIFY(ringed());
        dialog->close();
    }

    void a_ring_is_cut_off_where_its_control_is_scrolled_out_of_sight()
    {
        open();
        auto* limit = m_window->findChild<QWidget*>(QStringLiteral("maxRowsSpin"));
        limit->setFocus();
        auto* ring = m_window->findChild<FocusRing*>();
        QVERIFY(ring && ring->isVisible());
        auto* column
            = m_window->findChild<QWidget*>(QStringLiteral("filtersPanel"))->findChild<QScrollArea*>();
        QCOMPARE(ring->parentWidget(), column->viewport());
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

    void the_question_whether_to_quit_follows_the_export()
    {
        open();
        QSignalSpy finished(&m_state->jobs(), &JobRunner::finished);
        m_state->jobs().start(m_state->exportRequest(OnRejection::Skip));
        QVERIFY(m_state->jobs().running());
        m_window->close();
        auto* question = m_window->findChild<CloseQuestion*>();
        QVERIFY(question && question->isVisible());
        QTRY_COMPARE(finished.count(), 1);
        QStringList words;
        for (const auto* label : question->findChildren<QLabel*>()) {
            words += label->text();
        }
        for (const auto* button : question->findChildren<QPushButton*>()) {
            words += button->text();
        }
        const QString all = words.join(QLatin1Char('|'));
        QVERIFY2(all.startsWith(QStringLiteral("Quit now?|The export has ended. Exported 5 rows in ")),
            qPrintable(all));
        QVERIFY2(statusText().startsWith(QStringLiteral("Exported 5 rows in "))
                && statusText().contains(toQt(m_folder->path("out/"))),
            qPrintable(statusText())); // where to, and how long it took
        QVERIFY2(
            all.contains(QStringLiteral("Stay")) && !all.contains(QStringLiteral("ancel")), qPrintable(all));
        for (auto* button : question->findChildren<QPushButton*>()) {
            if (button->text() == QLatin1String("Quit")) {
                button->click();
            }
        }
        QTRY_VERIFY(!m_window->isVisible());
    }

    void folders_are_remembered_by_paths_that_everybody_finds()
    {
        QTemporaryDir settings;
        const QString ini = settings.filePath(QStringLiteral("settings.ini"));
        const auto memory = [&ini] {
            return std::make_unique<WindowMemory>(std::make_unique<QSettings>(ini, QSettings::IniFormat));
        };
        const QString relative = QDir::current().relativeFilePath(data());
        QVERIFY(QDir::isRelativePath(relative));
        auto kept = memory();
        auto window = std::make_unique<MainWindow>(*m_state, *kept);
        window->openFolder(relative);
        QVERIFY(wait());
        QCOMPARE(kept->recentFolders(), QStringList {data()});
        QVERIFY2(window->windowTitle().startsWith(data()), qPrintable(window->windowTitle()));
        m_state->setOutDir(QDir::current().relativeFilePath(toQt(m_folder->path("chosen"))));
        QCOMPARE(m_state->outDir(), toQt(m_folder->path("chosen")));
        window.reset();
        kept = memory();
        QCOMPARE(kept->recentFolders(), QStringList {data()});

        WorkbenchState next(testOptions(*m_folder)); // nobody said where to: what was chosen stays chosen
        const MainWindow again(next, *kept);
        QCOMPARE(next.outDir(), toQt(m_folder->path("chosen")));
        WorkbenchOptions options = testOptions(*m_folder);
        options.config.outDir.origin = Origin::EnvFile; // somebody did
        WorkbenchState told(std::move(options));
        const MainWindow third(told, *kept);
        QCOMPARE(told.outDir(), toQt(m_folder->path("out")));
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

    void every_control_has_a_name_for_those_who_hear_it()
    {
        open();
        for (int tab = 0; tab < TabCount; ++tab) {
            m_window->showTab(static_cast<Tab>(tab));
            for (const QWidget* control : m_window->findChildren<QWidget*>()) {
                const bool isControl = qobject_cast<const QAbstractButton*>(control)
                    || qobject_cast<const QLineEdit*>(control) || qobject_cast<const QComboBox*>(control)
                    || qobject_cast<const QAbstractSpinBox*>(control)
                    || qobject_cast<const QAbstractItemView*>(control);
                const bool inner = control->objectName().startsWith(QLatin1String("qt_"))
                    || control->parentWidget()->inherits("QAbstractSpinBox")
                    || control->parentWidget()->inherits("QComboBox")
                    || control->parentWidget()->inherits("QLineEdit") || control->inherits("QHeaderView")
                    || control->inherits("QTableCornerButton")
                    || control->parentWidget()->inherits("QTabBar");
                if (!isControl || inner || !control->isVisible()) {
                    continue;
                }
                const auto* button = qobject_cast<const QAbstractButton*>(control);
                const bool named
                    = !control->accessibleName().isEmpty() || (button && !button->text().isEmpty());
                QVERIFY2(named,
                    qPrintable(
                        QStringLiteral("%1 “%2” on tab %3")
                            .arg(QLatin1String(control->metaObject()->className()), control->objectName())
                            .arg(tab)));
            }
        }
    }

    void the_names_of_the_contract_are_there()
    {
        open();
        for (const char* name :
            {"filtersPanel", "sourceFilter", "industryFilter", "sinceFilter", "untilFilter", "labelledFilter",
                "maxRowsSpin", "searchEdit", "previewTable", "rowDetail", "rejectionsTable",
                "rejectionDetail", "revealButton", "schemaDiffTable", "schemaBaselineCombo", "insightsView",
                "jobsTable", "exportButton", "pushButton", "cancelButton", "progressBar", "statusMessage"}) {
            QCOMPARE(m_window->findChildren<QObject*>(QLatin1String(name)).size(), 1);
        }
    }

    void the_theme_changes_while_everything_is_open()
    {
        open();
        Theme::apply(Appearance::Dark);
        const QImage dark = m_window->grab().toImage();
        QCOMPARE(dark.pixelColor(dark.width() - 200, 4), Theme::darkColors().window);
        Theme::apply(Appearance::Light);
        const QImage light = m_window->grab().toImage();
        QCOMPARE(light.pixelColor(light.width() - 200, 4), Theme::lightColors().window);
    }

    void after_a_change_of_the_theme_nothing_keeps_its_old_colours()
    {
        open();
        Theme::apply(Appearance::Dark);
        MainWindow fresh(*m_state, *m_memory); // what it should look like
        fresh.resize(m_window->size());
        fresh.show();
        for (MainWindow* window : {m_window.get(), &fresh}) {
            window->showTab(Tab::Schema);
            QVERIFY(QTest::qWaitFor([window] { return window->idle(); }, 30000));
        }
        for (const char* name : {"toolBar", "schemaPanel"}) {
            const auto pictureOf = [name](const MainWindow& window) {
                auto* part = window.findChild<QWidget*>(QLatin1String(name));
                return part->grab().toImage();
            };
            QVERIFY2(pictureOf(*m_window) == pictureOf(fresh), name);
        }
        Theme::apply(Appearance::Light);
    }

private:
    [[nodiscard]] QString data() const { return toQt(m_folder->path("data")); }
    bool wait()
    {
        return QTest::qWaitFor([this] { return m_window->idle(); }, 30000);
    }

    void open()
    {
        m_window->openFolder(data());
        QVERIFY(wait());
        m_window->activateWindow();
    }

    QPushButton* exportButton() { return m_window->findChild<QPushButton*>(QStringLiteral("exportButton")); }
    TabStrip* tabs() { return m_window->findChild<TabStrip*>(); }
    QString statusText() { return m_window->findChild<QLabel*>(QStringLiteral("statusMessage"))->text(); }

    QAction* actionWith(const QString& text)
    {
        for (auto* action : m_window->findChildren<QAction*>()) {
            if (action->text() == text) {
                return action;
            }
        }
        return nullptr;
    }

    QPushButton* buttonWith(const QString& text)
    {
        for (auto* button : m_window->findChildren<QPushButton*>()) {
            if (button->text() == text && button->isVisible()) {
                return button;
            }
        }
        return nullptr;
    }

    std::unique_ptr<TemporaryFolder> m_folder;
    std::unique_ptr<WindowMemory> m_memory;
    std::unique_ptr<WorkbenchState> m_state;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
