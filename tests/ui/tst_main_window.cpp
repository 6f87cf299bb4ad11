// SPDX-License-Identifier: GPL-3.0-or-later
/// The window as a person drives it: by mouse, by dropping a folder on it.
#include "tests/ui/window_desk.h"
#include "ui/filters/choice_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/focus_ring.h"
#include "ui/window/close_question.h"
#include "ui/window/folder_drop.h"
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
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTranslator>
#include <QUrl>

using namespace workbench;

class TestMainWindow : public QObject, WindowDesk {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setUpProgram(); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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

    void the_counts_of_the_status_bar_lead_to_their_rows()
    {
        open();
        buttonWith(QStringLiteral("1 rejected"))->click();
        QCOMPARE(m_window->currentTab(), Tab::Rejections);
        buttonWith(QStringLiteral("5 kept"))->click();
        QCOMPARE(m_window->currentTab(), Tab::Preview);
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
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
