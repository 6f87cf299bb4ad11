// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/workbench_state.h"

#include "ui/bridge/filter_command.h"
#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/whole_path.h"

#include <utility>

namespace workbench {
namespace {

constexpr int RestPerCount = 12; ///< times as long as counting took
constexpr int UndoSteps = 50;

} // namespace

WorkbenchState::WorkbenchState(WorkbenchOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_outDir(wholePath(toQt(m_options.config.outDir.value)))
    , m_publisher(std::make_unique<PublishRunner>(
          m_options.publishSettings ? m_options.publishSettings : publishSettingsFrom(m_options.envFile)))
{
    m_filter.maxRows = m_options.config.maxRows.value;
    m_undoStack.setUndoLimit(UndoSteps);
    connectReading();
    connectWatch();
    connectJobs();
}

WorkbenchState::~WorkbenchState() = default;

QString WorkbenchState::outDir() const { return m_outDir; }

void WorkbenchState::setOutDir(const QString& folder)
{
    const QString whole = wholePath(folder);
    if (m_outDir != whole) {
        m_outDir = whole;
        Q_EMIT outDirChanged();
    }
}

void WorkbenchState::openFolder(const QString& folder) { read(folder, ReviewRunner::Reading::OrKept); }

void WorkbenchState::read(const QString& folder, ReviewRunner::Reading reading)
{
    const bool another = folder != m_folder;
    m_watch.stop();
    m_folder = folder;
    m_folderState = FolderState::Reading;
    m_error.reset();
    m_files = {};
    m_labels = {};
    m_listed = false;
    m_changedFile.clear();
    m_changedAt = {};
    m_folderGone = false;
    m_scanProgress = {};
    m_readAt = QDateTime::currentDateTime();
    m_selecting = m_counting = m_grown = false; // what was on its way for the old picture is dropped
    m_statisticsTurn.forget();
    m_rest.stop();
    if (another) { // figures of one folder under the name of another would be a lie; a reload keeps them
        forgetRows();
    }
    Q_EMIT folderStateChanged();
    m_reviews.open(folder, m_options.schema, m_options.threads, reading, labelsDir());
}

void WorkbenchState::forgetRows()
{
    m_index.reset();
    m_selection.reset();
    m_statistics.reset();
    m_rows.setIndex(nullptr);
    Q_EMIT indexChanged();
    tellSelection();
    Q_EMIT statisticsChanged();
}

std::optional<std::string> WorkbenchState::labelsDir() const
{
    return wholePath(m_folder) == wholePath(m_options.dataDir) ? m_options.labelsDir : std::nullopt;
}

void WorkbenchState::reload()
{
    if (!m_folder.isEmpty()) {
        read(QString(m_folder), ReviewRunner::Reading::Anew); // read() sets m_folder
    }
}

void WorkbenchState::connectReading()
{
    connect(&m_reviews, &ReviewRunner::folderListed, this, [this](const ExampleFiles& files) {
        m_files = files;
        m_listed = true;
        Q_EMIT folderStateChanged();
    });
    connect(&m_reviews, &ReviewRunner::openProgressed, this, [this](const ScanProgress& progress) {
        m_scanProgress = progress;
        Q_EMIT scanProgressed();
    });
    connect(&m_reviews, &ReviewRunner::indexGrew, this, &WorkbenchState::setIndex);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_grown) {
            selectNow();
        }
    });
    connect(&m_reviews, &ReviewRunner::labelsCounted, this,
        [this](const LabelSummary& labels) { m_labels = labels; });
    connect(&m_reviews, &ReviewRunner::opened, this, [this](const IndexPtr& index, double seconds) {
        m_readSeconds = seconds;
        if (index != m_index) {
            setIndex(index);
        }
        endReading(m_files.files.empty() ? FolderState::NoExamples : FolderState::Ready);
    });
    connect(&m_reviews, &ReviewRunner::openFailed, this, [this](const Error& error) {
        m_error = error;
        if (m_listed) {
            selectNow(); // after a reload that failed the old rows stay, under the present filters
        } else if (m_index) {
            forgetRows(); // no figure stands beside "cannot be read"
        }
        endReading(m_listed ? FolderState::Failed : FolderState::Unreadable);
    });
    connect(&m_reviews, &ReviewRunner::selected, this, [this](const SelectionPtr& selection) {
        m_selecting = false;
        m_counting = true;
        m_selection = selection;
        m_statisticsTurn.forget(); // they are of the rows before
        Q_EMIT rowsChanged();
        m_turns.taken();
        m_selectionTurn.ask([this] { Q_EMIT selectionChanged(); });
    });
    connect(&m_reviews, &ReviewRunner::counted, this, [this](const StatisticsPtr& statistics) {
        m_rest.start(static_cast<int>(RestPerCount * m_sinceSelect.elapsed()));
        m_statisticsTurn.ask([this, statistics] {
            m_counting = statistics->selection != m_selection;
            m_statistics = statistics;
            Q_EMIT statisticsChanged();
        });
    });
    connect(&m_rows, &RowService::loaded, this, [this] { m_turns.taken(); });
}

/// While a folder is read its rows grow all the time. Looking through those that came takes cores away from
/// reading the rest, so that there is a rest after each look, the longer the more there is to look through.
void WorkbenchState::lookAtGrown()
{
    if (m_index->complete() || !(m_selecting || m_counting || m_rest.isActive())) {
        selectNow();
    } else {
        m_grown = true;
    }
}

void WorkbenchState::connectWatch()
{
    connect(&m_watch, &FolderWatch::changed, this, [this](const QString& file, const QDateTime& when) {
        if (m_changedFile != file || m_changedAt != when || m_folderGone) {
            m_changedFile = file;
            m_changedAt = when;
            m_folderGone = false;
            Q_EMIT folderStateChanged();
        }
    });
    connect(&m_watch, &FolderWatch::unchanged, this, [this] {
        if (!m_changedFile.isEmpty() || m_folderGone) {
            m_changedFile.clear();
            m_changedAt = {};
            m_folderGone = false;
            Q_EMIT folderStateChanged();
        }
    });
    connect(&m_watch, &FolderWatch::readable, this,
        [this] { read(QString(m_folder), ReviewRunner::Reading::OrKept); }); // read() sets m_folder
    connect(&m_watch, &FolderWatch::gone, this, [this] {
        if (!m_folderGone) {
            m_folderGone = true;
            Q_EMIT folderStateChanged();
        }
    });
}

void WorkbenchState::connectJobs()
{
    connect(&m_jobs, &JobRunner::finished, this, [this](const ExportResult& result) {
        m_bundle = result.error ? QString() : toQt(result.outcome.bundleDir);
        m_bundleRequest = m_jobs.request();
    });
}

QString WorkbenchState::currentBundle() const
{
    const bool same = m_changedFile.isEmpty() && !m_folderGone && m_bundleRequest.filter == m_filter
        && m_bundleRequest.dataDir == fromQt(m_folder) && m_bundleRequest.reviewedFiles == m_files.files
        && sameLabelFiles(m_bundleRequest.reviewedLabels, m_files.labels)
        && m_bundleRequest.outDir == fromQt(m_outDir);
    return same ? m_bundle : QString();
}

void WorkbenchState::endReading(FolderState state)
{
    m_folderState = state;
    if (m_listed) {
        m_watch.watch(m_files);
    } else {
        m_watch.await(fromQt(m_folder), labelsDir());
    }
    Q_EMIT folderStateChanged();
}

void WorkbenchState::setIndex(const IndexPtr& index)
{
    m_index = index;
    m_rows.setIndex(index);
    Q_EMIT indexChanged();
    if (!m_index) { // a reload that found no examples any more
        m_selection.reset();
        m_statistics.reset();
        tellSelection();
        Q_EMIT statisticsChanged();
        return;
    }
    lookAtGrown();
}

void WorkbenchState::tellSelection()
{
    m_selectionTurn.forget();
    m_statisticsTurn.forget(); // what was counted is gone
    Q_EMIT rowsChanged();
    Q_EMIT selectionChanged();
}

void WorkbenchState::selectNow()
{
    if (m_index) {
        m_selecting = true;
        m_grown = false;
        m_sinceSelect.start();
        m_reviews.select(m_index, m_filter);
    }
}

void WorkbenchState::changeFilter(const ExampleFilter& filter, const QString& text)
{
    if (filter != m_filter) {
        m_undoStack.push(new FilterCommand(*this, m_filter, filter, text)); // redo() sets it
    }
}

void WorkbenchState::clearFilters()
{
    ExampleFilter none;
    none.maxRows = m_options.config.maxRows.value;
    changeFilter(none, tr("Clear filters"));
}

int WorkbenchState::activeFilters() const
{
    const bool limited = m_filter.maxRows != m_options.config.maxRows.value;
    return static_cast<int>(m_filter.source.has_value()) + static_cast<int>(m_filter.industry.has_value())
        + static_cast<int>(m_filter.since.has_value()) + static_cast<int>(m_filter.until.has_value())
        + static_cast<int>(m_filter.labelled) + static_cast<int>(limited);
}

void WorkbenchState::setFilterNow(const ExampleFilter& filter)
{
    m_filter = filter;
    Q_EMIT filterChanged();
    selectNow();
}

bool WorkbenchState::idle() const
{
    return m_folderState != FolderState::Reading && !m_selecting && !m_counting && !m_grown && m_turns.idle()
        && !m_rows.busy();
}

ExportRequest WorkbenchState::exportRequest(OnRejection onRejection) const
{
    ExportRequest request;
    request.schema = m_options.schema;
    request.dataDir = fromQt(m_folder);
    request.outDir = fromQt(m_outDir);
    request.filter = m_filter;
    request.split = m_options.config.split.value;
    request.onRejection = onRejection;
    request.threads = m_options.threads;
    request.labelsDir = labelsDir();
    request.reviewedFiles = m_files.files;
    request.reviewedLabels = m_files.labels;
    request.clock = systemClock();
    return request;
}

void WorkbenchState::say(const QString& message) { Q_EMIT said(message); }

} // namespace workbench
