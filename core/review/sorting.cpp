// SPDX-License-Identifier: Apache-2.0
#include "core/review/index_state.h"
#include "core/review/selection.h"
#include "core/review/source_lines.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace workbench {

namespace {

Error cancelled() { return {ErrorCode::Cancelled, "cancelled", {}}; }

/// Lists that are sorted by another column may come in; ties go by input.
void putInInputOrder(std::vector<RowNumber>& rows)
{
    if (!std::is_sorted(rows.begin(), rows.end())) {
        std::sort(rows.begin(), rows.end());
    }
}

/// Whole numbers that order as the doubles do.
std::uint64_t orderedBits(double value)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t {1} << 63U);
}

/// Rows and their keys, sorted by key digit after digit: stable, no comparisons, and quick to stop.
class RadixSort {
public:
    RadixSort(std::vector<std::uint64_t> keys, std::vector<RowNumber> rows)
        : m_keys(std::move(keys))
        , m_rows(std::move(rows))
        , m_otherKeys(m_keys.size())
        , m_otherRows(m_rows.size())
    {
    }

    Result<std::vector<RowNumber>> run(const std::stop_token& stop)
    {
        for (unsigned shift = 0; shift < 64; shift += DigitBits) {
            if (stop.stop_requested()) {
                return cancelled();
            }
            sortByDigit(shift);
        }
        return std::move(m_rows);
    }

private:
    static constexpr unsigned DigitBits = 11;
    static constexpr std::size_t Digits = std::size_t {1} << DigitBits;

    void sortByDigit(unsigned shift)
    {
        std::array<std::size_t, Digits> places {};
        for (const std::uint64_t key : m_keys) {
            ++places[(key >> shift) % Digits];
        }
        if (std::find(places.begin(), places.end(), m_keys.size()) != places.end()) {
            return; // the same digit everywhere
        }
        std::exclusive_scan(places.begin(), places.end(), places.begin(), std::size_t {0});
        for (std::size_t place = 0; place < m_keys.size(); ++place) {
            const std::size_t to = places[(m_keys[place] >> shift) % Digits]++;
            m_otherKeys[to] = m_keys[place];
            m_otherRows[to] = m_rows[place];
        }
        m_keys.swap(m_otherKeys);
        m_rows.swap(m_otherRows);
    }

    std::vector<std::uint64_t> m_keys;
    std::vector<RowNumber> m_rows;
    std::vector<std::uint64_t> m_otherKeys;
    std::vector<RowNumber> m_otherRows;
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
    for (std::size_t done = 0; done < rows.size(); done += IndexSegment::MaxRows) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        const std::size_t count = std::min(IndexSegment::MaxRows, rows.size() - done);
        index.values(column, std::span(rows).subspan(done, count), std::span(values).subspan(done, count));
    }
    const bool areKeys = index.columns()[column].kind == ColumnKind::Keys;
    const auto ranks = areKeys ? ranksOf(index.pressureKeySets()) : std::vector<double>();

    std::vector<std::uint64_t> keys;
    std::vector<RowNumber> sortable;
    std::vector<RowNumber> last; // nothing there, or nothing to be shown
    keys.reserve(rows.size());
    sortable.reserve(rows.size());
    for (std::size_t place = 0; place < rows.size(); ++place) {
        if (!isPlainValue(values[place])) {
            last.push_back(rows[place]);
            continue;
        }
        const double value = areKeys ? ranks[static_cast<std::size_t>(values[place])] : values[place];
        // Turning the keys round rather than the result keeps ties in input order.
        keys.push_back(order == SortOrder::Ascending ? orderedBits(value) : ~orderedBits(value));
        sortable.push_back(rows[place]);
    }
    auto sorted = RadixSort(std::move(keys), std::move(sortable)).run(stop);
    if (sorted) {
        sorted->insert(sorted->end(), last.begin(), last.end());
    }
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
    for (const RowNumber row : rows) {
        (isHiddenValue(index.value(row, RowColumns::ExampleId)) || index.malformed(row) ? last : wanted)
            .push_back(row);
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
    for (std::size_t width = IndexSegment::MaxRows, begin = 0; begin < entries.size(); begin += width) {
        if (stop.stop_requested()) {
            return cancelled();
        }
        std::stable_sort(at(begin), at(std::min(begin + width, entries.size())), inOrder);
    }
    for (std::size_t width = IndexSegment::MaxRows; width < entries.size(); width *= 2) {
        for (std::size_t begin = 0; begin + width < entries.size(); begin += 2 * width) {
            if (stop.stop_requested()) {
                return cancelled();
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
