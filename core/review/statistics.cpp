// SPDX-License-Identifier: Apache-2.0
#include "core/review/statistics.h"

#include "core/json/json_pieces.h"
#include "core/review/index_state.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace workbench {

namespace {

/// The value below which `share` of the sorted values lie, by the nearest rank.
std::size_t rankOf(double share, std::size_t count)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count)));
    return std::clamp<std::size_t>(rank, 1, count) - 1;
}

/// Of a small number that is not negative. Numbers with a sign are converted in one step.
std::size_t wholePart(double number) { return static_cast<std::size_t>(static_cast<std::int32_t>(number)); }

struct Spread {
    double lowest = 0;
    double highest = 0;
    double median = 0;
    double percentile99 = 0;
};

/// Finds values by rank. They are counted in bins first, so that only those of a few bins have to be put in
/// order: a bin's number never falls as values rise, however their differences are rounded.
class Ranks {
public:
    /// `values`, at least one, lie between `lowest` and `highest`; looked at until the last call.
    Ranks(std::span<const double> values, double lowest, double highest, bool wholeNumbers)
        : m_values(values)
        , m_lowest(lowest)
        , m_highest(highest)
    {
        // Infinite for differences too small or too large to divide by: then all are in the first bin.
        m_scale = static_cast<double>(Bins - 1) / (m_highest - m_lowest);
        m_scale = std::isfinite(m_scale) ? m_scale : 0;
        m_binPerNumber = wholeNumbers && m_highest - m_lowest < static_cast<double>(Bins);
        m_scale = m_binPerNumber ? 1 : m_scale;
        for (const double value : values) {
            ++m_counts[binOf(value)];
        }
    }

    /// The values that so many others come before, one a rank.
    template <std::size_t Count>
    [[nodiscard]] std::array<double, Count> at(const std::array<std::size_t, Count>& ranks)
    {
        std::array<Place, Count> places;
        std::ranges::transform(ranks, places.begin(), [this](std::size_t rank) { return placeOf(rank); });
        std::array<double, Count> found {};
        if (m_binPerNumber) {
            std::ranges::transform(places, found.begin(),
                [this](const Place& place) { return m_lowest + static_cast<double>(place.bin); });
            return found;
        }
        std::vector<double> members = membersOf(places);
        for (std::size_t i = 0; i < Count; ++i) {
            // Those of one bin stand together behind this.
            const auto begin = std::partition(
                members.begin(), members.end(), [&](double value) { return binOf(value) != places[i].bin; });
            const auto wanted = begin + static_cast<std::ptrdiff_t>(places[i].rank);
            std::nth_element(begin, wanted, members.end());
            found[i] = *wanted;
        }
        return found;
    }

    /// Each value, with how often it is there.
    template <class Take> void forEach(Take take) const
    {
        if (!m_binPerNumber) {
            for (const double value : m_values) {
                take(value, std::uint64_t {1});
            }
            return;
        }
        for (std::size_t bin = 0; bin < Bins; ++bin) {
            if (m_counts[bin] > 0) {
                take(m_lowest + static_cast<double>(bin), m_counts[bin]);
            }
        }
    }

private:
    static constexpr std::size_t Bins = 4096; ///< 32 KB of counts: they stay in the cache

    struct Place {
        std::size_t bin = 0;
        std::size_t rank = 0; ///< among the bin's
    };

    [[nodiscard]] std::size_t binOf(double value) const { return wholePart((value - m_lowest) * m_scale); }

    [[nodiscard]] Place placeOf(std::size_t rank) const
    {
        Place place {0, rank};
        while (place.rank >= m_counts[place.bin]) {
            place.rank -= m_counts[place.bin++];
        }
        return place;
    }

    /// All values of the bins of `places`, in one walk through the values.
    [[nodiscard]] std::vector<double> membersOf(std::span<const Place> places) const
    {
        std::array<bool, Bins> wanted {};
        std::size_t count = 0;
        for (const Place& place : places) {
            count += wanted[place.bin] ? 0 : m_counts[place.bin];
            wanted[place.bin] = true;
        }
        std::vector<double> members(count + 1); // one more for those that are of no such bin
        std::size_t next = 0;
        for (const double value : m_values) {
            members[next] = value;
            next += wanted[binOf(value)] ? 1 : 0;
        }
        members.pop_back();
        return members;
    }

    std::span<const double> m_values;
    double m_lowest;
    double m_highest;
    double m_scale = 0;
    bool m_binPerNumber = false;
    std::array<std::uint64_t, Bins> m_counts {};
};

/// The values of a column that are some, and how many rows have none.
class Gathered {
public:
    std::uint64_t nulls = 0;
    std::uint64_t hidden = 0;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();

    explicit Gathered(std::size_t rows) : m_values(rows) {}

    [[nodiscard]] std::span<const double> values() const { return std::span(m_values).first(m_count); }

    void clear() { *this = Gathered(std::move(m_values)); }

    /// Not empty, and no more than the rows altogether.
    void add(std::span<const double> column)
    {
        if (isNullValue(column.front()) && std::ranges::all_of(column, isNullValue)) {
            nulls += column.size(); // a feature that no row has
        } else if (isPlainValue(column.front()) && std::ranges::all_of(column, isPlainValue)) {
            std::ranges::copy(column, m_values.begin() + static_cast<std::ptrdiff_t>(m_count));
            m_count += column.size();
            extend(column);
        } else {
            addMixed(column);
        }
    }

private:
    explicit Gathered(std::vector<double> values) : m_values(std::move(values)) {}

    /// Without a branch a value: which rows have none cannot be foretold.
    void addMixed(std::span<const double> column)
    {
        const std::size_t before = m_count;
        std::uint64_t nullsHere = 0;
        for (const double value : column) {
            m_values[m_count] = value;
            m_count += isPlainValue(value) ? 1 : 0;
            nullsHere += isNullValue(value) ? 1 : 0;
        }
        hidden += column.size() - (m_count - before) - nullsHere;
        nulls += nullsHere;
        extend(values().subspan(before));
    }

    /// Side by side: one comparison alone would wait for the one before.
    void extend(std::span<const double> fresh)
    {
        std::array<double, 4> low {lowest, lowest, lowest, lowest};
        std::array<double, 4> high {highest, highest, highest, highest};
        const auto look = [&](std::size_t lane, double value) {
            low[lane] = value < low[lane] ? value : low[lane];
            high[lane] = value > high[lane] ? value : high[lane];
        };
        std::size_t next = 0;
        for (; next + low.size() <= fresh.size(); next += low.size()) {
            for (std::size_t lane = 0; lane < low.size(); ++lane) {
                look(lane, fresh[next + lane]);
            }
        }
        for (; next < fresh.size(); ++next) {
            look(0, fresh[next]);
        }
        lowest = *std::ranges::min_element(low);
        highest = *std::ranges::max_element(high);
    }

    std::vector<double> m_values; ///< room for all rows
    std::size_t m_count = 0;
};

/// Of at least one value.
Spread spreadOf(const Gathered& column, Ranks& ranks)
{
    const std::size_t count = column.values().size();
    const auto [middle, below, percentile99]
        = ranks.at(std::array {count / 2, count % 2 == 0 ? count / 2 - 1 : count / 2, rankOf(0.99, count)});
    return {column.lowest, column.highest, below + (middle - below) / 2, percentile99};
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

/// Tells the bin of a value.
class Binning {
public:
    explicit Binning(const Histogram& histogram)
        : m_from(histogram.from)
        , m_last(static_cast<double>(histogram.bins.size() - 1))
    {
        const double width = histogram.to - histogram.from;
        const auto bins = static_cast<double>(histogram.bins.size());
        m_scale = histogram.oneBinPerNumber ? 1 : width > 0 ? bins / width : 0;
    }

    [[nodiscard]] std::size_t binOf(double value) const
    {
        return wholePart(std::min((value - m_from) * m_scale, m_last));
    }

private:
    double m_from;
    double m_last;
    double m_scale;
};

/// All in one walk through the values.
void fill(ColumnStatistics& counted, const Ranks& values)
{
    const Binning header(counted.header);
    const Binning spread(counted.spread);
    const Binning insight(counted.insight);
    values.forEach([&](double value, std::uint64_t times) {
        counted.header.bins[header.binOf(value)] += times;
        counted.spread.bins[spread.binOf(value)] += times;
        counted.insight.bins[insight.binOf(value)] += times;
    });
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
            return cancelledError();
        }
        return StatisticsPtr(std::move(m_statistics));
    }

private:
    static constexpr std::size_t RowsPerThread = 4096;

    /// Takes one column after the other, as its fellows do, until there is none left.
    void countColumns(const std::stop_token& stop)
    {
        const auto& columns = m_index.columns();
        Gathered gathered(m_rows.size());
        for (std::size_t column = m_nextColumn++; column < columns.size(); column = m_nextColumn++) {
            if (!gather(column, gathered, stop)) {
                return;
            }
            if (column == columns.pressureKeys()) {
                countPressures(gathered);
            }
            m_statistics->columns[column] = countColumn(columns[column], gathered);
        }
    }

    /// The column over all rows. False: asked to stop.
    bool gather(std::size_t column, Gathered& gathered, const std::stop_token& stop) const
    {
        constexpr std::size_t Piece = 16384; // looked at while it is in the cache
        std::array<double, Piece> values; // NOLINT(*-member-init): filled before it is read
        gathered.clear();
        for (std::size_t done = 0; done < m_rows.size() && !stop.stop_requested(); done += Piece) {
            const auto rows = std::span(m_rows).subspan(done, std::min(Piece, m_rows.size() - done));
            m_index.values(column, rows, std::span(values).first(rows.size()));
            gathered.add(std::span(values).first(rows.size()));
        }
        return !stop.stop_requested();
    }

    static ColumnStatistics countColumn(const RowColumn& column, const Gathered& gathered)
    {
        ColumnStatistics counted;
        counted.nulls = gathered.nulls;
        counted.hidden = gathered.hidden;
        counted.values = gathered.values().size();
        if (column.kind == ColumnKind::Enum || column.kind == ColumnKind::Boolean) {
            countCodes(column, gathered.values(), counted);
        } else if (isMeasured(column.kind) && counted.values > 0) {
            measure(column, gathered, counted);
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

    static void measure(const RowColumn& column, const Gathered& gathered, ColumnStatistics& counted)
    {
        const bool whole = column.kind == ColumnKind::Integer;
        Ranks ranks(gathered.values(), gathered.lowest, gathered.highest, whole);
        const Spread spread = spreadOf(gathered, ranks);
        counted.lowest = spread.lowest;
        counted.highest = spread.highest;
        counted.median = spread.median;
        counted.header = emptyHistogram(spread, HeaderBins, whole);
        counted.spread = emptyHistogram(spread, SpreadBins, whole);
        counted.insight = emptyHistogram(spread, InsightBins, whole);
        fill(counted, ranks);
    }

    /// `gathered` is the column of pressure keys.
    void countPressures(const Gathered& gathered)
    {
        const auto& sets = m_index.pressureKeySets();
        std::vector<std::uint64_t> rowsBySet(sets.size());
        for (const double code : gathered.values()) {
            ++rowsBySet[static_cast<std::size_t>(code)];
        }
        m_statistics->rowsWithoutPressure += gathered.nulls;
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
