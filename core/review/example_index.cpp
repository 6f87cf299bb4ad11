// SPDX-License-Identifier: Apache-2.0
#include "core/review/example_index.h"

#include "core/review/index_state.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <iterator>

namespace workbench {

namespace {

std::size_t heldBy(const std::vector<std::string>& texts)
{
    std::size_t total = texts.capacity() * sizeof(std::string);
    for (const auto& text : texts) {
        total += text.size();
    }
    return total;
}

} // namespace

const IndexSegment& ExampleIndex::State::segmentOf(RowNumber row) const
{
    const auto behind = std::upper_bound(segments.begin(), segments.end(), row,
        [](RowNumber wanted, const auto& segment) { return wanted < segment->firstRow; });
    return **std::prev(behind);
}

ExampleIndex::ExampleIndex(std::shared_ptr<const State> state) : m_state(std::move(state)) {}

std::size_t ExampleIndex::rows() const { return m_state->rows; }
bool ExampleIndex::complete() const { return m_state->complete; }
bool ExampleIndex::continues(const ExampleIndex& earlier) const
{
    const auto& before = earlier.m_state->segments;
    const auto& now = m_state->segments;
    return before.size() <= now.size() && std::equal(before.begin(), before.end(), now.begin());
}

const ExampleFiles& ExampleIndex::files() const { return *m_state->files; }
const SchemaPtr& ExampleIndex::schema() const { return m_state->schema; }
const RowColumns& ExampleIndex::columns() const { return *m_state->columns; }

std::size_t ExampleIndex::memoryBytes() const
{
    std::size_t total = m_state->segments.capacity() * sizeof(m_state->segments.front())
        + m_state->findingCount * sizeof(IndexedFinding) + heldBy(*m_state->pressureKeySets)
        + heldBy(*m_state->paths) + heldBy(*m_state->shapes);
    for (const auto& segment : m_state->segments) {
        total += segment->memoryBytes();
    }
    return total;
}

SourceLine ExampleIndex::sourceLine(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    const std::size_t place = row - segment.firstRow;
    const auto& run = segment.runOf(place);
    return {
        run.file, run.line + segment.line[place], run.offset + segment.offset[place], segment.length[place]};
}

bool ExampleIndex::rejected(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.verdict[row - segment.firstRow] != IndexSegment::Accepted;
}

Rule ExampleIndex::firstRule(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return static_cast<Rule>(segment.verdict[row - segment.firstRow]);
}

std::uint8_t ExampleIndex::ruleCount(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.ruleCount[row - segment.firstRow];
}

std::uint8_t ExampleIndex::source(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.kindOf(row - segment.firstRow).source;
}

std::uint8_t ExampleIndex::industry(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.kindOf(row - segment.firstRow).industry;
}

bool ExampleIndex::labelled(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return (segment.kindOf(row - segment.firstRow).flags & IndexSegment::Labelled) != 0;
}

bool ExampleIndex::malformed(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return (segment.kindOf(row - segment.firstRow).flags & IndexSegment::Malformed) != 0;
}

std::int64_t ExampleIndex::createdAtMs(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.createdAtMs[row - segment.firstRow];
}

double ExampleIndex::value(RowNumber row, std::size_t column) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.values->value(row - segment.firstRow, column);
}

void ExampleIndex::values(std::size_t column, std::span<const RowNumber> wanted, std::span<double> out) const
{
    std::size_t done = 0;
    while (done < wanted.size()) {
        const auto& segment = m_state->segmentOf(wanted[done]);
        const auto* end = std::lower_bound(wanted.data() + done, wanted.data() + wanted.size(),
            std::size_t {segment.firstRow} + segment.rows());
        const auto count = static_cast<std::size_t>(end - (wanted.data() + done));
        segment.values->gather(
            column, wanted.subspan(done, count), segment.firstRow, out.subspan(done, count));
        done += count;
    }
}

const std::vector<std::string>& ExampleIndex::pressureKeySets() const { return *m_state->pressureKeySets; }
const std::vector<std::string>& ExampleIndex::paths() const { return *m_state->paths; }
const std::vector<std::string>& ExampleIndex::shapes() const { return *m_state->shapes; }

std::span<const IndexedFinding> ExampleIndex::findings() const
{
    return {m_state->findings->entries.get(), m_state->findingCount};
}

std::span<const IndexedFinding> ExampleIndex::findingsOf(RowNumber row) const
{
    const auto all = findings();
    const auto begin = std::lower_bound(all.begin(), all.end(), row,
        [](const IndexedFinding& finding, RowNumber wanted) { return finding.row < wanted; });
    auto end = begin;
    while (end != all.end() && end->row == row) {
        ++end;
    }
    return all.subspan(static_cast<std::size_t>(begin - all.begin()), static_cast<std::size_t>(end - begin));
}

std::array<std::uint16_t, WithheldReasonCount> ExampleIndex::withheld(RowNumber row) const
{
    const auto& segment = m_state->segmentOf(row);
    return segment.withheldSets[segment.withheld[row - segment.firstRow]];
}

std::optional<RowNumber> ExampleIndex::rowAt(std::uint32_t file, std::uint64_t offset) const
{
    // Rows ascend by (file, offset): the last one that begins at or before the byte is the only candidate.
    const auto isBehind = [&](std::uint32_t runFile, std::uint64_t runOffset) {
        return runFile > file || (runFile == file && runOffset > offset);
    };
    const auto& segments = m_state->segments;
    const auto segmentBehind
        = std::partition_point(segments.begin(), segments.end(), [&](const auto& segment) {
              return !isBehind(segment->runs.front().file, segment->runs.front().offset);
          });
    if (segmentBehind == segments.begin()) {
        return std::nullopt;
    }
    const IndexSegment& segment = **std::prev(segmentBehind);
    const auto runBehind = std::partition_point(segment.runs.begin(), segment.runs.end(),
        [&](const IndexSegment::Run& run) { return !isBehind(run.file, run.offset); });
    const auto& run = *std::prev(runBehind);
    if (run.file != file) {
        return std::nullopt;
    }
    const std::uint64_t inRun = offset - run.offset;
    const std::size_t runEnd = runBehind == segment.runs.end() ? segment.rows() : runBehind->firstRow;
    const auto first = segment.offset.begin() + static_cast<std::ptrdiff_t>(run.firstRow);
    const auto last = segment.offset.begin() + static_cast<std::ptrdiff_t>(runEnd);
    const auto place
        = static_cast<std::size_t>(std::upper_bound(first, last, inRun) - segment.offset.begin()) - 1;
    if (inRun >= std::uint64_t {segment.offset[place]} + segment.length[place]) {
        return std::nullopt;
    }
    return segment.firstRow + static_cast<RowNumber>(place);
}

} // namespace workbench
