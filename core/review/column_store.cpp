// SPDX-License-Identifier: Apache-2.0
#include "core/review/column_store.h"

#include "core/row/row_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace workbench {

struct PackedColumn {
    enum class Form : std::uint64_t { Constant, Whole8, Whole16, Whole32, Single, Double };

    double base = 0; ///< the constant itself, or what whole numbers are counted from
    std::uint64_t offset = 0; ///< in the image's bytes
    Form form = Form::Constant;
};

namespace {

using Form = PackedColumn::Form;

/// What an image begins with; then the table of packed columns, then their bytes.
struct ColumnsHead {
    std::uint64_t rows = 0;
    std::uint64_t columns = 0;
    std::uint64_t bytes = 0;
};
static_assert(std::has_unique_object_representations_v<ColumnsHead>, "no byte of an image is left to chance");
static_assert(sizeof(PackedColumn) == 24, "nor here");

std::size_t blocksOf(std::size_t rows)
{
    return (rows + ColumnStore::BlockRows - 1) / ColumnStore::BlockRows;
}

// Whole numbers keep their two highest codes for what is no number, singles two NaNs.
template <class Code> constexpr Code NullCode = std::numeric_limits<Code>::max();
template <class Code> constexpr Code HiddenCode = std::numeric_limits<Code>::max() - 1;
constexpr std::uint32_t NullSingleBits = 0x7fc0'0001;
constexpr std::uint32_t HiddenSingleBits = 0x7fc0'0002;
// What is added to 2^52 stands in the lowest bits of the sum; 2^51 more and it may be negative. What does not
// fit there is rounded to a whole number.
constexpr double LowestBits = 4503599627370496.0;
constexpr double MaxWhole = LowestBits / 2;
constexpr double Rounding = LowestBits + MaxWhole;

template <class Code> Code load(const std::byte* bytes, std::size_t place)
{
    Code code;
    std::memcpy(&code, bytes + place * sizeof(Code), sizeof(Code));
    return code;
}

template <class Code> void store(std::byte* bytes, std::size_t place, Code code)
{
    std::memcpy(bytes + place * sizeof(Code), &code, sizeof(Code));
}

template <class Code> double unpackWhole(const std::byte* bytes, double base, std::size_t place)
{
    // Whole numbers are chosen between without a branch, as their bits: which rows have none cannot be
    // foretold.
    const Code code = load<Code>(bytes, place);
    const auto number = std::bit_cast<std::uint64_t>(base + code);
    const auto none = code == NullCode<Code> ? NullValueBits : HiddenValueBits;
    return std::bit_cast<double>(code < HiddenCode<Code> ? number : none);
}

double unpackSingle(const std::byte* bytes, std::size_t place)
{
    const auto bits = load<std::uint32_t>(bytes, place);
    if (bits == NullSingleBits) {
        return nullValue();
    }
    return bits == HiddenSingleBits ? hiddenValue() : double {std::bit_cast<float>(bits)};
}

double unpack(const PackedColumn& column, const std::byte* bytes, std::size_t place)
{
    switch (column.form) {
    case Form::Constant:
        return column.base;
    case Form::Whole8:
        return unpackWhole<std::uint8_t>(bytes, column.base, place);
    case Form::Whole16:
        return unpackWhole<std::uint16_t>(bytes, column.base, place);
    case Form::Whole32:
        return unpackWhole<std::uint32_t>(bytes, column.base, place);
    case Form::Single:
        return unpackSingle(bytes, place);
    case Form::Double:
        return load<double>(bytes, place);
    }
    return nullValue();
}

/// `rows`, ascending, of a block that begins with `first`. No bytes: they cannot be read.
void unpackAll(const PackedColumn& column, const std::byte* bytes, std::span<const std::uint32_t> rows,
    std::uint32_t first, std::span<double> out)
{
    // The form, and whether rows are left out, is told once a block, not once a row.
    const auto each = [&](auto unpackOne) {
        const std::size_t begin = rows.front() - first;
        if (rows.back() - rows.front() == rows.size() - 1) {
            for (std::size_t place = 0; place < rows.size(); ++place) {
                out[place] = unpackOne(begin + place);
            }
            return;
        }
        for (std::size_t place = 0; place < rows.size(); ++place) {
            out[place] = unpackOne(rows[place] - first);
        }
    };
    if (bytes == nullptr) {
        std::ranges::fill(out, hiddenValue());
        return;
    }
    switch (column.form) {
    case Form::Constant:
        std::ranges::fill(out, column.base);
        break;
    case Form::Whole8:
        each([&](std::size_t place) { return unpackWhole<std::uint8_t>(bytes, column.base, place); });
        break;
    case Form::Whole16:
        each([&](std::size_t place) { return unpackWhole<std::uint16_t>(bytes, column.base, place); });
        break;
    case Form::Whole32:
        each([&](std::size_t place) { return unpackWhole<std::uint32_t>(bytes, column.base, place); });
        break;
    case Form::Single:
        each([&](std::size_t place) { return unpackSingle(bytes, place); });
        break;
    case Form::Double:
        each([&](std::size_t place) { return load<double>(bytes, place); });
        break;
    }
}

std::size_t width(Form form)
{
    switch (form) {
    case Form::Constant:
        return 0;
    case Form::Whole8:
        return 1;
    case Form::Whole16:
        return 2;
    case Form::Whole32:
    case Form::Single:
        return 4;
    case Form::Double:
        return 8;
    }
    return 8;
}

/// Of the plain values of a column.
struct Extent {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
    double furthest = 0; ///< from a whole number, for values smaller than MaxWhole
};

/// Several values side by side, each waiting for its own comparisons, and without a branch: which of them are
/// null cannot be foretold, and what is no number is neither below nor above anything.
void extend(Extent& extent, std::span<const double> values)
{
    constexpr std::size_t Lanes = 4;
    std::array<Extent, Lanes> lanes;
    lanes.fill(extent);
    const auto look = [](Extent& lane, double value) {
        const double away = std::abs(value + Rounding - Rounding - value);
        lane.lowest = value < lane.lowest ? value : lane.lowest;
        lane.highest = value > lane.highest ? value : lane.highest;
        lane.furthest = away > lane.furthest ? away : lane.furthest;
    };
    std::size_t next = 0;
    for (; next + Lanes <= values.size(); next += Lanes) {
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            look(lanes[lane], values[next + lane]);
        }
    }
    for (; next < values.size(); ++next) {
        look(lanes[0], values[next]);
    }
    for (const Extent& lane : lanes) {
        extent.lowest = std::min(extent.lowest, lane.lowest);
        extent.highest = std::max(extent.highest, lane.highest);
        extent.furthest = std::max(extent.furthest, lane.furthest);
    }
}

bool isWhole(const Extent& extent)
{
    return extent.furthest == 0 && extent.lowest > -MaxWhole && extent.highest < MaxWhole;
}

bool isSingle(double value)
{
    return !isPlainValue(value)
        || (std::abs(value) <= double {std::numeric_limits<float>::max()}
            && double {static_cast<float>(value)} == value);
}

/// The smallest form that gives every value back.
PackedColumn chooseForm(std::span<const double> values)
{
    const auto first = std::bit_cast<std::uint64_t>(values.front());
    if (std::ranges::all_of(
            values, [first](double value) { return std::bit_cast<std::uint64_t>(value) == first; })) {
        return {values.front(), 0, Form::Constant};
    }
    constexpr std::size_t Piece = 64; // values between two looks at whether they still are whole
    Extent extent;
    for (auto rest = values; !rest.empty() && isWhole(extent);) {
        const auto piece = rest.first(std::min(rest.size(), Piece));
        extend(extent, piece);
        rest = rest.subspan(piece.size());
    }
    if (extent.lowest > extent.highest) { // nulls and hidden ones only
        return {0, 0, Form::Whole8};
    }
    if (isWhole(extent)) {
        const double range = extent.highest - extent.lowest;
        if (range < double {HiddenCode<std::uint8_t>}) {
            return {extent.lowest, 0, Form::Whole8};
        }
        if (range < double {HiddenCode<std::uint16_t>}) {
            return {extent.lowest, 0, Form::Whole16};
        }
        if (range < double {HiddenCode<std::uint32_t>}) {
            return {extent.lowest, 0, Form::Whole32};
        }
    }
    return {0, 0, std::ranges::all_of(values, isSingle) ? Form::Single : Form::Double};
}

template <class Code> void packWhole(std::span<const double> values, double base, std::byte* bytes)
{
    for (std::size_t place = 0; place < values.size(); ++place) {
        const double value = values[place];
        const auto number = static_cast<Code>(std::bit_cast<std::uint64_t>(value - base + LowestBits));
        const Code none = isNullValue(value) ? NullCode<Code> : HiddenCode<Code>;
        store(bytes, place, isPlainValue(value) ? number : none);
    }
}

void packSingle(std::span<const double> values, std::byte* bytes)
{
    for (std::size_t place = 0; place < values.size(); ++place) {
        const double value = values[place];
        auto bits = HiddenSingleBits;
        if (isPlainValue(value)) {
            bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
        } else if (isNullValue(value)) {
            bits = NullSingleBits;
        }
        store(bytes, place, bits);
    }
}

void pack(const PackedColumn& column, std::span<const double> values, std::byte* bytes)
{
    switch (column.form) {
    case Form::Constant:
        return;
    case Form::Whole8:
        return packWhole<std::uint8_t>(values, column.base, bytes);
    case Form::Whole16:
        return packWhole<std::uint16_t>(values, column.base, bytes);
    case Form::Whole32:
        return packWhole<std::uint32_t>(values, column.base, bytes);
    case Form::Single:
        return packSingle(values, bytes);
    case Form::Double:
        std::memcpy(bytes, values.data(), values.size_bytes());
    }
}

/// Leaves the bits of null and hidden as they are.
double withoutNegativeZero(double value) { return value + 0.0; }

// Not a power of two: writing a row down all columns would otherwise hit the same cache lines each time.
constexpr std::size_t ColumnStride = ColumnStore::BlockRows + 8;

} // namespace

bool ColumnStore::readDirectory(std::span<const std::byte> image)
{
    ColumnsHead head;
    if (image.size() < sizeof head) {
        return false;
    }
    std::memcpy(&head, image.data(), sizeof head);
    const auto rest = image.subspan(sizeof head);
    constexpr std::uint64_t Most = std::numeric_limits<std::uint32_t>::max(); // and products stay products
    if (head.columns > Most || head.rows > Most || head.bytes > Most * sizeof(double)) {
        return false;
    }
    const std::size_t entries = blocksOf(head.rows) * head.columns;
    if (entries > rest.size() / sizeof(PackedColumn)) {
        return false;
    }
    m_table = {reinterpret_cast<const PackedColumn*>(rest.data()), entries};
    m_columns = head.columns;
    m_rows = head.rows;
    m_packedBytes = head.bytes;
    m_imageBytes = sizeof head + m_table.size_bytes() + head.bytes;
    for (std::size_t entry = 0; entry < entries; ++entry) {
        const PackedColumn& packed = m_table[entry];
        const std::size_t rows = std::min(BlockRows, head.rows - entry / head.columns * BlockRows);
        const std::size_t size = width(packed.form) * rows;
        if (packed.form > Form::Double || size > head.bytes || packed.offset > head.bytes - size) {
            return false;
        }
    }
    return true;
}

std::size_t ColumnStore::directoryBytes(std::span<const std::byte> image)
{
    ColumnStore store;
    return store.readDirectory(image) ? store.m_imageBytes - store.m_packedBytes : 0;
}

std::shared_ptr<const ColumnStore> ColumnStore::over(
    std::span<const std::byte> image, std::shared_ptr<const void> owner)
{
    const std::shared_ptr<ColumnStore> store(new ColumnStore);
    if (!store->readDirectory(image) || store->m_imageBytes != image.size()) {
        return nullptr;
    }
    store->m_owner = std::move(owner);
    store->m_bytes = image.last(store->m_packedBytes);
    return store;
}

std::shared_ptr<const ColumnStore> ColumnStore::over(std::span<const std::byte> directory,
    std::shared_ptr<const void> owner, std::shared_ptr<const FileDescriptor> file, std::uint64_t offset)
{
    const std::shared_ptr<ColumnStore> store(new ColumnStore);
    if (!store->readDirectory(directory)) {
        return nullptr;
    }
    store->m_owner = std::move(owner);
    store->m_file = std::move(file);
    store->m_fileOffset = offset;
    return store;
}

const std::byte* ColumnStore::packedBytes(
    std::uint64_t offset, std::size_t size, std::span<std::byte> buffer) const
{
    if (!m_file) {
        return m_bytes.data() + offset;
    }
    return tryReadAt(m_file->get(), buffer.first(size), m_fileOffset + offset) ? buffer.data() : nullptr;
}

double ColumnStore::value(std::size_t row, std::size_t column) const
{
    const PackedColumn& packed = m_table[row / BlockRows * m_columns + column];
    const std::size_t size = width(packed.form);
    std::array<std::byte, sizeof(double)> buffer {};
    const std::byte* bytes = packedBytes(packed.offset + row % BlockRows * size, size, buffer);
    return bytes == nullptr ? hiddenValue() : unpack(packed, bytes, 0);
}

void ColumnStore::gather(
    std::size_t column, std::span<const std::uint32_t> rows, std::uint32_t first, std::span<double> out) const
{
    std::array<std::byte, BlockRows * sizeof(double)>
        buffer; // NOLINT(*-member-init): filled before it is read
    std::size_t next = 0;
    while (next < rows.size()) {
        const std::size_t number = (rows[next] - first) / BlockRows;
        const std::size_t blockFirst = first + number * BlockRows;
        const PackedColumn packed = m_table[number * m_columns + column];
        const std::size_t blockRows = std::min(BlockRows, m_rows - number * BlockRows);
        const auto wanted = rows.subspan(next, std::min(rows.size() - next, blockRows));
        const auto here = std::span(wanted.begin(),
            wanted.back() < blockFirst + blockRows
                ? wanted.end()
                : std::ranges::lower_bound(wanted, static_cast<std::uint32_t>(blockFirst + blockRows)));
        const std::byte* bytes = packedBytes(packed.offset, blockRows * width(packed.form), buffer);
        unpackAll(
            packed, bytes, here, static_cast<std::uint32_t>(blockFirst), out.subspan(next, here.size()));
        next += here.size();
    }
}

ColumnStoreBuilder::ColumnStoreBuilder(std::size_t columns, std::size_t rows)
    : m_columns(columns)
    , m_staged(columns * ColumnStride)
{
    m_packed.reserve(rows * columns * sizeof(double)); // at most; what is not needed is never touched
}

ColumnStoreBuilder::~ColumnStoreBuilder() = default;

void ColumnStoreBuilder::add(std::span<const double> row)
{
    if (m_pending == ColumnStore::BlockRows) { // not before: the last row may still be amended
        packBlock();
    }
    double* place = m_staged.data() + m_pending;
    for (std::size_t column = 0; column < m_columns; ++column) {
        place[column * ColumnStride] = withoutNegativeZero(row[column]);
    }
    ++m_pending;
}

void ColumnStoreBuilder::amend(std::size_t column, double value)
{
    m_staged[column * ColumnStride + m_pending - 1] = withoutNegativeZero(value);
}

void ColumnStoreBuilder::packBlock()
{
    if (m_rows == 0) {
        m_packed.clear();
    }
    for (std::size_t column = 0; column < m_columns; ++column) {
        const std::span<const double> values(m_staged.data() + column * ColumnStride, m_pending);
        PackedColumn packed = chooseForm(values);
        packed.offset = m_packed.size();
        m_packed.resize(m_packed.size() + width(packed.form) * m_pending);
        pack(packed, values, m_packed.data() + packed.offset);
        m_table.push_back(packed);
    }
    m_rows += m_pending;
    m_pending = 0;
}

std::span<const std::byte> ColumnStoreBuilder::finishImage(std::vector<std::byte>& out)
{
    if (m_pending > 0) {
        packBlock();
    }
    if (m_rows == 0) {
        m_packed.clear();
    }
    m_packed.insert(m_packed.end(), wholeWords(m_packed.size()) - m_packed.size(), std::byte {});
    const ColumnsHead head {m_rows, m_columns, m_packed.size()};
    const auto append = [&out](const void* data, std::size_t size) {
        const auto* bytes = static_cast<const std::byte*>(data);
        out.insert(out.end(), bytes, bytes + size);
    };
    append(&head, sizeof head);
    append(m_table.data(), m_table.size() * sizeof(PackedColumn));
    m_rows = 0;
    m_table.clear();
    return m_packed;
}

std::shared_ptr<const ColumnStore> ColumnStoreBuilder::finish()
{
    const auto image = std::make_shared<std::vector<std::byte>>();
    const auto packed = finishImage(*image);
    image->insert(image->end(), packed.begin(), packed.end());
    return ColumnStore::over(*image, image);
}

} // namespace workbench
