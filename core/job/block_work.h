// SPDX-License-Identifier: Apache-2.0
/// What a scan does with one block of lines: parse, filter, guard. Done on any thread, handed over in order.
#pragma once

#include "core/guard/pii_guard.h"
#include "core/input/labelled_parser.h"
#include "core/input/line_reader.h"
#include "core/job/scan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// The matched lines of one block. Keeps its memory when reused.
struct BlockResult {
    struct Line {
        std::uint64_t number = 0; ///< in its block, from 0, blank lines included
        std::uint64_t offset = 0; ///< in the file
        std::uint32_t length = 0;
        bool accepted = false;
        LineFacts facts; ///< without the views, which are made when the line is handed over
        std::size_t firstFinding = 0;
        std::size_t findings = 0;
        std::size_t pressureBegin = 0;
        std::size_t pressureLength = 0;
    };

    std::uint64_t lines = 0; ///< blank ones included
    std::uint64_t read = 0; ///< not blank
    std::uint64_t passedUncounted = 0; ///< passed the filters after the row limit had been reached
    std::vector<Line> matched;
    GuardedBatch accepted;
    std::vector<Finding> findings;
    std::vector<double> values; ///< RowColumns::size() a matched line, when wanted
    std::string pressureKeys;
    std::vector<std::uint32_t> labelFiles; ///< places of those whose examples stand in the block
    std::optional<Error> error; ///< why the block could not be worked on to its end

    void clear();
};

/// One for each thread.
class BlockWorker {
public:
    BlockWorker(const ScanRequest& request, const PiiGuard& guard);

    /// `limitReached`: no further row is wanted, the lines are only counted.
    void work(const LineBlock& block, bool limitReached, BlockResult& result);

private:
    void lines(const LineBlock& block, bool limitReached, BlockResult& result);
    /// False: result.error says why.
    bool line(std::string_view text, std::uint64_t number, std::uint64_t offset, std::uint64_t length,
        bool limitReached, BlockResult& result);
    /// The example as it is judged, or null: result.error says why.
    [[nodiscard]] const TrainingExample* parse(
        std::string_view text, std::uint64_t length, bool onlyCounted, BlockResult& result);
    /// Of the example that was guarded last. `row`: null when it was rejected.
    [[nodiscard]] LineFacts factsOf(const TrainingExample& example, const GuardedRow* row) const;

    const ScanRequest& m_request;
    const PiiGuard& m_guard;
    bool m_filtered; ///< something besides the row limit is filtered on
    bool m_labels; ///< label files are merged, and their examples looked for to the end
    LabelledParser m_parser;
    PiiGuard::Workspace m_workspace;
};

} // namespace workbench
