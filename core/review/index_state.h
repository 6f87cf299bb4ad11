// SPDX-License-Identifier: Apache-2.0
/// What an ExampleIndex is made of: for core/review alone, which loops over the raw columns.
/// A segment is an image of bytes: the same in memory, in the mapped file of a folder that is open and in the
/// file that is kept for the next time (index_cache.h).
#pragma once

#include "core/review/column_store.h"
#include "core/review/example_index.h"
#include "core/review/index_file.h"

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

    std::span<const Run> runs;
    std::span<const std::int64_t> createdAtMs;
    std::span<const std::uint32_t> line;
    std::span<const std::uint32_t> offset;
    std::span<const std::uint32_t> length;
    std::span<const std::uint16_t> withheld; ///< place in `withheldSets`
    std::span<const std::uint8_t> verdict; ///< Accepted, or the first rule broken
    std::span<const std::uint8_t> ruleCount;
    std::span<const std::uint8_t> source;
    std::span<const std::uint8_t> industry;
    std::span<const std::uint8_t> flags;
    std::span<const Withheld> withheldSets;
    std::shared_ptr<const ColumnStore> values;
    RowNumber firstRow = 0; ///< in the index
    IndexBytes image; ///< where all of it lies

    /// Over an image that SegmentBuilder made. Null when the sizes in it do not fit together.
    [[nodiscard]] static std::shared_ptr<const IndexSegment> over(IndexBytes image);

    [[nodiscard]] std::size_t rows() const { return verdict.size(); }
    [[nodiscard]] const Run& runOf(std::size_t place) const;
    /// Of memory that is held: none for what lies in a file but the segment's own few words.
    [[nodiscard]] std::size_t memoryBytes() const;
};

/// A segment while it is filled, row by row; then the bytes it consists of.
struct SegmentBuilder {
    explicit SegmentBuilder(std::size_t columns) : values(columns) {}

    RowNumber firstRow = 0;
    std::vector<IndexSegment::Run> runs;
    std::vector<std::int64_t> createdAtMs;
    std::vector<std::uint32_t> line;
    std::vector<std::uint32_t> offset;
    std::vector<std::uint32_t> length;
    std::vector<std::uint16_t> withheld;
    std::vector<std::uint8_t> verdict;
    std::vector<std::uint8_t> ruleCount;
    std::vector<std::uint8_t> source;
    std::vector<std::uint8_t> industry;
    std::vector<std::uint8_t> flags;
    std::vector<IndexSegment::Withheld> withheldSets;
    ColumnStoreBuilder values;

    [[nodiscard]] std::size_t rows() const { return verdict.size(); }
    /// The image of what was filled in; begins anew with the rows that follow.
    [[nodiscard]] std::vector<std::byte> finish();
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
