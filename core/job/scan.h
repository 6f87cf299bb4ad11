// SPDX-License-Identifier: Apache-2.0
/// The one pipeline: read, filter, guard, hand over. Every command and the window are sinks of it.
#pragma once

#include "core/base/result.h"
#include "core/guard/finding.h"
#include "core/input/example_files.h"
#include "core/input/example_filter.h"
#include "core/input/example_parser.h"
#include "core/input/label_files.h"
#include "core/row/guarded_row.h"
#include "core/schema/schema.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace workbench {

/// Where a line stood.
struct SourceLine {
    std::uint32_t file = 0; ///< place in ScanRequest::files; 0 for a stream
    std::uint64_t line = 0; ///< counted from 1, blank lines included
    std::uint64_t offset = 0; ///< of its first byte in the file
    std::uint32_t length = 0; ///< in bytes, without the newline
};

/// What is known of a line besides the verdict. Codes are places in the schema's closed sets.
struct LineFacts {
    static constexpr std::uint8_t Absent = 255;
    static constexpr std::uint8_t Other = 254; ///< present, but not in the closed set
    static constexpr std::int64_t NoTime = INT64_MIN;

    std::uint8_t source = Absent;
    std::uint8_t industry = Absent;
    bool labelled = false;
    bool malformed = false;
    bool asWritten = false; ///< accepted rows of LineShape::GuardedRow: the line is what the guard writes
    std::int64_t createdAtMs = NoTime;
    std::span<const double> values; ///< one a RowColumn when ScanRequest::collectValues, else empty
    std::string_view pressureKeys; ///< the array as written, likewise
};

/// Gets what a scan finds, in input order: one call at a time, on any of the scan's threads. Views die with
/// the call.
class ScanSink {
public:
    virtual ~ScanSink() = default;
    /// A matched line that may leave.
    virtual Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) = 0;
    /// A matched line that may not.
    virtual Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts)
        = 0;
    /// Called after each block of lines, so that a sink can hand on what it has.
    virtual Result<void> endOfBlock() { return {}; }
    /// On any thread of the scan, between two blocks and beside the other calls: does a piece of work of the
    /// sink's own, if there is one. The threads that read and guard do that, too: more threads than cores
    /// wait for each other.
    virtual bool help() { return false; }
};

struct ScanRequest {
    SchemaPtr schema;
    std::vector<ExampleFile> files; ///< read in this order
    int stream = -1; ///< a file descriptor to read instead of files, until its end; not closed
    ExampleFilter filter;
    LineShape shape = LineShape::Example;
    unsigned threads = 1; ///< that parse and guard, the calling one among them; 0 counts as 1
    bool collectValues = false;
    LabelFilesPtr labels; ///< merged into the examples of their ids; may be null
};

struct ScanProgress {
    std::uint64_t bytesRead = 0;
    std::uint64_t bytesTotal = 0; ///< 0 for a stream
    std::uint64_t read = 0;
    std::uint64_t matched = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::size_t file = 0; ///< place of the file being read
    std::size_t files = 0;
};

/// What became of the label files of a scan.
struct LabelSummary {
    static constexpr std::size_t ShownNames = 100;

    bool inUse = false; ///< there was a folder of them
    std::uint64_t files = 0;
    std::uint64_t withoutExample = 0; ///< files whose id no example had, whatever the filters
    std::vector<std::string> namesWithoutExample; ///< the first of them, as LabelFiles::shownName()
    std::uint64_t refusedNames = 0; ///< `*.json` whose name is no id, not among `files`
};

/// read = left out by filters + over the row limit + matched; matched = accepted + rejected.
struct ScanSummary {
    std::uint64_t read = 0; ///< lines that are not blank
    std::uint64_t overLimit = 0; ///< passed the filters but came after the first N
    std::uint64_t matched = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t bytes = 0;
    RuleCounts rejectionsByRule {};
    WithheldCounts withheld {}; ///< of accepted rows
    std::vector<std::uint64_t> bySource; ///< accepted rows, in the order of Schema::sources()
    std::vector<std::uint64_t> byIndustry;
    LabelSummary labels;
};

using ProgressFn = std::function<void(const ScanProgress&)>;

/// The bytes and their order do not depend on request.threads. `progress` may be empty; it is called after
/// each block of lines on any of the scan's threads, one call at a time, and once at the end on the calling
/// one. Errors: Io (names the file; also when a file changed while it was read), Cancelled, or what the sink
/// returned.
[[nodiscard]] Result<ScanSummary> scan(
    const ScanRequest& request, ScanSink& sink, std::stop_token stop, const ProgressFn& progress);

/// As many threads as the machine has cores.
[[nodiscard]] unsigned defaultThreads();

} // namespace workbench
