// SPDX-License-Identifier: Apache-2.0
// A segment and its image: the counts, then the columns one behind the other, the widest first, so that each
// stands where its type may stand.
#include "core/review/index_state.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <type_traits>

namespace workbench {

namespace {

struct ImageHead {
    std::uint64_t firstRow = 0;
    std::uint64_t rows = 0;
    std::uint64_t runs = 0;
    std::uint64_t withheldSets = 0;
};
static_assert(std::has_unique_object_representations_v<ImageHead>);
static_assert(std::has_unique_object_representations_v<IndexSegment::Run>);

template <class T> void append(std::vector<std::byte>& image, const std::vector<T>& column)
{
    const auto bytes = std::as_bytes(std::span(column));
    image.insert(image.end(), bytes.begin(), bytes.end());
}

std::size_t roundedUp(std::size_t size) { return (size + 7) / 8 * 8; }

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

std::vector<std::byte> SegmentBuilder::finish()
{
    std::vector<std::byte> image;
    const std::vector<ImageHead> head {{firstRow, rows(), runs.size(), withheldSets.size()}};
    append(image, head);
    append(image, runs);
    append(image, createdAtMs);
    append(image, line);
    append(image, offset);
    append(image, length);
    append(image, withheld);
    append(image, withheldSets);
    append(image, verdict);
    append(image, ruleCount);
    append(image, source);
    append(image, industry);
    append(image, flags);
    image.resize(roundedUp(image.size()));
    values.finishImage(image);

    runs.clear();
    createdAtMs.clear();
    line.clear();
    offset.clear();
    length.clear();
    withheld.clear();
    withheldSets.clear();
    verdict.clear();
    ruleCount.clear();
    source.clear();
    industry.clear();
    flags.clear();
    return image;
}

std::shared_ptr<const IndexSegment> IndexSegment::over(IndexBytes image)
{
    const auto segment = std::make_shared<IndexSegment>();
    ImageReader reader(image.bytes);
    std::span<const ImageHead> head;
    reader.take(head, 1);
    if (!reader.fits() || head[0].rows == 0 || head[0].rows > MaxRows || head[0].runs == 0
        || head[0].firstRow > UINT32_MAX) {
        return nullptr;
    }
    const std::uint64_t rows = head[0].rows;
    segment->firstRow = static_cast<RowNumber>(head[0].firstRow);
    reader.take(segment->runs, head[0].runs);
    reader.take(segment->createdAtMs, rows);
    reader.take(segment->line, rows);
    reader.take(segment->offset, rows);
    reader.take(segment->length, rows);
    reader.take(segment->withheld, rows);
    reader.take(segment->withheldSets, head[0].withheldSets);
    reader.take(segment->verdict, rows);
    reader.take(segment->ruleCount, rows);
    reader.take(segment->source, rows);
    reader.take(segment->industry, rows);
    reader.take(segment->flags, rows);
    const std::size_t taken = image.bytes.size() - reader.rest().size();
    reader.skip(roundedUp(taken) - taken);
    if (!reader.fits()) {
        return nullptr;
    }
    segment->values = ColumnStore::over(reader.rest(), image.owner);
    if (!segment->values || segment->values->rows() != rows) {
        return nullptr;
    }
    segment->image = std::move(image);
    return segment;
}

const IndexSegment::Run& IndexSegment::runOf(std::size_t place) const
{
    const auto behind = std::upper_bound(runs.begin(), runs.end(), place,
        [](std::size_t wanted, const Run& run) { return wanted < run.firstRow; });
    return *std::prev(behind);
}

std::size_t IndexSegment::memoryBytes() const
{
    return sizeof(IndexSegment) + sizeof(ColumnStore) + (image.inFile ? 0 : image.bytes.size());
}

} // namespace workbench
