// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs core's reading, selecting and counting off the GUI thread and reports back in order.
#pragma once

#include "core/review/example_index.h"
#include "core/review/selection.h"
#include "core/review/statistics.h"
#include "ui/bridge/found_rows.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace workbench {

/// GUI thread only. Each kind of work has a pool of one thread; a newer request stops the older one of
/// its kind, and only the newest reports.
class ReviewRunner final : public QObject {
    Q_OBJECT

public:
    explicit ReviewRunner(QObject* parent = nullptr);
    ~ReviewRunner() override; ///< asks everything to stop and waits: milliseconds

    /// Where indexes lie while they are in use and are kept for the next time (core/review/index_cache.h).
    /// Empty, as it is at first: in memory, and nothing is kept.
    void setCacheFolder(const QString& folder);

    enum class Reading {
        OrKept, ///< an index that was kept of the very same files will do
        Anew,
    };
    /// Lists the folder and indexes it; ends every other work of the folder before. `labelsDir` as for
    /// listExamples().
    void open(const QString& folder, SchemaPtr schema, unsigned threads, Reading reading = Reading::OrKept,
        const std::optional<std::string>& labelsDir = {});
    void cancelOpen();
    /// Selection first, then its statistics, each reported on its own.
    void select(IndexPtr index, const ExampleFilter& filter);
    /// `column` as in RowColumns; or VerdictColumn; or NumberColumn, of rows in input order.
    void sort(SelectionPtr selection, RowList rows, int column, SortOrder order);
    void cancelSort();
    void search(IndexPtr index, const QString& text);
    void cancelSearch();
    /// Which of what was found is among `rows`.
    void narrow(const FoundRows& found, RowList rows);
    void cancelNarrowing(); ///< and nothing more is heard of it

    static constexpr int VerdictColumn = -1;
    static constexpr int NumberColumn = -2; ///< the place in the listing

Q_SIGNALS:
    void folderListed(const workbench::ExampleFiles& files);
    void indexGrew(workbench::IndexPtr index); ///< also once with the complete one
    void openProgressed(const workbench::ScanProgress& progress); ///< at most 20 a second
    void labelsCounted(const workbench::LabelSummary& labels); ///< just before opened()
    void opened(workbench::IndexPtr index, double seconds); ///< complete
    void openFailed(const workbench::Error& error);
    void selected(workbench::SelectionPtr selection);
    void counted(workbench::StatisticsPtr statistics);
    void sorted(const workbench::RowList& rows);
    void sortFailed(const workbench::Error& error);
    void searchFound(const std::vector<workbench::RowNumber>& rows); ///< a further batch, input order
    void searchFinished();
    void searchFailed(const workbench::Error& error);
    void narrowed(const workbench::RowList& rows);

private:
    struct Lanes; // one for each kind of work (lane.h)
    std::unique_ptr<Lanes> m_lanes;
};

} // namespace workbench
