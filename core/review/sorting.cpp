// SPDX-License-Identifier: Apache-2.0
#include "core/review/index_state.h"
#include "core/review/selection.h"
#include "core/review/source_lines.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace workbench {

namespace {

/// Lists that are sorted by another column may come in; ties go by input.
void putInInputOrder(std::vector<RowNumber>& rows)
{
    if (!std::is_sorted(rows.begin(), rows.end())) {
        std::sort(rows.begin(), rows.end());
    }
}

/// Sorts places by their values, ties by place. A value's share of the range, as a whole number of 32 bits,
/// is sorted digit after digit: stable, without comparisons, and quick to stop. What falls together is looked
/// at more closely: a few by comparing, many by the share of their own range.
class ShareSort {
public:
    ShareSort(std::span<const double> values, SortOrder order) : m_values(values), m_order(order) {}

    /// False: asked to stop. `places` ascend.
    [[nodiscard]] bool run(std::span<std::uint32_t> places, const std::stop_token& stop)
    {
        m_entries.resize(places.size());
        m_others.resize(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            m_entries[i].place = places[i];
        }
        if (!sort(m_entries, m_others, stop)) {
            return false;
        }
        for (std::size_t i = 0; i < places.size(); ++i) {
            places[i] = m_entries[i].place;
        }
        return true;
    }

private:
    struct Entry {
        std::uint32_t share = 0;
        std::uint32_t place = 0;
    };
    static constexpr unsigned DigitBits = 11;
    static constexpr std::size_t Digits = std::size_t {1} << DigitBits;
    static constexpr std::size_t Passes = 3;
    static constexpr std::size_t Few = 256;

    /// `others` is room for as many.
    [[nodiscard]] bool sort(std::span<Entry> entries, std::span<Entry> others, const std::stop_token& stop)
    {
        const auto inOrder = [this](const Entry& a, const Entry& b) { return isBefore(a, b); };
        if (std::is_sorted(entries.begin(), entries.end(), inOrder)) {
            return true;
        }
        if (entries.size() < Few || !takeShares(entries)) {
            std::stable_sort(entries.begin(), entries.end(), inOrder);
            return true;
        }
        if (!sortByShare(entries, others, stop)) {
            return false;
        }
        for (std::size_t begin = 0; begin < entries.size();) {
            std::size_t end = begin + 1;
            while (end < entries.size() && entries[end].share == entries[begin].share) {
                ++end;
            }
            // Fewer than before: the lowest and the highest value have different shares.
            if (!sort(entries.subspan(begin, end - begin), others.subspan(begin, end - begin), stop)) {
                return false;
            }
            begin = end;
        }
        return true;
    }

    [[nodiscard]] bool isBefore(const Entry& a, const Entry& b) const
    {
        return m_order == SortOrder::Ascending ? m_values[a.place] < m_values[b.place]
                                               : m_values[b.place] < m_values[a.place];
    }

    /// False: the range is none that can be divided.
    bool takeShares(std::span<Entry> entries) const
    {
        double lowest = m_values[entries.front().place];
        double highest = lowest;
        for (const Entry& entry : entries) {
            lowest = std::min(lowest, m_values[entry.place]);
            highest = std::max(highest, m_values[entry.place]);
        }
        constexpr double Most = std::numeric_limits<std::uint32_t>::max();
        const double scale = Most / (highest - lowest);
        if (!std::isfinite(highest - lowest) || !std::isfinite(scale)) {
            return false;
        }
        // Rounding may put two values together, but never the wrong way round.
        for (Entry& entry : entries) {
            const double value = m_values[entry.place];
            const double above = m_order == SortOrder::Ascending ? value - lowest : highest - value;
            entry.share = static_cast<std::uint32_t>(std::min(above * scale, Most));
        }
        return true;
    }

    static bool sortByShare(std::span<Entry> entries, std::span<Entry> others, const std::stop_token& stop)
    {
        std::array<std::array<std::uint32_t, Digits>, Passes> places {};
        for (const Entry& entry : entries) {
            for (std::size_t pass = 0; pass < Passes; ++pass) {
                ++places[pass][(entry.share >> (pass * DigitBits)) % Digits];
            }
        }
        bool swapped = false;
        for (std::size_t pass = 0; pass < Passes; ++pass) {
            if (stop.stop_requested()) {
                return false;
            }
            auto& next = places[pass];
            if (std::find(next.begin(), next.end(), entries.size()) != next.end()) {
                continue; // the same digit everywhere
            }
            std::exclusive_scan(next.begin(), next.end(), next.begin(), std::uint32_t {0});
            const auto from = swapped ? others : entries;
            const auto to = swapped ? entries : others;
            for (const Entry& entry : from) {
                to[next[(entry.share >> (pass * DigitBits)) % Digits]++] = entry;
            }
            swapped = !swapped;
        }
        if (swapped) {
            std::copy(others.begin(), others.end(), entries.begin());
        }
        return true;
    }

    std::span<const double> m_values;
    SortOrder m_order;
    std::vector<Entry> m_entries;
    std::vector<Entry> m_others;
};

/// Place of each set of pressure keys in the order of their texts.
std::vector<double> ranksOf(const std::vector<std::string>& sets)
{
    std::vector<std::size_t> order(sets.size());
    std::iota(order.begin(), order.end(), std::size_t {0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sets[a] < sets[b]; });
    std::vector<double> ranks(sets.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        ranks[order[rank]] = static_cast<double>(rank);
    }
    return ranks;
}

Result<std::vector<RowNumber>> sortByValue(const ExampleIndex& index, const std::vector<RowNumber>& rows,
    std::size_t column, SortOrder order, const std::stop_token& stop)
{
    std::vector<double> values(rows.size());
    for (std::size_t done = 0; done < rows.size(); done += RowsBetweenAsks) {
        if (stop.stop_requested()) {
            return cancelledError();
        }
        const std::size_t count = std::min(RowsBetweenAsks, rows.size() - done);
        index.values(column, std::span(rows).subspan(done, count), std::span(values).subspan(done, count));
    }
    const bool areKeys = index.columns()[column].kind == ColumnKind::Keys;
    const auto ranks = areKeys ? ranksOf(index.pressureKeySets()) : std::vector<double>();

    std::vector<std::uint32_t> places;
    std::vector<RowNumber> last; // nothing there, or nothing to be shown
    places.reserve(rows.size());
    for (std::size_t place = 0; place < rows.size(); ++place) {
        if (!isPlainValue(values[place])) {
            last.push_back(rows[place]);
            continue;
        }
        if (areKeys) {
            values[place] = ranks[static_cast<std::size_t>(values[place])];
        }
        places.push_back(static_cast<std::uint32_t>(place));
    }
    if (!ShareSort(values, order).run(places, stop)) {
        return cancelledError();
    }
    std::vector<RowNumber> sorted;
    sorted.reserve(rows.size());
    for (const std::uint32_t place : places) {
        sorted.push_back(rows[place]);
    }
    sorted.insert(sorted.end(), last.begin(), last.end());
    return sorted;
}

/// An id without an allocation of its own: its first bytes as a number, and where the whole stands.
struct IdEntry {
    std::uint64_t first = 0;
    std::uint64_t offset = 0; ///< in one long text of all ids
    std::uint32_t length = 0;
    RowNumber row = 0;
};

std::uint64_t firstBytes(std::string_view id)
{
    std::uint64_t number = 0;
    for (std::size_t place = 0; place < sizeof number; ++place) {
        number = number << 8U | (place < id.size() ? static_cast<unsigned char>(id[place]) : 0U);
    }
    return number;
}

Result<std::vector<RowNumber>> sortById(const ExampleIndex& index, const std::vector<RowNumber>& rows,
    SortOrder order, const std::stop_token& stop)
{
    std::vector<RowNumber> last;
    std::vector<RowNumber> wanted;
    std::vector<double> seen(rows.size());
    index.values(RowColumns::ExampleId, rows, seen);
    for (std::size_t place = 0; place < rows.size(); ++place) {
        (isHiddenValue(seen[place]) || index.malformed(rows[place]) ? last : wanted).push_back(rows[place]);
    }
    std::string ids;
    std::vector<IdEntry> entries;
    entries.reserve(wanted.size());
    const auto read = forEachExample(index, wanted, stop, [&](RowNumber row, const TrainingExample& example) {
        if (example.id.type != JsonType::String) {
            last.push_back(row);
            return;
        }
        const auto id = example.id.text;
        entries.push_back({firstBytes(id), ids.size(), static_cast<std::uint32_t>(id.size()), row});
        ids += id;
    });
    if (!read) {
        return read.error();
    }
    std::sort(last.begin(), last.end());
    const auto compare = [&](const IdEntry& a, const IdEntry& b) {
        if (a.first != b.first) {
            return a.first < b.first;
        }
        const std::string_view all = ids;
        return all.substr(a.offset, a.length) < all.substr(b.offset, b.length);
    };
    // Piece by piece and then merged, so that a stop is heard in between.
    const auto inOrder = [&](const IdEntry& a, const IdEntry& b) {
        return order == SortOrder::Ascending ? compare(a, b) : compare(b, a);
    };
    const auto at = [&](std::size_t place) { return entries.begin() + static_cast<std::ptrdiff_t>(place); };
    for (std::size_t width = RowsBetweenAsks, begin = 0; begin < entries.size(); begin += width) {
        if (stop.stop_requested()) {
            return cancelledError();
        }
        std::stable_sort(at(begin), at(std::min(begin + width, entries.size())), inOrder);
    }
    for (std::size_t width = RowsBetweenAsks; width < entries.size(); width *= 2) {
        for (std::size_t begin = 0; begin + width < entries.size(); begin += 2 * width) {
            if (stop.stop_requested()) {
                return cancelledError();
            }
            std::inplace_merge(
                at(begin), at(begin + width), at(std::min(begin + 2 * width, entries.size())), inOrder);
        }
    }
    std::vector<RowNumber> sorted;
    sorted.reserve(rows.size());
    for (const auto& entry : entries) {
        sorted.push_back(entry.row);
    }
    sorted.insert(sorted.end(), last.begin(), last.end());
    return sorted;
}

} // namespace

Result<std::vector<RowNumber>> sortRows(const ExampleIndex& index, std::span<const RowNumber> rows,
    std::size_t column, SortOrder order, std::stop_token stop)
{
    std::vector<RowNumber> inInputOrder(rows.begin(), rows.end());
    putInInputOrder(inInputOrder);
    return column == RowColumns::ExampleId ? sortById(index, inInputOrder, order, stop)
                                           : sortByValue(index, inInputOrder, column, order, stop);
}

std::vector<RowNumber> sortByVerdict(
    const ExampleIndex& index, std::span<const RowNumber> rows, SortOrder order)
{
    // Accepted first, then by the rules in their order: a counting sort over twelve places.
    const auto placeOf = [&](RowNumber row) {
        const std::size_t place
            = index.rejected(row) ? 1 + static_cast<std::size_t>(index.firstRule(row)) : 0;
        return order == SortOrder::Ascending ? place : RuleCount - place;
    };
    std::array<std::vector<RowNumber>, RuleCount + 1> byPlace;
    std::vector<RowNumber> sorted(rows.begin(), rows.end());
    putInInputOrder(sorted);
    for (const RowNumber row : sorted) {
        byPlace[placeOf(row)].push_back(row);
    }
    sorted.clear();
    for (const auto& group : byPlace) {
        sorted.insert(sorted.end(), group.begin(), group.end());
    }
    return sorted;
}

} // namespace workbench
