// SPDX-License-Identifier: Apache-2.0
// A segment and its image: the counts, then the columns one behind the other, the widest first, so that each
// stands where its type may stand.
#include "core/review/index_state.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <limits>
#include <type_traits>

namespace workbench {

namespace {

struct SegmentHead {
    std::uint64_t firstRow = 0;
    std::uint64_t rows = 0;
    std::uint64_t runs = 0;
    std::uint64_t withheldSets = 0;
    std::uint64_t kinds = 0;
    IndexSegment::Times times;
};
static_assert(std::has_unique_object_representations_v<SegmentHead>);
static_assert(std::has_unique_object_representations_v<IndexSegment::Run>);
static_assert(std::has_unique_object_representations_v<IndexSegment::Kind>);

template <class T> void append(std::vector<std::byte>& image, const std::vector<T>& column)
{
    const auto bytes = std::as_bytes(std::span(column));
    image.insert(image.end(), bytes.begin(), bytes.end());
}

/// Takes columns from the front of an image; stays empty-handed once one does not fit.
class ImageReader {
public:
    explicit ImageReader(std::span<const std::byte> image) : m_rest(image) {}

    template <class T> void take(std::span<const T>& column, std::uint64_t count)
    {
        if (count > m_rest.size() / sizeof(T)) {
            m_fits = false;
            return;
        }
        column = {reinterpret_cast<const T*>(m_rest.data()), static_cast<std::size_t>(count)};
        m_rest = m_rest.subspan(column.size_bytes());
    }
    void skip(std::size_t bytes)
    {
        m_fits = m_fits && bytes <= m_rest.size();
        m_rest = m_rest.subspan(m_fits ? bytes : 0);
    }
    [[nodiscard]] bool fits() const { return m_fits; }
    [[nodiscard]] std::span<const std::byte> rest() const { return m_rest; }

private:
    std::span<const std::byte> m_rest;
    bool m_fits = true;
};

} // namespace

void SegmentBuilder::add(RowNumber number, const Row& row)
{
    if (rows() == 0) {
        m_firstRow = number;
    }
    addPlace(row.at);
    addTime(row.createdAtMs);
    addWithheld(row.withheld);
    addKind(row);
    m_verdict.push_back(row.verdict);
    m_ruleCount.push_back(row.ruleCount);
    m_values.add(row.values);
}

void SegmentBuilder::addPlace(const SourceLine& at)
{
    constexpr std::uint64_t Furthest = std::numeric_limits<std::uint32_t>::max();
    if (m_runs.empty() || m_runs.back().file != at.file || at.offset - m_runs.back().offset > Furthest
        || at.line - m_runs.back().line > Furthest) {
        m_runs.push_back({static_cast<std::uint32_t>(rows()), at.file, at.line, at.offset});
    }
    m_line.push_back(static_cast<std::uint32_t>(at.line - m_runs.back().line));
    m_offset.push_back(static_cast<std::uint32_t>(at.offset - m_runs.back().offset));
    m_length.push_back(at.length);
}

void SegmentBuilder::addTime(std::int64_t createdAtMs)
{
    m_createdAtMs.push_back(createdAtMs);
    if (createdAtMs == LineFacts::NoTime) {
        ++m_times.rowsWithout;
        return;
    }
    const bool first = m_times.latest == LineFacts::NoTime;
    m_times.earliest = first ? createdAtMs : std::min(m_times.earliest, createdAtMs);
    m_times.latest = std::max(m_times.latest, createdAtMs); // NoTime is the lowest number there is
}

void SegmentBuilder::addWithheld(const IndexSegment::Withheld& withheld)
{
    if (m_withheldSets.empty() || m_withheldSets[m_lastWithheld] != withheld) {
        const auto [known, isNew]
            = m_withheldCodes.emplace(withheld, static_cast<std::uint16_t>(m_withheldSets.size()));
        if (isNew) {
            m_withheldSets.push_back(withheld);
        }
        m_lastWithheld = known->second;
    }
    m_withheld.push_back(m_lastWithheld);
}

void SegmentBuilder::addKind(const Row& row)
{
    const auto flags = static_cast<std::uint8_t>((row.labelled ? IndexSegment::Labelled : 0)
        | (row.malformed ? IndexSegment::Malformed : 0)
        | (row.verdict == IndexSegment::Accepted ? IndexSegment::MayLeave : 0));
    const std::uint32_t traits
        = std::uint32_t {row.source} << 16U | std::uint32_t {row.industry} << 8U | flags;
    auto known = m_kindCodes.find(traits);
    if (known == m_kindCodes.end()) {
        known = m_kindCodes.emplace(traits, static_cast<std::uint16_t>(m_kinds.size())).first;
        m_kinds.push_back({row.source, row.industry, flags, 0, 0, {}});
    }
    IndexSegment::Kind& kind = m_kinds[known->second];
    ++kind.rows;
    for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
        kind.withheld[reason] += row.withheld[reason]; // a segment of 16-bit numbers: no overflow
    }
    m_kind.push_back(known->second);
}

std::vector<std::byte> SegmentBuilder::Image::whole() const
{
    std::vector<std::byte> image;
    image.reserve(held.size() + values.size());
    image.insert(image.end(), held.begin(), held.end());
    image.insert(image.end(), values.begin(), values.end());
    return image;
}

SegmentBuilder::Image SegmentBuilder::finish()
{
    std::vector<std::byte>& image = m_held;
    image.clear();
    const std::vector<SegmentHead> head {
        {m_firstRow, rows(), m_runs.size(), m_withheldSets.size(), m_kinds.size(), m_times}};
    append(image, head);
    append(image, m_runs);
    append(image, m_createdAtMs);
    append(image, m_line);
    append(image, m_offset);
    append(image, m_length);
    append(image, m_kinds);
    append(image, m_withheld);
    append(image, m_kind);
    append(image, m_withheldSets);
    append(image, m_verdict);
    append(image, m_ruleCount);
    image.resize(wholeWords(image.size()));
    const auto values = m_values.finishImage(image);

    m_times = {};
    m_runs.clear();
    m_createdAtMs.clear();
    m_line.clear();
    m_offset.clear();
    m_length.clear();
    m_kinds.clear();
    m_kindCodes.clear();
    m_withheld.clear();
    m_kind.clear();
    m_withheldSets.clear();
    m_withheldCodes.clear();
    m_lastWithheld = 0;
    m_verdict.clear();
    m_ruleCount.clear();
    return {image, values};
}

bool IndexSegment::readColumns(std::span<const std::byte>& bytes)
{
    ImageReader reader(bytes);
    std::span<const SegmentHead> head;
    reader.take(head, 1);
    if (!reader.fits() || head[0].rows == 0 || head[0].rows > MaxRows || head[0].runs == 0
        || head[0].firstRow > UINT32_MAX) {
        return false;
    }
    const std::uint64_t rows = head[0].rows;
    firstRow = static_cast<RowNumber>(head[0].firstRow);
    times = head[0].times;
    reader.take(runs, head[0].runs);
    reader.take(createdAtMs, rows);
    reader.take(line, rows);
    reader.take(offset, rows);
    reader.take(length, rows);
    reader.take(kinds, head[0].kinds);
    reader.take(withheld, rows);
    reader.take(kind, rows);
    reader.take(withheldSets, head[0].withheldSets);
    reader.take(verdict, rows);
    reader.take(ruleCount, rows);
    const std::size_t taken = bytes.size() - reader.rest().size();
    reader.skip(wholeWords(taken) - taken);
    bytes = reader.rest();
    return reader.fits();
}

std::shared_ptr<const IndexSegment> IndexSegment::over(std::vector<std::byte> image)
{
    const auto segment = std::make_shared<IndexSegment>();
    image.shrink_to_fit();
    segment->image = std::make_shared<const std::vector<std::byte>>(std::move(image));
    std::span<const std::byte> rest(*segment->image);
    if (!segment->readColumns(rest)) {
        return nullptr;
    }
    segment->values = ColumnStore::over(rest, segment->image);
    return segment->values && segment->values->rows() == segment->rows() ? segment : nullptr;
}

std::shared_ptr<const IndexSegment> IndexSegment::over(
    std::span<const std::byte> image, const IndexFilePlace& place)
{
    IndexSegment whole;
    std::span<const std::byte> rest(image);
    if (!whole.readColumns(rest)) {
        return nullptr;
    }
    const std::size_t values = rest.size();
    const std::size_t directory = ColumnStore::directoryBytes(rest);
    auto segment = overHeld(image.first(image.size() - values + directory), place);
    return segment && segment->values->imageBytes() == values ? segment : nullptr;
}

std::shared_ptr<const IndexSegment> IndexSegment::overHeld(
    std::span<const std::byte> held, const IndexFilePlace& place)
{
    const auto segment = std::make_shared<IndexSegment>();
    segment->image = std::make_shared<const std::vector<std::byte>>(held.begin(), held.end());
    std::span<const std::byte> rest(*segment->image);
    if (!segment->readColumns(rest)) {
        return nullptr;
    }
    segment->values = ColumnStore::over(rest, segment->image, place.file, place.offset + held.size());
    return segment->values && segment->values->rows() == segment->rows() ? segment : nullptr;
}

const IndexSegment::Run& IndexSegment::runOf(std::size_t place) const
{
    const auto behind = std::upper_bound(runs.begin(), runs.end(), place,
        [](std::size_t wanted, const Run& run) { return wanted < run.firstRow; });
    return *std::prev(behind);
}

std::size_t IndexSegment::memoryBytes() const
{
    return sizeof(IndexSegment) + sizeof(ColumnStore) + image->size();
}

} // namespace workbench
