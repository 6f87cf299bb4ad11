// SPDX-License-Identifier: Apache-2.0
/// What an ExampleIndex is made of: for core/review alone, which loops over the raw columns.
#pragma once

#include "core/review/column_store.h"
#include "core/review/example_index.h"

namespace workbench {

struct IndexSegment {
    /// As many rows as a segment holds at most; also how often long loops ask whether to stop.
    static constexpr std::size_t MaxRows = 65536;
    static constexpr std::uint8_t Accepted = 255; ///< in `verdict`
    static constexpr std::uint8_t Labelled = 1; ///< bits of `flags`
    static constexpr std::uint8_t Malformed = 2;

    /// Rows in a run stand in one file; their lines and offsets are counted from its first row.
    struct Run {
        std::uint32_t firstRow = 0; ///< in the segment
        std::uint32_t file = 0;
        std::uint64_t line = 0;
        std::uint64_t offset = 0;
    };
    using Withheld = std::array<std::uint16_t, WithheldReasonCount>;

    RowNumber firstRow = 0; ///< in the index
    std::vector<Run> runs;
    std::vector<std::uint32_t> line;
    std::vector<std::uint32_t> offset;
    std::vector<std::uint32_t> length;
    std::vector<std::int64_t> createdAtMs;
    std::vector<std::uint8_t> verdict; ///< Accepted, or the first rule broken
    std::vector<std::uint8_t> ruleCount;
    std::vector<std::uint8_t> source;
    std::vector<std::uint8_t> industry;
    std::vector<std::uint8_t> flags;
    std::vector<std::uint16_t> withheld; ///< place in `withheldSets`
    std::vector<Withheld> withheldSets;
    std::shared_ptr<const ColumnStore> values;

    [[nodiscard]] std::size_t rows() const { return verdict.size(); }
    [[nodiscard]] const Run& runOf(std::size_t place) const;
    [[nodiscard]] std::size_t memoryBytes() const;
};

/// Findings that only ever grow at the end: pictures of different age share one, each with its own count.
/// The builder writes behind what every published picture may read.
struct FindingBuffer {
    explicit FindingBuffer(std::size_t size) : entries(new IndexedFinding[size]), capacity(size) {}
    std::unique_ptr<IndexedFinding[]> entries;
    std::size_t capacity = 0;
};

struct ExampleIndex::State {
    std::shared_ptr<const ExampleFiles> files;
    SchemaPtr schema;
    std::shared_ptr<const RowColumns> columns;
    std::vector<std::shared_ptr<const IndexSegment>> segments;
    std::size_t rows = 0;
    bool complete = false;
    std::shared_ptr<const FindingBuffer> findings;
    std::size_t findingCount = 0;
    std::shared_ptr<const std::vector<std::string>> pressureKeySets;
    std::shared_ptr<const std::vector<std::string>> paths;
    std::shared_ptr<const std::vector<std::string>> shapes;

    [[nodiscard]] const IndexSegment& segmentOf(RowNumber row) const;
};

} // namespace workbench
