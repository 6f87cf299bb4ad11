// SPDX-License-Identifier: Apache-2.0
#include "core/review/statistics.h"

#include "core/json/json_pieces.h"
#include "core/review/index_state.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <cmath>
#include <set>

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

    Result<StatisticsPtr> run(const std::stop_token& stop)
    {
        m_values.resize(m_rows.size());
        const auto& columns = m_index.columns();
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (!gather(column, stop)) {
                return Error {ErrorCode::Cancelled, "cancelled", {}};
            }
            m_statistics->columns.push_back(countColumn(columns[column]));
            if (column == columns.pressureKeys()) {
                countPressures();
            }
        }
        countRows();
        if (stop.stop_requested()) {
            return Error {ErrorCode::Cancelled, "cancelled", {}};
        }
        return StatisticsPtr(std::move(m_statistics));
    }

private:
    /// The column's values over all rows into `m_values`. False: asked to stop.
    bool gather(std::size_t column, const std::stop_token& stop)
    {
        for (std::size_t done = 0; done < m_rows.size(); done += IndexSegment::MaxRows) {
            if (stop.stop_requested()) {
                return false;
            }
            const std::size_t count = std::min(IndexSegment::MaxRows, m_rows.size() - done);
            m_index.values(
                column, std::span(m_rows).subspan(done, count), std::span(m_values).subspan(done, count));
        }
        return !stop.stop_requested();
    }

    ColumnStatistics countColumn(const RowColumn& column)
    {
        ColumnStatistics counted;
        m_plain.clear();
        for (const double value : m_values) {
            if (isPlainValue(value)) {
                m_plain.push_back(value);
            } else {
                ++(isNullValue(value) ? counted.nulls : counted.hidden);
            }
        }
        counted.values = m_plain.size();
        if (column.kind == ColumnKind::Enum || column.kind == ColumnKind::Boolean) {
            countCodes(column, counted);
        } else if (isMeasured(column.kind) && !m_plain.empty()) {
            measure(column, counted);
        }
        return counted;
    }

    void countCodes(const RowColumn& column, ColumnStatistics& counted) const
    {
        counted.counts.resize(column.kind == ColumnKind::Boolean ? 2 : column.values.size());
        for (const double code : m_plain) {
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

    void measure(const RowColumn& column, ColumnStatistics& counted)
    {
        const Spread spread = spreadOf(m_plain);
        counted.lowest = spread.lowest;
        counted.highest = spread.highest;
        counted.median = spread.median;
        const bool whole = column.kind == ColumnKind::Integer;
        counted.header = emptyHistogram(spread, HeaderBins, whole);
        counted.spread = emptyHistogram(spread, SpreadBins, whole);
        counted.insight = emptyHistogram(spread, InsightBins, whole);
        fill(counted.header, m_plain);
        fill(counted.spread, m_plain);
        fill(counted.insight, m_plain);
    }

    /// While `m_values` holds the column of pressure keys.
    void countPressures()
    {
        const auto& sets = m_index.pressureKeySets();
        std::vector<std::uint64_t> rowsBySet(sets.size());
        for (const double code : m_values) {
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
    std::vector<double> m_values;
    std::vector<double> m_plain;
};

} // namespace

double ColumnStatistics::nullRate() const
{
    const std::uint64_t rows = values + nulls + hidden;
    return rows == 0 ? 0 : static_cast<double>(nulls) / static_cast<double>(rows);
}

Result<StatisticsPtr> computeStatistics(SelectionPtr selection, std::stop_token stop)
{
    return Counting(std::move(selection)).run(stop);
}

} // namespace workbench
