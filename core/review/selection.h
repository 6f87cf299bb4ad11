// SPDX-License-Identifier: Apache-2.0
/// Which rows of an index the filters keep, the account that adds up, and what each choice would keep.
#pragma once

#include "core/base/result.h"
#include "core/input/example_filter.h"
#include "core/review/example_index.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace workbench {

/// Read − left out by filters − over the row limit = Matched − rejected = To export.
struct Ledger {
    std::uint64_t read = 0;
    std::uint64_t leftOut = 0;
    std::uint64_t overLimit = 0;
    std::uint64_t matched = 0;
    std::uint64_t rejected = 0;
    std::uint64_t toExport = 0;
    bool growing = false; ///< the scan still goes on: figures end in "+"
};

/// Rows each choice would keep given the other filters (the row limit left out). Malformed lines pass every
/// filter, so each choice counts them too.
struct FacetCounts {
    std::uint64_t anySource = 0;
    std::vector<std::uint64_t> bySource; ///< order of Schema::sources()
    std::uint64_t anyIndustry = 0;
    std::vector<std::uint64_t> byIndustry;
    std::uint64_t labelled = 0;
    /// First and last created_at over all rows, for the date editors; NoTime when no row has one.
    std::int64_t earliestMs = LineFacts::NoTime;
    std::int64_t latestMs = LineFacts::NoTime;
};

struct RejectionCounts {
    RuleCounts rowsByRule {};
    std::map<std::string, std::uint64_t>
        rowsByField; ///< path with array places left out: "targets.pressure_keys[]"
    std::vector<std::uint64_t> rowsByFile; ///< order of ExampleFiles::files
    std::uint64_t rowsWithSeveralRules = 0;
    WithheldCounts withheld {}; ///< of matched rows that are not rejected
};

/// Immutable; made off the GUI thread and swapped in whole.
struct Selection {
    IndexPtr index;
    ExampleFilter filter;
    Ledger ledger;
    FacetCounts facets;
    RejectionCounts rejections;
    std::vector<RowNumber> matched; ///< in input order
    std::vector<RowNumber> kept; ///< matched and accepted: what an export writes
    std::vector<RowNumber> rejected; ///< matched and rejected
    /// Source and industry that occur among `kept`, ascending; codes as in LineFacts. What splits there will
    /// be.
    std::vector<std::pair<std::uint8_t, std::uint8_t>> keptKinds;
    std::vector<std::uint32_t> findings; ///< places in ExampleIndex::findings() of the rejected rows
    /// For "nothing matches": rows that would match if just this filter were off.
    std::uint64_t withoutSource = 0;
    std::uint64_t withoutIndustry = 0;
    std::uint64_t withoutDates = 0;
    std::uint64_t withoutLabelled = 0;
};

using SelectionPtr = std::shared_ptr<const Selection>;

/// Row numbers in the order they are shown. Shared and never changed: a selection's own list costs no copy.
using RowList = std::shared_ptr<const std::vector<RowNumber>>;

/// Agrees with scan() over the same files and filter, row for row. Errors: Cancelled.
[[nodiscard]] Result<SelectionPtr> select(IndexPtr index, const ExampleFilter& filter, std::stop_token stop);

enum class SortOrder : std::uint8_t { Ascending, Descending };

/// `rows` in the order of a column; nulls and hidden values always last, ties in input order. Enums go by
/// their code, pressure keys by their text.
/// example_id reads the files again. Errors: Cancelled, Io.
[[nodiscard]] Result<std::vector<RowNumber>> sortRows(const ExampleIndex& index,
    std::span<const RowNumber> rows, std::size_t column, SortOrder order, std::stop_token stop);
/// Accepted rows first, then by the first rule broken in the contract's order; or the other way round.
[[nodiscard]] std::vector<RowNumber> sortByVerdict(
    const ExampleIndex& index, std::span<const RowNumber> rows, SortOrder order);

/// Rows whose example id holds `text` (bytewise), in input order; none for an empty text. Reads the files.
/// `found` is called with batches as they come. Errors: Cancelled, Io.
[[nodiscard]] Result<void> searchById(const ExampleIndex& index, std::string_view text,
    const std::function<void(std::span<const RowNumber>)>& found, std::stop_token stop);

/// The first row of each of these ids that there is one of. Reads the files. Errors: Cancelled, Io.
[[nodiscard]] Result<std::map<std::string, RowNumber, std::less<>>> findById(
    const ExampleIndex& index, const std::set<std::string, std::less<>>& ids, std::stop_token stop);

} // namespace workbench
