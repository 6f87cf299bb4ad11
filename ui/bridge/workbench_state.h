// SPDX-License-Identifier: GPL-3.0-or-later
/// What the panels share: the folder, the schema, the filters and the newest pictures of the data.
#pragma once

#include "core/config/export_config.h"
#include "core/review/selection.h"
#include "core/review/statistics.h"
#include "ui/bridge/folder_watch.h"
#include "ui/bridge/frame_turns.h"
#include "ui/bridge/job_runner.h"
#include "ui/bridge/review_runner.h"
#include "ui/bridge/row_service.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace workbench {

class PublishRunner;
struct PublishSettings;

/// Where a row of the preview is shown from.
enum class PreviewScope { ToExport, Rejected, AllMatched };

/// What stands where the data would be.
enum class FolderState {
    None, ///< nothing open
    Reading, ///< index() may already hold rows
    Ready,
    NoExamples, ///< read, but no *.jsonl
    Unreadable, ///< error() says why
    Failed, ///< reading broke off; what was read stays
};

/// How the program was started: for both programs the same meaning.
struct WorkbenchOptions {
    QString dataDir; ///< "data/learning/train" unless given
    bool dataDirGiven = false;
    std::optional<std::string> labelsDir; ///< the labels of `dataDir`; any other folder has its own
    QString envFile;
    SchemaPtr schema;
    ExportConfig config;
    unsigned threads = 1;
    std::function<Result<PublishSettings>()>
        publishSettings; ///< empty: environment and `envFile`, read anew each time
    QString sampleDir; ///< where the shipped sample stands; empty when it was not found
};

/// GUI thread only. Owns the runners; panels get a reference in their constructor and listen.
class WorkbenchState final : public QObject {
    Q_OBJECT

public:
    explicit WorkbenchState(WorkbenchOptions options, QObject* parent = nullptr);
    ~WorkbenchState() override;

    [[nodiscard]] const WorkbenchOptions& options() const { return m_options; }
    [[nodiscard]] const SchemaPtr& schema() const { return m_options.schema; }
    [[nodiscard]] const ExportConfig& config() const { return m_options.config; }
    [[nodiscard]] QString outDir() const; ///< absolute
    void setOutDir(const QString& folder);

    void openFolder(const QString& folder);
    void reload(); ///< reads the files, whatever was kept of them
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] FolderState folderState() const { return m_folderState; }
    [[nodiscard]] const ExampleFiles& files() const { return m_files; }
    /// What became of the label files, once the folder is read.
    [[nodiscard]] const LabelSummary& labels() const { return m_labels; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] QDateTime readAt() const { return m_readAt; } ///< when reading began
    [[nodiscard]] double readSeconds() const { return m_readSeconds; }
    [[nodiscard]] const ScanProgress& scanProgress() const { return m_scanProgress; }
    /// Set when a file changed on disk after it was read: its name and when; exporting waits for a reload.
    [[nodiscard]] const QString& changedFile() const { return m_changedFile; }
    [[nodiscard]] QDateTime changedAt() const { return m_changedAt; }
    [[nodiscard]] bool folderGone() const { return m_folderGone; }

    [[nodiscard]] const ExampleFilter& filter() const { return m_filter; }
    /// Live: a new selection follows. Undoable with `text` as the step's name; equal filters do nothing.
    /// Steps with the same text that follow each other within a second become one (typing, turning a wheel).
    void changeFilter(const ExampleFilter& filter, const QString& text);
    void clearFilters();
    [[nodiscard]] int activeFilters()
        const; ///< source, industry, since, until, labelled, a row limit other than the configured
    [[nodiscard]] QUndoStack& undoStack() { return m_undoStack; }

    /// Null until something was read. Old ones stay until new ones replace them.
    [[nodiscard]] const IndexPtr& index() const { return m_index; }
    [[nodiscard]] const SelectionPtr& selection() const { return m_selection; }
    [[nodiscard]] const StatisticsPtr& statistics() const { return m_statistics; }
    /// True when nothing is being read, selected, counted, sorted or loaded: the picture is finished.
    [[nodiscard]] bool idle() const;

    [[nodiscard]] ReviewRunner& reviews() { return m_reviews; }
    [[nodiscard]] RowService& rows() { return m_rows; }
    [[nodiscard]] JobRunner& jobs() { return m_jobs; }
    [[nodiscard]] PublishRunner& publisher() { return *m_publisher; }
    /// For whatever is shown beside the rows and is not cheap to show.
    [[nodiscard]] FrameTurns& turns() { return m_turns; }

    /// What an export of the present selection would be asked to do.
    [[nodiscard]] ExportRequest exportRequest(OnRejection onRejection) const;

    /// The folder of the bundle that holds just the present selection, exported by this window; empty when
    /// there is none: filters or files are others now.
    [[nodiscard]] QString currentBundle() const;

    void say(const QString& message); ///< for the status bar

    /// Looks whether the folder is still what was read; folderStateChanged() follows when it is not.
    void checkFolder() { m_watch.check(); }

Q_SIGNALS:
    void folderStateChanged(); ///< folder, state, files, error, changed on disk
    void scanProgressed();
    void filterChanged();
    void indexChanged();
    /// There is another selection. Rows are what a person waits for: the preview shows them now, and whatever
    /// counts them follows in a frame of its own, with selectionChanged(), and the figures in another.
    void rowsChanged();
    void selectionChanged();
    void statisticsChanged();
    void outDirChanged();
    void said(const QString& message);

    // Wishes of one panel that another fulfils; the main window connects them.
    void showRejectionsRequested(); ///< go to the Rejections tab
    void showFindingsRequested(workbench::RowNumber row); ///< in Rejections, the first one chosen
    void showPreviewRequested(workbench::PreviewScope scope);
    void showRowRequested(workbench::RowNumber row); ///< in the Preview
    void exportRequested();
    void publishRequested(const QString& bundleDir); ///< shows the sheet
    void settingsRequested();

private:
    friend class FilterCommand;
    void connectReading();
    void connectWatch();
    void connectJobs();
    void setFilterNow(const ExampleFilter& filter);
    void setIndex(const IndexPtr& index);
    void forgetRows();
    void tellSelection();
    void selectNow();
    void lookAtGrown();
    void endReading(FolderState state);
    void read(const QString& folder, ReviewRunner::Reading reading);
    [[nodiscard]] std::optional<std::string> labelsDir() const;

    WorkbenchOptions m_options;
    QString m_outDir;
    QString m_folder;
    FolderState m_folderState = FolderState::None;
    ExampleFiles m_files;
    LabelSummary m_labels;
    std::optional<Error> m_error;
    QDateTime m_readAt;
    double m_readSeconds = 0;
    ScanProgress m_scanProgress;
    QString m_changedFile;
    QDateTime m_changedAt;
    bool m_folderGone = false;
    bool m_listed = false; ///< the folder could be read; its files may not
    bool m_selecting = false;
    bool m_counting = false;
    bool m_grown = false; ///< since the last look at the rows that are here
    QElapsedTimer m_sinceSelect;
    QTimer m_rest;
    FrameTurns m_turns;
    FrameTurn m_selectionTurn {m_turns};
    FrameTurn m_statisticsTurn {m_turns};
    ExampleFilter m_filter;
    IndexPtr m_index;
    SelectionPtr m_selection;
    StatisticsPtr m_statistics;
    QUndoStack m_undoStack;
    ReviewRunner m_reviews;
    RowService m_rows;
    JobRunner m_jobs;
    std::unique_ptr<PublishRunner> m_publisher;
    QString m_bundle; ///< of the last export
    ExportRequest m_bundleRequest;
    FolderWatch m_watch;
};

} // namespace workbench
