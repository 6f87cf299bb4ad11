// SPDX-License-Identifier: Apache-2.0
#include "core/review/statistics.h"

#include "core/json/json_pieces.h"
#include "core/review/index_state.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <set>
#include <span>
#include <thread>

namespace workbench {

namespace {

/// The value below which `share` of the sorted values lie, by the nearest rank.
std::size_t rankOf(double share, std::size_t count)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count)));
    return std::clamp<std::size_t>(rank, 1, count) - 1;
}

struct Spread {
    double lowest = 0;
    double highest = 0;
    double median = 0;
    double percentile99 = 0;
};

/// Puts `values`, at least one, in another order.
Spread spreadOf(std::span<double> values)
{
    Spread spread;
    const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
    spread.lowest = *lowest;
    spread.highest = *highest;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    spread.median = *middle;
    if (values.size() % 2 == 0) {
        const double below = *std::max_element(values.begin(), middle);
        spread.median = below + (*middle - below) / 2;
    }
    const auto near = values.begin() + static_cast<std::ptrdiff_t>(rankOf(0.99, values.size()));
    if (near > middle) { // what lies below the middle is there already
        std::nth_element(middle, near, values.end());
        spread.percentile99 = *near;
    } else {
        spread.percentile99 = *middle;
    }
    return spread;
}

Histogram emptyHistogram(const Spread& spread, std::size_t bins, bool wholeNumbers)
{
    Histogram histogram;
    histogram.from = spread.lowest;
    // With hardly anything above the lowest value the 99th percentile is no width to divide.
    // And where every whole number has its own bin, nothing needs to be cut: a score of 5 stays a 5.
    const bool few = wholeNumbers && spread.highest - spread.lowest < static_cast<double>(bins);
    histogram.to = !few && spread.percentile99 > spread.lowest ? spread.percentile99 : spread.highest;
    histogram.lastBinHoldsRest = spread.highest > histogram.to;
    const double width = histogram.to - histogram.from;
    if (width == 0) {
        histogram.bins.resize(1);
    } else if (wholeNumbers && width < static_cast<double>(bins)) {
        histogram.bins.resize(static_cast<std::size_t>(width) + 1);
        histogram.oneBinPerNumber = true;
    } else {
        histogram.bins.resize(bins);
    }
    return histogram;
}

void fill(Histogram& histogram, std::span<const double> values)
{
    const double width = histogram.to - histogram.from;
    const auto bins = static_cast<double>(histogram.bins.size());
    const double last = bins - 1;
    const double scale = histogram.oneBinPerNumber ? 1 : width > 0 ? bins / width : 0;
    for (const double value : values) {
        const double bin = std::min((value - histogram.from) * scale, last);
        ++histogram.bins[static_cast<std::size_t>(bin)];
    }
}

bool isMeasured(ColumnKind kind)
{
    return kind == ColumnKind::Integer || kind == ColumnKind::Number || kind == ColumnKind::Time;
}

class Counting {
public:
    explicit Counting(SelectionPtr selection)
        : m_index(*selection->index)
        , m_rows(selection->matched)
        , m_statistics(std::make_shared<Statistics>())
    {
        m_statistics->selection = std::move(selection);
    }

    Result<StatisticsPtr> run(unsigned threads, const std::stop_token& stop)
    {
        m_statistics->columns.resize(m_index.columns().size());
        {
            std::vector<std::jthread> others;
            // Small selections are counted before another thread is awake.
            for (unsigned i = 1; i < threads && m_rows.size() > RowsPerThread; ++i) {
                others.emplace_back([this, &stop] { countColumns(stop); });
            }
            countColumns(stop);
        }
        countRows();
        if (stop.stop_requested()) {
            return Error {ErrorCode::Cancelled, "cancelled", {}};
        }
        return StatisticsPtr(std::move(m_statistics));
    }

private:
    static constexpr std::size_t RowsPerThread = 4096;

    /// Takes one column after the other, as its fellows do, until there is none left.
    void countColumns(const std::stop_token& stop)
    {
        const auto& columns = m_index.columns();
        std::vector<double> values(m_rows.size());
        for (std::size_t column = m_nextColumn++; column < columns.size(); column = m_nextColumn++) {
            values.resize(m_rows.size());
            if (!gather(column, values, stop)) {
                return;
            }
            if (column == columns.pressureKeys()) {
                countPressures(values);
            }
            m_statistics->columns[column] = countColumn(columns[column], values);
        }
    }

    /// The column's values over all rows. False: asked to stop.
    bool gather(std::size_t column, std::span<double> values, const std::stop_token& stop) const
    {
        for (std::size_t done = 0; done < m_rows.size(); done += IndexSegment::MaxRows) {
            if (stop.stop_requested()) {
                return false;
            }
            const std::size_t count = std::min(IndexSegment::MaxRows, m_rows.size() - done);
            m_index.values(column, std::span(m_rows).subspan(done, count), values.subspan(done, count));
        }
        return !stop.stop_requested();
    }

    /// Leaves in `values` only those that are values.
    static ColumnStatistics countColumn(const RowColumn& column, std::vector<double>& values)
    {
        ColumnStatistics counted;
        const auto plain = std::remove_if(values.begin(), values.end(), [&counted](double value) {
            if (isPlainValue(value)) {
                return false;
            }
            ++(isNullValue(value) ? counted.nulls : counted.hidden);
            return true;
        });
        values.erase(plain, values.end());
        counted.values = values.size();
        if (column.kind == ColumnKind::Enum || column.kind == ColumnKind::Boolean) {
            countCodes(column, values, counted);
        } else if (isMeasured(column.kind) && !values.empty()) {
            measure(column, values, counted);
        }
        return counted;
    }

    static void countCodes(const RowColumn& column, std::span<const double> values, ColumnStatistics& counted)
    {
        counted.counts.resize(column.kind == ColumnKind::Boolean ? 2 : column.values.size());
        for (const double code : values) {
            const auto place = static_cast<std::size_t>(code);
            if (place < counted.counts.size()) {
                ++counted.counts[place];
            }
        }
        // One bar per value: the same picture at every size.
        for (Histogram* histogram : {&counted.header, &counted.spread, &counted.insight}) {
            histogram->to = counted.counts.empty() ? 0 : static_cast<double>(counted.counts.size() - 1);
            histogram->bins = counted.counts;
            histogram->oneBinPerNumber = true;
        }
    }

    static void measure(const RowColumn& column, std::span<double> values, ColumnStatistics& counted)
    {
        const Spread spread = spreadOf(values);
        counted.lowest = spread.lowest;
        counted.highest = spread.highest;
        counted.median = spread.median;
        const bool whole = column.kind == ColumnKind::Integer;
        counted.header = emptyHistogram(spread, HeaderBins, whole);
        counted.spread = emptyHistogram(spread, SpreadBins, whole);
        counted.insight = emptyHistogram(spread, InsightBins, whole);
        fill(counted.header, values);
        fill(counted.spread, values);
        fill(counted.insight, values);
    }

    /// `values` are those of the column of pressure keys.
    void countPressures(std::span<const double> values)
    {
        const auto& sets = m_index.pressureKeySets();
        std::vector<std::uint64_t> rowsBySet(sets.size());
        for (const double code : values) {
            if (isPlainValue(code)) {
                ++rowsBySet[static_cast<std::size_t>(code)];
            } else if (isNullValue(code)) {
                ++m_statistics->rowsWithoutPressure;
            }
        }
        for (std::size_t set = 0; set < sets.size(); ++set) {
            if (rowsBySet[set] == 0) {
                continue;
            }
            std::set<std::string> keys; // a row may name one twice
            forEachPiece(
                sets[set], [&](std::string_view, std::string_view key) { keys.insert(plainText(key)); });
            for (const auto& key : keys) {
                m_statistics->pressureKeys[key] += rowsBySet[set];
            }
            m_statistics->rowsWithoutPressure += keys.empty() ? rowsBySet[set] : 0;
        }
    }

    void countRows()
    {
        const std::size_t sources = m_index.schema()->sources().size();
        const std::size_t industries = m_index.schema()->industries().size();
        auto& table = m_statistics->industryBySource;
        table.assign(industries, std::vector<std::uint64_t>(sources));
        auto next = m_rows.begin();
        for (const auto& segment : m_index.state().segments) {
            const std::size_t end = segment->firstRow + segment->rows();
            for (; next != m_rows.end() && *next < end; ++next) {
                const IndexSegment::Kind& kind = segment->kindOf(*next - segment->firstRow);
                if (kind.source < sources && kind.industry < industries) {
                    ++table[kind.industry][kind.source];
                }
                m_statistics->labelledRows += (kind.flags & IndexSegment::Labelled) != 0 ? 1 : 0;
            }
        }
    }

    const ExampleIndex& m_index;
    const std::vector<RowNumber>& m_rows;
    std::shared_ptr<Statistics> m_statistics;
    std::atomic<std::size_t> m_nextColumn = 0;
};

} // namespace

double ColumnStatistics::nullRate() const
{
    const std::uint64_t rows = values + nulls + hidden;
    return rows == 0 ? 0 : static_cast<double>(nulls) / static_cast<double>(rows);
}

Result<StatisticsPtr> computeStatistics(SelectionPtr selection, std::stop_token stop, unsigned threads)
{
    return Counting(std::move(selection)).run(threads, stop);
}

} // namespace workbench
