// SPDX-License-Identifier: Apache-2.0
#include "core/job/block_work.h"

#include "core/base/rfc3339.h"
#include "core/base/same_text.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>

namespace workbench {

namespace {

bool isBlank(std::string_view line)
{
    return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

std::uint8_t codeOf(const JsonValue& value, const std::vector<std::string>& set)
{
    if (value.isNothing()) {
        return LineFacts::Absent;
    }
    const std::size_t place = value.type == JsonType::String ? placeIn(set, value.text) : set.size();
    return place < set.size() ? static_cast<std::uint8_t>(place) : LineFacts::Other;
}

} // namespace

void BlockResult::clear()
{
    lines = 0;
    read = 0;
    passedUncounted = 0;
    matched.clear();
    accepted.clear();
    findings.clear();
    values.clear();
    pressureKeys.clear();
    labelFiles.clear();
    error.reset();
}

BlockWorker::BlockWorker(const ScanRequest& request, const PiiGuard& guard)
    : m_request(request)
    , m_guard(guard)
    , m_labels(request.labels != nullptr)
    , m_parser(request.schema, request.shape, request.labels)
{
    const ExampleFilter& filter = request.filter;
    m_filtered = filter.source || filter.industry || filter.since || filter.until || filter.labelled;
    m_workspace.wantValues = request.collectValues;
    // The rows of a bundle are what they were read from, but for a damaged one; a block keeps its lines.
    m_workspace.linesOutliveRows = request.shape == LineShape::GuardedRow;
}

void BlockWorker::work(const LineBlock& block, bool limitReached, BlockResult& result)
{
    result.clear();
    m_workspace.values.swap(result.values); // the guard writes them where they are wanted
    lines(block, limitReached, result);
    m_workspace.values.swap(result.values);
}

void BlockWorker::lines(const LineBlock& block, bool limitReached, BlockResult& result)
{
    if (block.overlongLine() > 0) {
        (void)line(
            block.bytes(), 0, block.offset(), block.overlongLine(), limitReached, result); // no id, no file
        result.lines = 1;
        return;
    }
    const std::string_view bytes = block.bytes();
    for (std::size_t begin = 0; begin < bytes.size();) {
        const void* const newline = std::memchr(bytes.data() + begin, '\n', bytes.size() - begin);
        const std::size_t end = newline == nullptr
            ? bytes.size()
            : static_cast<std::size_t>(static_cast<const char*>(newline) - bytes.data());
        std::string_view text = bytes.substr(begin, end - begin);
        if (!text.empty() && text.back() == '\r') {
            text.remove_suffix(1);
        }
        if (!isBlank(text)
            && !line(text, result.lines, block.offset() + begin, text.size(), limitReached, result)) {
            return;
        }
        ++result.lines;
        begin = end + 1;
    }
}

const TrainingExample* BlockWorker::parse(
    std::string_view text, std::uint64_t length, bool onlyCounted, BlockResult& result)
{
    // An over-long line comes as its beginning alone, which must not be mistaken for a row.
    if (length > text.size()) {
        return &m_parser.malformed(text);
    }
    if (!m_labels) {
        return &m_parser.parseAlone(text);
    }
    const auto parsed
        = onlyCounted ? Result<const TrainingExample*>(&m_parser.parseAlone(text)) : m_parser.parse(text);
    if (!parsed) {
        result.error = parsed.error();
        return nullptr;
    }
    if (const auto file = m_parser.sidecar()) {
        result.labelFiles.push_back(*file);
    }
    return *parsed;
}

bool BlockWorker::line(std::string_view text, std::uint64_t number, std::uint64_t offset,
    std::uint64_t length, bool limitReached, BlockResult& result)
{
    ++result.read;
    const bool onlyCounted = limitReached && !m_filtered;
    if (onlyCounted && !m_labels) {
        ++result.passedUncounted;
        return true;
    }
    const TrainingExample* const parsed = parse(text, length, onlyCounted, result);
    if (parsed == nullptr) {
        return false;
    }
    const TrainingExample& example = *parsed;
    if (m_filtered && !m_request.filter.matches(example)) {
        return true;
    }
    if (limitReached) {
        ++result.passedUncounted;
        return true;
    }
    BlockResult::Line& matched = result.matched.emplace_back();
    matched.number = number;
    matched.offset = offset;
    matched.length = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(length, std::numeric_limits<std::uint32_t>::max()));
    matched.accepted = m_guard.inspect(example, result.accepted, m_workspace);
    if (matched.accepted) {
        const GuardedRow row = result.accepted[result.accepted.size() - 1];
        matched.facts = factsOf(example, &row);
        if (m_request.shape == LineShape::GuardedRow) {
            // The file's last line may have no newline.
            matched.facts.asWritten
                = row.bytes().data() == text.data() || row.bytes().substr(0, row.bytes().size() - 1) == text;
        }
    } else {
        matched.facts = factsOf(example, nullptr);
    }
    matched.firstFinding = result.findings.size();
    matched.findings = m_workspace.findings.size();
    std::move(m_workspace.findings.begin(), m_workspace.findings.end(), std::back_inserter(result.findings));
    if (m_request.collectValues) {
        matched.pressureBegin = result.pressureKeys.size();
        matched.pressureLength = m_workspace.pressureKeys.size();
        result.pressureKeys.append(m_workspace.pressureKeys);
    }
    return true;
}

LineFacts BlockWorker::factsOf(const TrainingExample& example, const GuardedRow* row) const
{
    LineFacts facts;
    facts.malformed = example.malformed;
    if (example.malformed) {
        return facts;
    }
    facts.source = row != nullptr ? row->source() : codeOf(example.source, m_request.schema->sources());
    facts.industry
        = row != nullptr ? row->industry() : codeOf(example.industryKey, m_request.schema->industries());
    facts.labelled = example.labelled;
    if (m_request.collectValues) {
        const auto values = std::span(m_workspace.values).last(m_guard.columns().size());
        const double created = values[RowColumns::CreatedAt];
        if (isPlainValue(created)) { // nearly always: it need not be read again
            facts.createdAtMs = static_cast<std::int64_t>(created);
        } else if (example.createdAt.type == JsonType::String) {
            if (const auto read = parseRfc3339(example.createdAt.text)) {
                facts.createdAtMs = read->time.time_since_epoch().count();
            }
        }
    }
    return facts;
}

} // namespace workbench
