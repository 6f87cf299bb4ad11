// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/session_keeper.h"

#include "ui/bridge/filter_command.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/whole_path.h"
#include "ui/preview/preview_listing.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_table.h"
#include "ui/preview/row_keeper.h"
#include "ui/window/main_window.h"
#include "ui/window/tab_names.h"

#include <QDir>
#include <QGuiApplication>

namespace workbench {
namespace {

constexpr int SoonMs = 500; ///< a wheel that is turned over a filter is one thing to remember

/// The row limit that was usual then is the one that is usual now: a setting may have changed meanwhile.
ExampleFilter adapted(ExampleFilter filter, std::uint64_t usualThen, std::uint64_t usualNow)
{
    if (filter.maxRows == usualThen) {
        filter.maxRows = usualNow;
    }
    return filter;
}

} // namespace

SessionKeeper::SessionKeeper(WorkbenchState& state, MainWindow& window, const QString& path)
    : m_state(state)
    , m_window(window)
    , m_listing(window.findChild<PreviewListing*>())
    , m_model(window.findChild<PreviewModel*>())
    , m_table(window.findChild<PreviewTable*>())
    , m_rowKeeper(window.findChild<RowKeeper*>())
    , m_path(fromQt(path))
    , m_layout(m_table->columnLayout())
{
    m_writing.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(SoonMs);
    connect(&m_soon, &QTimer::timeout, this, &SessionKeeper::save);
    connect(&m_state, &WorkbenchState::filterChanged, this, &SessionKeeper::saveSoon);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &SessionKeeper::saveSoon);
    connect(&m_state.undoStack(), &QUndoStack::indexChanged, this, &SessionKeeper::saveSoon);
    connect(&m_state.rows(), &RowService::loaded, this, &SessionKeeper::saveSoon); // the chosen row's id
    connect(&m_window, &MainWindow::tabShown, this, &SessionKeeper::saveSoon);
    connect(m_table, &PreviewTable::currentRowChanged, this, &SessionKeeper::saveSoon);
    connect(m_table, &PreviewTable::columnsArranged, this, &SessionKeeper::saveSoon);
    connect(m_table, &PreviewTable::shownColumnsChanged, this, &SessionKeeper::saveSoon);
    connect(m_listing, &PreviewListing::sortKeyChanged, this, &SessionKeeper::saveSoon);
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, [this] { saveNow(); });
    connect(qGuiApp, &QCoreApplication::aboutToQuit, this, &SessionKeeper::saveNow);
}

SessionKeeper::~SessionKeeper() = default;

QString SessionKeeper::usualPath()
{
    const QString told = qEnvironmentVariable("XDG_STATE_HOME");
    const QString folder
        = QDir::isAbsolutePath(told) ? told : QDir::home().filePath(QStringLiteral(".local/state"));
    return folder + QStringLiteral("/signals-workbench/session.json");
}

/// Not put off by each further change: who never stops would never be remembered.
void SessionKeeper::saveSoon()
{
    if (!m_soon.isActive()) {
        m_soon.start();
    }
}

void SessionKeeper::save()
{
    m_soon.stop();
    if (const ColumnLayout layout = m_table->columnLayout(); !(layout == m_layout)) {
        m_layout = layout;
        saveColumnLayout(toQt(m_state.schema()->name()), layout);
    }
    const FolderState folder = m_state.folderState();
    if (folder == FolderState::None || folder == FolderState::Unreadable) {
        return; // the last place there was something to see at is worth more
    }
    m_writing.start([path = m_path, session = session()] {
        // Where nothing can be kept, nothing is: no work of a person is in it.
        static_cast<void>(static_cast<bool>(saveSession(path, session)));
    });
}

void SessionKeeper::saveNow()
{
    save();
    m_writing.waitForDone();
}

Session SessionKeeper::session() const
{
    Session session;
    session.folder = fromQt(wholePath(m_state.folder()));
    session.tab = tabOption(m_window.currentTab());
    session.schemaFingerprint = m_state.schema()->fingerprint();
    session.usualMaxRows = m_state.config().maxRows.value;
    session.filter = m_state.filter();
    const QUndoStack& steps = m_state.undoStack();
    for (int i = 0; i < steps.count(); ++i) {
        // How the columns stand is remembered for itself; what is sorted, as it is now.
        if (const auto* step = dynamic_cast<const FilterCommand*>(steps.command(i))) {
            session.steps.push_back({fromQt(step->text()), step->before(), step->after()});
            session.stepsDone += i < steps.index() ? 1 : 0;
        }
    }
    if (const auto key = m_listing->sortKey()) {
        const auto& columns = m_model->columns();
        session.sortColumn = fromQt(columns.path(key->column));
        session.descending = key->order == SortOrder::Descending;
    }
    const std::string lookedFor = m_rowKeeper->lookedFor();
    session.exampleId = lookedFor.empty() ? chosenId() : lookedFor;
    return session;
}

/// An id that passed the guard with its whole row, or nothing.
std::string SessionKeeper::chosenId() const
{
    const auto row = m_table->currentRow();
    const LoadedRowPtr loaded = row ? m_state.rows().cached(*row) : nullptr;
    const bool accepted = loaded && loaded->explanation.findings.empty();
    return accepted ? loaded->explanation.cells[RowColumns::ExampleId].text : std::string();
}

void SessionKeeper::restore(const Session& session)
{
    if (const auto tab = tabFromOption(session.tab)) {
        m_window.showTab(*tab);
    }
    if (session.schemaFingerprint == m_state.schema()->fingerprint()) {
        restoreFilters(session);
    }
    const auto& columns = m_model->columns();
    for (int column = 0; column < columns.count() && !session.sortColumn.empty(); ++column) {
        if (columns.path(column) == toQt(session.sortColumn)) {
            m_listing->setSortKey(
                SortKey {column, session.descending ? SortOrder::Descending : SortOrder::Ascending});
        }
    }
    m_rowKeeper->keepForNext(session.exampleId);
    m_window.openFolder(toQt(session.folder));
}

void SessionKeeper::restoreFilters(const Session& session)
{
    const std::uint64_t usual = m_state.config().maxRows.value;
    QUndoStack& steps = m_state.undoStack();
    for (const Session::Step& step : session.steps) {
        steps.push(FilterCommand::restored(m_state, adapted(step.before, session.usualMaxRows, usual),
            adapted(step.after, session.usualMaxRows, usual), toQt(step.name)));
    }
    steps.setIndex(static_cast<int>(session.stepsDone));
}

} // namespace workbench
