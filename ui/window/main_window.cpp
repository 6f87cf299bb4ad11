// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/bridge/whole_path.h"
#include "ui/bridge/workbench_state.h"
#include "ui/filters/filters_panel.h"
#include "ui/jobs/job_words.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/number_text.h"
#include "ui/window/about_dialog.h"
#include "ui/window/close_question.h"
#include "ui/window/first_run_page.h"
#include "ui/window/folder_drop.h"
#include "ui/window/panels.h"
#include "ui/window/screen_room.h"
#include "ui/window/settings_dialog.h"
#include "ui/window/shortcut_priority.h"
#include "ui/window/status_line.h"
#include "ui/window/tab_strip.h"
#include "ui/window/tool_bar.h"
#include "ui/window/window_memory.h"
#include "ui/window/window_menus.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QMenuBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace workbench {
namespace {

constexpr int PanelWidth = 248;
constexpr int LeastPanelWidth = 220; ///< unless its words need more
constexpr QSize LeastSize(1024, 640);
constexpr QSize FirstSize(1440, 900);
constexpr int RememberAfterMs = 1000; ///< a window that is drawn larger has many sizes
const QString FilterSplitter = QStringLiteral("filters");

class TabRow final : public QWidget { // the tabs' own ground and the line below them
public:
    explicit TabRow(QWidget* parent) : QWidget(parent) { setProperty("frame", QStringLiteral("bar")); }
};

} // namespace

MainWindow::MainWindow(WorkbenchState& state, WindowMemory& memory, QWidget* parent)
    : QMainWindow(parent)
    , m_state(state)
    , m_memory(memory)
    , m_actions(new WindowActions(state.undoStack(), this))
    , m_filters(new FiltersPanel(state, this))
    , m_tabs(new TabStrip(this))
    , m_panels(new Panels(state, *m_filters, this))
{
    setMinimumSize(LeastSize.boundedTo(screenRoom(*this)));
    buildContent();
    buildMenus();
    connectActions();
    connectState();
    restoreLayout();
    keepOutDir();
    FocusRing::ringEveryWindow(this);
    m_remember.setSingleShot(true);
    m_remember.setInterval(RememberAfterMs);
    connect(&m_remember, &QTimer::timeout, this, &MainWindow::rememberLayout);
    connect(m_splitter, &QSplitter::splitterMoved, &m_remember, qOverload<>(&QTimer::start));
    connect(qApp, &QCoreApplication::aboutToQuit, this, &MainWindow::rememberLayout);
    // The only ones that a line has another use for; what is searched for is text, and has its own undo.
    new ShortcutPriority(this, {m_actions->exportRows}, {m_actions->undo, m_actions->redo});
    showFolderState();
    showBadges();
}

void MainWindow::buildContent()
{
    m_tabs->setAccessibleName(tr("Views"));
    m_pages = new QStackedWidget(this);
    const std::array<QString, TabCount> names
        = {tr("Preview"), tr("Rejections"), tr("Schema"), tr("Insights"), tr("Jobs")};
    for (std::size_t i = 0; i < TabCount; ++i) {
        m_tabs->addTab(names[i]);
        m_pages->addWidget(m_panels->widget(static_cast<Tab>(i)));
    }
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::tabShown);

    auto* tabRow = new TabRow(this);
    tabRow->setAttribute(Qt::WA_StyledBackground);
    auto* tabLayout = new QVBoxLayout(tabRow);
    tabLayout->setContentsMargins(12, 0, 12, 1);
    tabLayout->addWidget(m_tabs);
    auto* tabbed = new QWidget(this);
    auto* tabbedColumn = new QVBoxLayout(tabbed);
    tabbedColumn->setContentsMargins(0, 0, 0, 0);
    tabbedColumn->setSpacing(0);
    tabbedColumn->addWidget(tabRow);
    tabbedColumn->addWidget(m_pages, 1);

    m_firstRun = new FirstRunPage(m_state, this);
    m_centre = new QStackedWidget(this);
    m_centre->addWidget(m_firstRun);
    m_centre->addWidget(tabbed);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_filters);
    m_splitter->addWidget(m_centre);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->handle(1)->installEventFilter(this);

    m_toolBar = new ToolBar(m_state, *m_actions, this);
    m_status = new StatusLine(m_state, this);
    auto* all = new QWidget(this);
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_toolBar);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_status);
    setCentralWidget(all);

    auto* drop = new FolderDrop(this, m_centre);
    connect(drop, &FolderDrop::dropped, this, &MainWindow::openFolder);
}

void MainWindow::buildMenus()
{
    m_menus = new WindowMenus(menuBar(), *m_actions, m_panels->actions(), m_memory);
    m_toolBar->setRecentMenu(m_menus->recentMenu());
    connect(m_menus, &WindowMenus::recentChosen, this, &MainWindow::openFolder);
    connect(m_tabs, &QTabBar::currentChanged, m_menus,
        [this](int tab) { m_menus->showEditOf(static_cast<Tab>(tab)); });
}

void MainWindow::connectActions()
{
    connect(m_actions->openFolder, &QAction::triggered, this, &MainWindow::askForFolder);
    connect(m_actions->openStore, &QAction::triggered, this, &MainWindow::askForStore);
    connect(m_firstRun, &FirstRunPage::openRequested, this, &MainWindow::askForFolder);
    const auto openSample = [this] { m_state.openFolder(m_state.options().sampleDir); };
    connect(m_actions->openSample, &QAction::triggered, this, openSample);
    connect(m_firstRun, &FirstRunPage::sampleRequested, this, openSample);
    m_actions->openSample->setEnabled(!m_state.options().sampleDir.isEmpty());
    connect(m_actions->reload, &QAction::triggered, &m_state, &WorkbenchState::reload);
    connect(m_actions->exportRows, &QAction::triggered, m_panels, &Panels::beginExport);
    connect(m_actions->publish, &QAction::triggered, m_panels, &Panels::beginPublish);
    connect(&m_state, &WorkbenchState::settingsRequested, this, &MainWindow::openSettings);
    connect(m_actions->settings, &QAction::triggered, this, &MainWindow::openSettings);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->find, &QAction::triggered, this, [this] {
        m_actions->showFilters->setChecked(true);
        m_filters->focusSearch();
    });
    connect(m_actions->clearFilters, &QAction::triggered, &m_state, &WorkbenchState::clearFilters);
    for (std::size_t i = 0; i < TabCount; ++i) {
        connect(m_actions->tabs[i], &QAction::triggered, this, [this, i] { showTab(static_cast<Tab>(i)); });
    }
    const auto step
        = [this](int by) { m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + TabCount) % TabCount); };
    connect(m_actions->nextTab, &QAction::triggered, this, [step] { step(1); });
    connect(m_actions->previousTab, &QAction::triggered, this, [step] { step(-1); });
    connect(m_actions->nextPane, &QAction::triggered, this, [this] { stepPane(1); });
    connect(m_actions->previousPane, &QAction::triggered, this, [this] { stepPane(-1); });
    connect(m_actions->showFilters, &QAction::toggled, m_filters, &QWidget::setVisible);
    connect(m_actions->appearance, &QActionGroup::triggered, this,
        [this](const QAction* action) { setAppearance(action->data().toInt()); });
    connect(m_actions->shortcuts, &QAction::triggered, this, [this] { (new KeysDialog(this))->open(); });
    connect(m_actions->about, &QAction::triggered, this, [this] { (new AboutDialog(this))->open(); });
    connect(m_panels, &Panels::tabWanted, this, &MainWindow::showTab);
    connect(m_panels, &Panels::jobsUnderWayChanged, this, &MainWindow::showBadges);
    connect(m_panels, &Panels::openFolderRequested, this, &MainWindow::askForFolder);
}

void MainWindow::connectState()
{
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &MainWindow::showFolderState);
    connect(&m_state, &WorkbenchState::selectionChanged, this, &MainWindow::showBadges);
    connect(&m_state.jobs(), &JobRunner::started, this, &MainWindow::showBadges);
    connect(&m_state.jobs(), &JobRunner::finished, this, &MainWindow::showJobEnd);
}

void MainWindow::restoreLayout()
{
    if (!m_memory.restoreWindow(*this)) {
        resize(FirstSize);
    }
    resize(size().boundedTo(screenRoom(*this))); // it may have been closed on a larger screen
    if (!m_memory.restoreSplitter(FilterSplitter, *m_splitter)) {
        setUsualFilterWidth();
    }
}

/// What a person chose stands in for the default alone: what is configured is meant.
void MainWindow::keepOutDir()
{
    if (m_state.config().outDir.origin == Origin::Default && !m_memory.outDir().isEmpty()) {
        m_state.setOutDir(m_memory.outDir());
    }
    connect(&m_state, &WorkbenchState::outDirChanged, this, [this] { m_memory.setOutDir(m_state.outDir()); });
}

void MainWindow::setUsualFilterWidth()
{
    const int wanted = width() < FirstSize.width() ? LeastPanelWidth : PanelWidth;
    const int panel = std::max(wanted, m_filters->minimumSizeHint().width());
    m_splitter->setSizes({panel, width() - panel});
}

/// A double click on the handle sets the filters' width back, as on the handles of the tabs.
bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_splitter->handle(1) && event->type() == QEvent::MouseButtonDblClick) {
        setUsualFilterWidth();
        m_remember.start();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::showTab(Tab tab) { m_tabs->setCurrentIndex(static_cast<int>(tab)); }

Tab MainWindow::currentTab() const { return static_cast<Tab>(m_tabs->currentIndex()); }

bool MainWindow::idle() const { return m_state.idle() && m_panels->idle(); }

void MainWindow::askForFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open a folder of training examples"), m_state.folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFolder);
    dialog->open();
}

void MainWindow::askForStore()
{
    auto* dialog = new QFileDialog(this, tr("Open a database of training examples"), m_state.folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("SQLite databases (*.db *.sqlite *.sqlite3)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFolder);
    dialog->open();
}

void MainWindow::openFolder(const QString& folder)
{
    m_memory.addRecent(folder);
    m_state.openFolder(folder);
}

void MainWindow::showFolderState()
{
    const bool open = m_state.folderState() != FolderState::None;
    const QWidget* focused = focusWidget();
    if (open && focused && m_firstRun->isAncestorOf(focused)) {
        m_centre->setFocus(); // not the next control, which would look chosen
    }
    m_centre->setCurrentIndex(open ? 1 : 0);
    setWindowTitle(
        open ? tr("%1 – Signals Workbench").arg(wholePath(m_state.folder())) : tr("Signals Workbench"));
    if (!open) {
        m_firstRun->openButton()->setFocus();
    }
    if (m_state.folderState() == FolderState::Unreadable) {
        m_memory.removeRecent(m_state.folder());
    }
}

void MainWindow::showBadges()
{
    const SelectionPtr& selection = m_state.selection();
    const quint64 rejected = selection ? selection->ledger.rejected : 0;
    const int tab = static_cast<int>(Tab::Rejections);
    if (rejected > 0) {
        const QString figure = countText(rejected, selection->ledger.growing);
        m_tabs->setBadge(tab, figure, BadgeTone::Bad, tr("%1 rows rejected").arg(figure));
    } else {
        m_tabs->setBadge(tab, QString(), BadgeTone::Bad, QString());
    }
    const int jobs = std::max(m_panels->jobsRunning(), m_state.jobs().running() ? 1 : 0);
    QStringList underWay;
    if (jobs > 0) {
        underWay += tr("%1 running").arg(countText(static_cast<quint64>(jobs)));
    }
    if (m_panels->jobsWaiting() > 0) {
        underWay += tr("%1 waiting").arg(countText(static_cast<quint64>(m_panels->jobsWaiting())));
    }
    const QString words = underWay.join(QStringLiteral(", "));
    m_tabs->setBadge(static_cast<int>(Tab::Jobs), words, BadgeTone::Quiet, words);
}

void MainWindow::showJobEnd(const ExportResult& result)
{
    showBadges();
    const QString how = exportEndWords(result); // the Jobs tab has said so
    if (m_closing) {
        close();
    } else if (auto* question = findChild<CloseQuestion*>()) {
        question->showEnded(how.endsWith(QLatin1Char('.')) ? how : how + QLatin1Char('.'));
    }
}

/// From the filters to the table, to the details and round again, or the other way.
void MainWindow::stepPane(int by)
{
    const Panes panes = m_panels->panes(currentTab());
    // What stands where the rows would be may have a button.
    QWidget* instead = m_centre->currentIndex() == 0 ? m_firstRun : m_pages->currentWidget();
    QWidget* table = panes.table && panes.table->isVisible() ? panes.table : instead;
    constexpr int Count = 3;
    const std::array<QWidget*, Count> round {m_filters, table, panes.detail};
    const QWidget* now = QApplication::focusWidget();
    const auto holds
        = [now](const QWidget* pane) { return pane && (pane == now || pane->isAncestorOf(now)); };
    int at = by > 0 ? -1 : Count;
    if (holds(m_filters)) {
        at = 0;
    } else if (holds(panes.detail)) {
        at = 2;
    } else if (holds(table)) {
        at = 1;
    } else if (holds(m_centre)) { // above the table, between it and the filters
        at = by > 0 ? 0 : 1;
    }
    for (int step = 0; step < Count; ++step) {
        at = (at + by + Count) % Count;
        if (focusPane(round[static_cast<std::size_t>(at)])) {
            return;
        }
    }
}

void MainWindow::openSettings()
{
    QWidget* above = QApplication::activeModalWidget(); // the publish sheet may have asked for it
    auto* dialog = new SettingsDialog(m_state, above ? above : this);
    connect(dialog, &SettingsDialog::appearanceChosen, this,
        [this](Appearance appearance) { setAppearance(static_cast<int>(appearance)); });
    dialog->open();
}

void MainWindow::setAppearance(int appearance)
{
    const auto chosen = static_cast<Appearance>(appearance);
    if (chosen != Theme::appearance()) {
        Theme::apply(chosen);
        m_memory.setAppearance(chosen);
    }
    for (QAction* action : m_actions->appearance->actions()) {
        action->setChecked(action->data().toInt() == appearance);
    }
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ActivationChange && isActiveWindow()) {
        m_state.checkFolder(); // notices of the system may have been missed, on network disks above all
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_state.jobs().running() && !m_closing) {
        event->ignore();
        if (findChild<CloseQuestion*>()) {
            return; // asked already
        }
        auto* question = new CloseQuestion(this);
        connect(question, &CloseQuestion::confirmed, this, [this] {
            m_closing = true;
            if (m_state.jobs().running()) {
                m_state.jobs().cancel(); // showJobEnd() closes the window
            } else {
                close();
            }
        });
        question->open();
        return;
    }
    rememberLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_remember.start();
}

void MainWindow::moveEvent(QMoveEvent* event)
{
    QMainWindow::moveEvent(event);
    m_remember.start();
}

/// Not only when it is closed: the end of a session may come without that.
void MainWindow::rememberLayout()
{
    m_remember.stop();
    m_memory.saveWindow(*this);
    m_memory.saveSplitter(FilterSplitter, *m_splitter);
}

} // namespace workbench
