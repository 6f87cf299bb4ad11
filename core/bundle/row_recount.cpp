// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/row_recount.h"

#include "core/row/row_columns.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace workbench {

namespace {

/// The guard speaks of an example's fields; two of them are called otherwise in a row.
std::string nameInRow(const std::string& path)
{
    return path == "id" ? "example_id" : path == "feature_schema" ? "schema_version" : path;
}

} // namespace

RowRecount::RowRecount(const Schema& schema, SplitStrategy strategy, ProblemFn problem)
    : m_schema(schema)
    , m_plan(schema, strategy)
    , m_split(strategy != SplitStrategy::None)
    , m_problem(std::move(problem))
    , m_splits(m_plan.names().size())
    , m_withoutValue(schema.features().size())
{
    std::iota(m_withoutValue.begin(), m_withoutValue.end(), std::size_t {0});
}

Result<void> RowRecount::compareSplits(const SplitFileFn& fileOf)
{
    for (std::size_t place = 0; place < m_splits.size(); ++place) {
        auto file = fileOf(m_plan.names()[place], m_hashing);
        if (!file) {
            return file.error();
        }
        m_splits[place].file = std::move(*file);
    }
    return {};
}

Result<void> RowRecount::accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts)
{
    const std::string_view bytes = row.bytes();
    if (m_firstOtherLine == 0 && (at.offset != m_whole.bytes || !facts.asWritten)) {
        m_firstOtherLine = at.line;
    }
    for (std::string_view left = bytes; !left.empty();) {
        left.remove_prefix(m_buffer.append(left));
        if (m_buffer.isFull()) {
            hashBuffer();
        }
    }
    m_whole.bytes += bytes.size();
    ++m_whole.rows;
    if (m_split) {
        Split& split = m_splits[m_plan.splitOf(row)];
        split.is.bytes += bytes.size();
        ++split.is.rows;
        if (split.file) {
            split.file->expect(bytes);
            m_comparedBytes += bytes.size();
        }
    }
    m_valuesSeen |= !facts.values.empty();
    if (!facts.values.empty() && !m_withoutValue.empty()) {
        std::erase_if(m_withoutValue, [&facts](std::size_t feature) {
            return !isNullValue(facts.values[RowColumns::FirstFeature + feature]);
        });
    }
    return {};
}

Result<void> RowRecount::reject(
    std::span<const Finding> findings, const SourceLine& at, const LineFacts& /*facts*/)
{
    if (m_firstOtherLine == 0) {
        m_firstOtherLine = at.line;
    }
    for (const Finding& finding : findings) {
        m_problem("line " + std::to_string(at.line) + " does not pass the guard: "
            + (finding.path.empty() ? std::string() : nameInRow(finding.path) + ": ")
            + std::string(ruleName(finding.rule)));
    }
    return {};
}

std::vector<std::string> RowRecount::featuresWithoutValue() const
{
    std::vector<std::string> keys;
    for (const std::size_t feature : m_valuesSeen ? m_withoutValue : std::vector<std::size_t> {}) {
        keys.push_back(m_schema.features()[feature].key);
    }
    return keys;
}

BundleFile RowRecount::canonical()
{
    hashBuffer();
    m_hashing.drain();
    m_whole.sha256 = m_wholeHash->finish();
    return m_whole;
}

void RowRecount::hashBuffer()
{
    const auto piece = std::make_shared<WriteBuffer>(std::exchange(m_buffer, m_buffers.take()));
    m_hashing.hand({m_wholeHash, piece->bytes(), [this, piece] { m_buffers.giveBack(std::move(*piece)); }});
}

std::map<std::string, RecountedSplit> RowRecount::splits()
{
    std::map<std::string, RecountedSplit> out;
    for (std::size_t place = 0; place < m_splits.size(); ++place) {
        Split& split = m_splits[place];
        if (split.is.rows == 0) {
            continue;
        }
        RecountedSplit& recounted = out[m_plan.names()[place]];
        recounted.rows = split.is.rows;
        if (split.file && split.file->holdsJustThat()) {
            split.is.sha256 = split.file->sha256();
            recounted.file = split.is;
        }
    }
    return out;
}

} // namespace workbench
