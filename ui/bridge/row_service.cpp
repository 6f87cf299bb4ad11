// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/row_service.h"

#include "ui/bridge/qt_text.h"

#include <QThreadPool>

#include <algorithm>
#include <deque>
#include <stop_token>
#include <unordered_map>
#include <unordered_set>

namespace workbench {

namespace {

/// Loaded in one go; a newer wish waits no longer than for these.
constexpr std::size_t BatchRows = 64; ///< a page at once: each batch is painted

} // namespace

/// All of it belongs to the GUI thread; the pool's one thread has the loader while a task runs.
struct RowService::State {
    struct Entry {
        LoadedRowPtr row;
        quint64 used = 0;
    };

    explicit State(RowService* service) : receiver(service) { pool.setMaxThreadCount(1); }
    ~State() { stop.request_stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// `work` on the other thread with the loader, then `report` here unless the index was replaced.
    template <class Work, class Report> void run(Work work, Report report)
    {
        ++running;
        pool.start(
            [this, work = std::move(work), report = std::move(report), with = loader, of = generation] {
                auto answer = work(*with);
                QMetaObject::invokeMethod(
                    receiver,
                    [this, answer = std::move(answer), report = std::move(report), of]() mutable {
                        --running;
                        if (of == generation) {
                            report(std::move(answer));
                        }
                    },
                    Qt::QueuedConnection);
            });
    }

    void keep(const LoadedRowPtr& row)
    {
        cache[row->row] = {row, ++clock};
        if (cache.size() <= CacheRows) {
            return;
        }
        // The older half goes at once: that is cheaper than keeping an order all the time.
        std::vector<quint64> ages;
        ages.reserve(cache.size());
        for (const auto& [number, entry] : cache) {
            ages.push_back(entry.used);
        }
        const auto middle = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 2);
        std::nth_element(ages.begin(), middle, ages.end());
        const quint64 oldest = *middle;
        std::vector<LoadedRowPtr> old;
        old.reserve(cache.size());
        std::erase_if(cache, [oldest, &old](auto& item) {
            const bool goes = item.second.used < oldest;
            if (goes) {
                old.push_back(std::move(item.second.row));
            }
            return goes;
        });
        // Thousands of rows with all their texts: freeing them takes half a frame.
        QThreadPool::globalInstance()->start([old = std::move(old)]() mutable { old.clear(); });
    }

    void loadNext();

    RowService* receiver;
    IndexPtr index;
    std::shared_ptr<RowLoader> loader;
    quint64 generation = 0; ///< of the index
    mutable std::unordered_map<RowNumber, Entry> cache;
    mutable quint64 clock = 0;
    std::deque<RowNumber> wanted; ///< the next one first
    std::unordered_set<RowNumber> loading;
    std::unordered_set<RowNumber> failed; ///< not asked for again, or each paint would
    std::size_t running = 0; ///< tasks given to the pool and not answered
    std::stop_source stop;
    QThreadPool pool; // last: its destructor waits while the others still live
};

void RowService::State::loadNext()
{
    if (!loading.empty() || wanted.empty()) {
        return;
    }
    const std::size_t count = std::min(BatchRows, wanted.size());
    std::vector<RowNumber> rows(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(count));
    wanted.erase(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(count));
    loading.insert(rows.begin(), rows.end());

    struct Batch {
        std::vector<LoadedRowPtr> rows;
        std::vector<RowNumber> failed;
        std::optional<Error> error; ///< the first
    };
    run(
        [rows = std::move(rows), token = stop.get_token()](RowLoader& from) {
            Batch batch;
            for (const RowNumber row : rows) {
                if (token.stop_requested()) {
                    break;
                }
                auto loadedRow = from.load(row, token);
                if (loadedRow) {
                    batch.rows.push_back(std::make_shared<const LoadedRow>(std::move(*loadedRow)));
                    continue;
                }
                batch.failed.push_back(row);
                if (!batch.error) {
                    batch.error = loadedRow.error();
                }
            }
            return batch;
        },
        [this](Batch batch) {
            loading.clear();
            std::vector<RowNumber> numbers;
            for (const auto& row : batch.rows) {
                keep(row);
                numbers.push_back(row->row);
            }
            failed.insert(batch.failed.begin(), batch.failed.end());
            loadNext();
            if (!numbers.empty()) {
                Q_EMIT receiver->loaded(numbers);
            }
            if (batch.error) {
                Q_EMIT receiver->loadFailed(*batch.error);
            }
        });
}

RowService::RowService(QObject* parent) : QObject(parent), m_state(std::make_unique<State>(this)) {}
RowService::~RowService() = default;

void RowService::setIndex(IndexPtr index)
{
    auto& state = *m_state;
    const bool continues = state.index && index && index->schema() == state.index->schema()
        && index->rows() >= state.index->rows() && index->files().files == state.index->files().files;
    state.index = std::move(index);
    state.loader = state.index ? std::make_shared<RowLoader>(state.index) : nullptr;
    if (!continues) {
        ++state.generation;
        state.cache.clear();
        state.wanted.clear();
        state.loading.clear();
        state.failed.clear();
    }
}

LoadedRowPtr RowService::cached(RowNumber row) const
{
    const auto found = m_state->cache.find(row);
    if (found == m_state->cache.end()) {
        return nullptr;
    }
    found->second.used = ++m_state->clock;
    return found->second.row;
}

void RowService::request(std::span<const RowNumber> rows)
{
    auto& state = *m_state;
    if (!state.index) {
        return;
    }
    std::vector<RowNumber> missing;
    std::unordered_set<RowNumber> asked;
    for (const RowNumber row : rows) {
        if (row < state.index->rows() && !state.cache.contains(row) && !state.loading.contains(row)
            && !state.failed.contains(row) && asked.insert(row).second) {
            missing.push_back(row);
        }
    }
    std::erase_if(state.wanted, [&](RowNumber row) { return asked.contains(row); });
    state.wanted.insert(state.wanted.begin(), missing.begin(), missing.end());
    if (state.wanted.size() > CacheRows / 2) {
        state.wanted.resize(CacheRows / 2);
    }
    state.loadNext();
}

bool RowService::busy() const { return m_state->running > 0 || !m_state->wanted.empty(); }

void RowService::requestMaskedLine(RowNumber row)
{
    if (!m_state->index || row >= m_state->index->rows()) {
        return;
    }
    m_state->run(
        [row, token = m_state->stop.get_token()](RowLoader& loader) { return loader.maskedLine(row, token); },
        [this, row](const Result<MaskedLine>& line) {
            if (line) {
                Q_EMIT maskedLineReady(row, *line);
            } else {
                Q_EMIT maskedLineFailed(row, line.error());
            }
        });
}

void RowService::requestReveal(const IndexedFinding& finding)
{
    if (!m_state->index || finding.row >= m_state->index->rows()) {
        return;
    }
    m_state->run(
        [finding, token = m_state->stop.get_token()](
            RowLoader& loader) { return loader.reveal(finding, RowLoader::RevealedCharacters, token); },
        [this, finding](const Result<std::string>& raw) {
            if (raw) {
                Q_EMIT revealed(finding, toQt(*raw));
            } else {
                Q_EMIT revealFailed(finding, raw.error());
            }
        });
}

} // namespace workbench
