// SPDX-License-Identifier: Apache-2.0
/// What an ExampleIndex is made of: for core/review alone, which loops over the raw columns.
/// A segment is an image of bytes: the same in memory, in the file of a folder that is open and in the one
/// that is kept for the next time (index_cache.h).
#pragma once

#include "core/review/column_store.h"
#include "core/review/example_index.h"
#include "core/review/index_file.h"

#include <map>
#include <unordered_map>

namespace workbench {

/// How often long loops over rows ask whether to stop.
inline constexpr std::size_t RowsBetweenAsks = 65536;

struct IndexSegment {
    /// As many rows as a segment holds at most: few enough that what a segment is made of is still in the
    /// cache when it is written, and that its memory is used again at once.
    static constexpr std::size_t MaxRows = 16384;
    static constexpr std::uint8_t Accepted = 255; ///< in `verdict`
    static constexpr std::uint8_t Labelled = 1; ///< bits of Kind::flags
    static constexpr std::uint8_t Malformed = 2;
    static constexpr std::uint8_t MayLeave = 4; ///< accepted

    /// Rows in a run stand in one file; their lines and offsets are counted from its first row.
    struct Run {
        std::uint32_t firstRow = 0; ///< in the segment
        std::uint32_t file = 0;
        std::uint64_t line = 0;
        std::uint64_t offset = 0;
    };
    using Withheld = std::array<std::uint16_t, WithheldReasonCount>;
    /// All that filters ask of a row but its time. Rows have few kinds, so that a filter looks at kinds and
    /// only has to list the rows.
    struct Kind {
        std::uint8_t source = 0; ///< codes as in LineFacts
        std::uint8_t industry = 0;
        std::uint8_t flags = 0;
        std::uint8_t unused = 0;
        std::uint32_t rows = 0; ///< of this kind in the segment
        std::array<std::uint32_t, WithheldReasonCount> withheld {}; ///< over these rows
    };
    /// Of `createdAtMs`; NoTime when no row has one.
    struct Times {
        std::int64_t earliest = LineFacts::NoTime;
        std::int64_t latest = LineFacts::NoTime;
        std::uint64_t rowsWithout = 0;
    };

    std::span<const Run> runs;
    std::span<const std::int64_t> createdAtMs;
    std::span<const std::uint32_t> line;
    std::span<const std::uint32_t> offset;
    std::span<const std::uint32_t> length;
    std::span<const std::uint16_t> withheld; ///< place in `withheldSets`
    std::span<const std::uint8_t> verdict; ///< Accepted, or the first rule broken
    std::span<const std::uint8_t> ruleCount;
    std::span<const std::uint16_t> kind; ///< place in `kinds`
    std::span<const Kind> kinds;
    std::span<const Withheld> withheldSets;
    Times times;
    std::shared_ptr<const ColumnStore> values;
    RowNumber firstRow = 0; ///< in the index
    std::shared_ptr<const std::vector<std::byte>> image; ///< what of it lies in memory

    /// Over an image that SegmentBuilder made. Null when the sizes in it do not fit together.
    [[nodiscard]] static std::shared_ptr<const IndexSegment> over(std::vector<std::byte> image);
    /// The same of an image that also stands at a `place`: values are read there, the rest is copied.
    [[nodiscard]] static std::shared_ptr<const IndexSegment> over(
        std::span<const std::byte> image, const IndexFilePlace& place);
    /// The same of its part that is copied.
    [[nodiscard]] static std::shared_ptr<const IndexSegment> overHeld(
        std::span<const std::byte> held, const IndexFilePlace& place);

    [[nodiscard]] std::size_t rows() const { return verdict.size(); }
    [[nodiscard]] const Run& runOf(std::size_t place) const;
    [[nodiscard]] const Kind& kindOf(std::size_t place) const { return kinds[kind[place]]; }
    /// Of memory that is held; what lies in a file is not.
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    /// The columns; what is left of `bytes` behind them are the values. False: the sizes do not fit.
    [[nodiscard]] bool readColumns(std::span<const std::byte>& bytes);
};

/// A segment while it is filled, row by row; then the bytes it consists of.
class SegmentBuilder {
public:
    explicit SegmentBuilder(std::size_t columns) : m_values(columns, IndexSegment::MaxRows) {}

    struct Row {
        SourceLine at;
        std::int64_t createdAtMs = LineFacts::NoTime;
        std::uint8_t source = 0;
        std::uint8_t industry = 0;
        bool labelled = false;
        bool malformed = false;
        std::uint8_t verdict = IndexSegment::Accepted;
        std::uint8_t ruleCount = 0;
        IndexSegment::Withheld withheld {};
        std::span<const double> values; ///< one a column
    };
    /// `number` is the row's in the index; they follow each other.
    void add(RowNumber number, const Row& row);
    /// Another value for the row that was added last.
    void amend(std::size_t column, double value) { m_values.amend(column, value); }

    [[nodiscard]] std::size_t rows() const { return m_verdict.size(); }
    /// The two parts of an image, one behind the other; in memory of the builder's, until the next row.
    struct Image {
        std::span<const std::byte> held; ///< stays in memory, also when all of it stands in a file
        std::span<const std::byte> values;

        [[nodiscard]] std::vector<std::byte> whole() const;
    };
    /// The image of what was filled in; begins anew with the rows that follow.
    [[nodiscard]] Image finish();

private:
    void addPlace(const SourceLine& at);
    void addTime(std::int64_t createdAtMs);
    void addWithheld(const IndexSegment::Withheld& withheld);
    void addKind(const Row& row);

    RowNumber m_firstRow = 0;
    IndexSegment::Times m_times;
    std::vector<IndexSegment::Run> m_runs;
    std::vector<std::int64_t> m_createdAtMs;
    std::vector<std::uint32_t> m_line;
    std::vector<std::uint32_t> m_offset;
    std::vector<std::uint32_t> m_length;
    std::vector<std::uint16_t> m_withheld;
    std::vector<std::uint16_t> m_kind;
    std::vector<std::uint8_t> m_verdict;
    std::vector<std::uint8_t> m_ruleCount;
    std::vector<IndexSegment::Kind> m_kinds;
    std::vector<IndexSegment::Withheld> m_withheldSets;
    std::unordered_map<std::uint32_t, std::uint16_t> m_kindCodes;
    std::map<IndexSegment::Withheld, std::uint16_t> m_withheldCodes;
    std::uint16_t m_lastWithheld = 0;
    ColumnStoreBuilder m_values;
    std::vector<std::byte> m_held;
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
