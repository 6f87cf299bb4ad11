// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/review_runner.h"

#include "core/job/scan.h"
#include "ui/bridge/lane.h"
#include "ui/bridge/qt_text.h"

#include <QThreadPool>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace workbench {
namespace {

/// The same object, but whoever lets go of it last does not free it himself: rows by the million would cost
/// the GUI thread a frame or two.
template <class Type> std::shared_ptr<const Type> freedAside(std::shared_ptr<const Type> object)
{
    const Type* const plain = object.get();
    return {plain, [object = std::move(object)](const Type* /*plain*/) mutable {
                QThreadPool::globalInstance()->start([last = std::move(object)]() mutable { last.reset(); });
            }};
}

/// False: asked to stop meanwhile.
bool rest(std::chrono::milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

/// The rows are painted in the first frame, what counts them in the second and one of them in full in the
/// third.
constexpr std::chrono::milliseconds UntilPainted(60);
constexpr std::size_t FirstHits = 64; ///< more than a screen shows
constexpr int FirstHitsMs = 15;
constexpr std::size_t SoonCounted = 100'000; ///< rows; counted within a frame

} // namespace

struct ReviewRunner::Lanes {
    explicit Lanes(QObject* receiver)
        : opening(receiver, ThreadRank::Background)
        , selecting(receiver)
        , sorting(receiver)
        , searching(receiver)
        , narrowing(receiver)
    {
    }

    Lane opening;
    Lane selecting; ///< and counting
    Lane sorting;
    Lane searching;
    Lane narrowing; ///< while the search goes on
    std::string cacheFolder;
};

ReviewRunner::ReviewRunner(QObject* parent) : QObject(parent), m_lanes(std::make_unique<Lanes>(this)) {}

ReviewRunner::~ReviewRunner()
{
    // All at once, so that the waiting that follows is for the slowest and not for each in turn.
    m_lanes->opening.cancel();
    m_lanes->selecting.cancel();
    m_lanes->sorting.cancel();
    m_lanes->searching.cancel();
}

void ReviewRunner::setCacheFolder(const QString& folder) { m_lanes->cacheFolder = fromQt(folder); }

void ReviewRunner::open(const QString& folder, SchemaPtr schema, unsigned threads, Reading reading,
    const std::optional<std::string>& labelsDir)
{
    m_lanes->selecting.forget();
    m_lanes->sorting.forget();
    m_lanes->searching.forget();
    m_lanes->narrowing.forget();
    m_lanes->opening.start(
        [this, folder = fromQt(folder), schema = std::move(schema), threads, reading, labelsDir,
            cacheFolder = m_lanes->cacheFolder](const std::stop_token& stop, const Lane::Report& report) {
            QElapsedTimer timer;
            timer.start();
            auto files = listExamples(folder, labelsDir);
            if (!files) {
                report([this, error = files.error()] { Q_EMIT openFailed(error); });
                return;
            }
            report([this, listed = *files] { Q_EMIT folderListed(listed); });

            IndexRequest request;
            request.files = std::move(*files);
            request.schema = schema;
            request.threads = threads;
            request.cacheFolder = cacheFolder;
            request.readAnew = reading == Reading::Anew;
            Throttle throttle;
            ScanProgress last;
            IndexPtr newest;
            const auto summary = buildIndex(
                request,
                [&](IndexPtr index) {
                    newest = index = freedAside(std::move(index));
                    report([this, index = std::move(index)] { Q_EMIT indexGrew(index); });
                },
                [&](const ScanProgress& progress) {
                    last = progress;
                    if (throttle.due()) {
                        report([this, progress] { Q_EMIT openProgressed(progress); });
                    }
                },
                stop);
            report([this, last] { Q_EMIT openProgressed(last); });
            if (!summary) {
                report([this, error = summary.error()] { Q_EMIT openFailed(error); });
                return;
            }
            const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
            report([this, labels = summary->labels] { Q_EMIT labelsCounted(labels); });
            report([this, newest, seconds] { Q_EMIT opened(newest, seconds); });
        });
}

void ReviewRunner::cancelOpen() { m_lanes->opening.cancel(); }

void ReviewRunner::select(IndexPtr index, const ExampleFilter& filter)
{
    m_lanes->selecting.start(
        [this, index = std::move(index), filter](const std::stop_token& stop, const Lane::Report& report) {
            auto picked = workbench::select(index, filter, stop);
            if (!picked) {
                return; // stopped for a newer one, which reports instead
            }
            const SelectionPtr selection = freedAside(std::move(*picked));
            report([this, selection] { Q_EMIT selected(selection); });
            // Counting takes all cores, and one that paints would lose it for some milliseconds.
            if (selection->matched.size() > SoonCounted && !rest(UntilPainted, stop)) {
                return;
            }
            // While rows are still being read the cores belong to the reading.
            const unsigned threads = index->complete() ? defaultThreads() : 1;
            auto statistics = computeStatistics(selection, stop, threads);
            if (statistics) {
                report([this, all = freedAside(std::move(*statistics))] { Q_EMIT counted(all); });
            }
        });
}

void ReviewRunner::sort(SelectionPtr selection, RowList rows, int column, SortOrder order)
{
    m_lanes->sorting.start([this, selection = std::move(selection), rows = std::move(rows), column, order](
                               const std::stop_token& stop, const Lane::Report& report) {
        if (column == NumberColumn) {
            RowList all = order == SortOrder::Ascending
                ? rows
                : freedAside<std::vector<RowNumber>>(
                    std::make_shared<std::vector<RowNumber>>(rows->rbegin(), rows->rend()));
            report([this, all = std::move(all)] { Q_EMIT sorted(all); });
            return;
        }
        auto sortedRows = column == VerdictColumn
            ? Result<std::vector<RowNumber>>(sortByVerdict(*selection->index, *rows, order))
            : sortRows(*selection->index, *rows, static_cast<std::size_t>(column), order, stop);
        if (sortedRows) {
            RowList all = freedAside<std::vector<RowNumber>>(
                std::make_shared<std::vector<RowNumber>>(std::move(*sortedRows)));
            report([this, all = std::move(all)] { Q_EMIT sorted(all); });
        } else {
            report([this, error = sortedRows.error()] { Q_EMIT sortFailed(error); });
        }
    });
}

void ReviewRunner::cancelSort() { m_lanes->sorting.cancel(); }

void ReviewRunner::search(IndexPtr index, const QString& text)
{
    m_lanes->searching.start([this, index = std::move(index), text = fromQt(text)](
                                 const std::stop_token& stop, const Lane::Report& report) {
        // A page of hits at once, or what there is of it soon. The others gathered: a folder may hold a hit
        // in every window.
        QElapsedTimer begun;
        begun.start();
        bool handed = false;
        Throttle throttle;
        std::vector<RowNumber> pending;
        const auto hand = [&] {
            if (!pending.empty()) {
                report([this, rows = std::move(pending)] { Q_EMIT searchFound(rows); });
                pending.clear();
                handed = true;
            }
        };
        const auto found = [&](std::span<const RowNumber> rows) {
            pending.insert(pending.end(), rows.begin(), rows.end());
            const bool worthIt = handed || pending.size() >= FirstHits || begun.hasExpired(FirstHitsMs);
            if (worthIt && throttle.due()) {
                hand();
            }
        };
        const auto searched = searchById(*index, text, found, stop);
        hand();
        if (searched) {
            report([this] { Q_EMIT searchFinished(); });
        } else {
            report([this, error = searched.error()] { Q_EMIT searchFailed(error); });
        }
    });
}

void ReviewRunner::cancelSearch() { m_lanes->searching.cancel(); }

void ReviewRunner::narrow(const FoundRows& found, RowList rows)
{
    m_lanes->narrowing.start(
        [this, found, rows = std::move(rows)](const std::stop_token& /*stop*/, const Lane::Report& report) {
            RowList both = freedAside<std::vector<RowNumber>>(
                std::make_shared<std::vector<RowNumber>>(found.among(*rows)));
            report([this, both = std::move(both)] { Q_EMIT narrowed(both); });
        });
}

void ReviewRunner::cancelNarrowing() { m_lanes->narrowing.forget(); }

} // namespace workbench
