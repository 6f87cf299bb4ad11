// SPDX-License-Identifier: Apache-2.0
/// What the window knows of a folder: where each example stands, its verdict and its values as numbers.
/// No row and no raw string is kept; rows are read again when somebody looks (row_loader.h).
#pragma once

#include "core/base/clock.h"
#include "core/guard/finding.h"
#include "core/input/example_files.h"
#include "core/job/scan.h"
#include "core/row/row_columns.h"
#include "core/schema/schema.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// The number of a row in its index: lines that are not blank, in input order, from 0.
using RowNumber = std::uint32_t;

struct IndexedFinding {
    RowNumber row = 0;
    Rule rule = Rule::Malformed;
    std::uint32_t path = 0; ///< place in ExampleIndex::paths()
    std::uint32_t masked = 0; ///< place in ExampleIndex::shapes()
};

/// A run of rows, never changed once made. Columns of codes side by side, 26 bytes a row, and the values,
/// 190 to 300 bytes a row: the values in a file when the request named a place for it.
struct IndexSegment;

/// An immutable picture of what has been read so far. Cheap to copy around as shared_ptr<const>.
/// A growing scan publishes a new one now and then; they share their segments.
class ExampleIndex {
public:
    [[nodiscard]] std::size_t rows() const;
    [[nodiscard]] bool complete() const; ///< false while the scan goes on: every count may still grow
    /// Whether this is a later picture of the same reading: it begins with the very rows of `earlier`.
    [[nodiscard]] bool continues(const ExampleIndex& earlier) const;
    [[nodiscard]] const ExampleFiles& files() const;
    [[nodiscard]] const SchemaPtr& schema() const;
    [[nodiscard]] const RowColumns& columns() const;
    /// Held by segments, findings and tables; what lies in a file is not counted.
    [[nodiscard]] std::size_t memoryBytes() const;

    [[nodiscard]] SourceLine sourceLine(RowNumber row) const;
    [[nodiscard]] bool rejected(RowNumber row) const;
    [[nodiscard]] Rule firstRule(RowNumber row) const; ///< rejected rows only
    [[nodiscard]] std::uint8_t ruleCount(
        RowNumber row) const; ///< different rules broken; 0 for accepted rows
    [[nodiscard]] std::uint8_t source(RowNumber row) const; ///< a code as in LineFacts
    [[nodiscard]] std::uint8_t industry(RowNumber row) const;
    [[nodiscard]] bool labelled(RowNumber row) const;
    [[nodiscard]] bool malformed(RowNumber row) const;
    [[nodiscard]] std::int64_t createdAtMs(RowNumber row) const; ///< LineFacts::NoTime when unknown
    /// A column's value (row_values.h): a number, a code, null or hidden.
    [[nodiscard]] double value(RowNumber row, std::size_t column) const;
    /// A whole column for rows in ascending order; `out` as long as `wanted`. Faster than value() in a loop.
    void values(std::size_t column, std::span<const RowNumber> wanted, std::span<double> out) const;

    [[nodiscard]] const std::vector<std::string>& pressureKeySets() const; ///< canonical arrays, by code
    [[nodiscard]] std::span<const IndexedFinding> findings() const; ///< in row order
    [[nodiscard]] std::span<const IndexedFinding> findingsOf(RowNumber row) const;
    [[nodiscard]] const std::vector<std::string>& paths() const;
    [[nodiscard]] const std::vector<std::string>& shapes() const;
    /// Withheld counts of one row.
    [[nodiscard]] std::array<std::uint16_t, WithheldReasonCount> withheld(RowNumber row) const;

    /// The row at a byte of a file, or nothing.
    [[nodiscard]] std::optional<RowNumber> rowAt(std::uint32_t file, std::uint64_t offset) const;

    struct State; ///< index_state.h, for core/review
    explicit ExampleIndex(std::shared_ptr<const State> state);
    [[nodiscard]] const State& state() const { return *m_state; }

private:
    std::shared_ptr<const State> m_state;
};

using IndexPtr = std::shared_ptr<const ExampleIndex>;

struct IndexRequest {
    ExampleFiles files;
    SchemaPtr schema;
    unsigned threads = 1;
    Clock clock; ///< decides when to publish; the system's unless given
    /// Where the index lies while it is in use, and is kept for the next time the same files are opened:
    /// readable by this user alone, safe to delete. Empty: in memory, and nothing is kept.
    std::string cacheFolder;
    std::uint64_t cacheBytes = std::uint64_t {4} << 30; ///< of all kept folders together; the oldest go first
    bool readAnew = false; ///< whatever was kept; the result is kept again
};

/// Scans the files and hands out a new picture soon after the start (50 ms or 256 rows) and then ever more
/// rarely (150 ms and a tenth more rows); the last one handed out is complete. `publish` and `progress` are
/// called on any thread of the scan, one call at a time. A kept index of the very same files is handed out in
/// the same way and nothing is scanned; one that is damaged, or does not match in any point, is made anew
/// without a word. Errors: as scan(); Io for more rows than a RowNumber can count. What was published before
/// an error stays usable.
[[nodiscard]] Result<ScanSummary> buildIndex(const IndexRequest& request,
    const std::function<void(IndexPtr)>& publish, const ProgressFn& progress, std::stop_token stop);

} // namespace workbench
