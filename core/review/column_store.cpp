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
constexpr double MaxWhole = 9007199254740992.0; // 2^53: beyond it base + code may not be exact

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
    const Code code = load<Code>(bytes, place);
    if (code < HiddenCode<Code>) {
        return base + code;
    }
    return code == NullCode<Code> ? nullValue() : hiddenValue();
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

/// The smallest form that gives every value back.
PackedColumn chooseForm(std::span<const double> values)
{
    const auto first = std::bit_cast<std::uint64_t>(values.front());
    if (std::ranges::all_of(
            values, [first](double value) { return std::bit_cast<std::uint64_t>(value) == first; })) {
        return {values.front(), 0, Form::Constant};
    }
    bool whole = true;
    bool single = true;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
    for (const double value : values) {
        if (isPlainValue(value)) {
            lowest = std::min(lowest, value);
            highest = std::max(highest, value);
            whole &= std::abs(value) < MaxWhole
                && static_cast<double>(static_cast<std::int64_t>(value)) == value;
            single &= std::abs(value) <= double {std::numeric_limits<float>::max()}
                && double {static_cast<float>(value)} == value;
            if (!whole && !single) {
                return {0, 0, Form::Double}; // whatever follows
            }
        }
    }
    if (lowest > highest) { // nulls and hidden ones only
        return {0, 0, Form::Whole8};
    }
    if (whole) {
        const double range = highest - lowest;
        if (range < double {HiddenCode<std::uint8_t>}) {
            return {lowest, 0, Form::Whole8};
        }
        if (range < double {HiddenCode<std::uint16_t>}) {
            return {lowest, 0, Form::Whole16};
        }
        if (range < double {HiddenCode<std::uint32_t>}) {
            return {lowest, 0, Form::Whole32};
        }
    }
    return {0, 0, single ? Form::Single : Form::Double};
}

template <class Code> void packWhole(std::span<const double> values, double base, std::byte* bytes)
{
    for (std::size_t place = 0; place < values.size(); ++place) {
        const double value = values[place];
        Code code = HiddenCode<Code>;
        if (isPlainValue(value)) {
            code = static_cast<Code>(value - base);
        } else if (isNullValue(value)) {
            code = NullCode<Code>;
        }
        store(bytes, place, code);
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
        const std::byte* bytes = packedBytes(packed.offset, blockRows * width(packed.form), buffer);
        // The form is told apart once a block, not once a row.
        const auto each = [&](auto unpackOne) {
            while (next < rows.size() && rows[next] < blockFirst + BlockRows) {
                out[next] = unpackOne(rows[next] - blockFirst);
                ++next;
            }
        };
        if (bytes == nullptr) {
            each([](std::size_t) { return hiddenValue(); });
            continue;
        }
        switch (packed.form) {
        case Form::Constant:
            each([&](std::size_t) { return packed.base; });
            break;
        case Form::Whole8:
            each([&](std::size_t place) { return unpackWhole<std::uint8_t>(bytes, packed.base, place); });
            break;
        case Form::Whole16:
            each([&](std::size_t place) { return unpackWhole<std::uint16_t>(bytes, packed.base, place); });
            break;
        case Form::Whole32:
            each([&](std::size_t place) { return unpackWhole<std::uint32_t>(bytes, packed.base, place); });
            break;
        case Form::Single:
            each([&](std::size_t place) { return unpackSingle(bytes, place); });
            break;
        case Form::Double:
            each([&](std::size_t place) { return load<double>(bytes, place); });
            break;
        }
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
        place[column * ColumnStride] = row[column];
    }
    ++m_pending;
}

void ColumnStoreBuilder::amend(std::size_t column, double value)
{
    m_staged[column * ColumnStride + m_pending - 1] = value;
}

void ColumnStoreBuilder::packBlock()
{
    if (m_rows == 0) {
        m_packed.clear();
    }
    for (std::size_t column = 0; column < m_columns; ++column) {
        const std::span<double> values(m_staged.data() + column * ColumnStride, m_pending);
        for (double& value : values) {
            value += 0.0; // makes 0 of -0 and leaves the bits of null and hidden as they are
        }
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
