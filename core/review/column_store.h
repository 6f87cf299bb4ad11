// SPDX-License-Identifier: Apache-2.0
/// The values of a run of rows, column by column and packed: what statistics and sorting read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace workbench {

/// How one column of a block is packed; part of the image.
struct PackedColumn;

/// Values as in row_values.h: numbers, null and hidden; -0 comes back as 0. Each block of a column is kept
/// in the smallest form that gives every value back exactly: nothing at all when it is constant, small whole
/// numbers over a base, single precision, double precision. Immutable, and nothing but an image of bytes:
/// where these lie, in memory or in a mapped file, is their owner's affair.
class ColumnStore {
public:
    /// Rows of one column that are packed together.
    static constexpr std::size_t BlockRows = 4096;

    /// Over an image that ColumnStoreBuilder::finishImage() made, 8-byte aligned; `owner` keeps it alive.
    /// Null when the sizes in it do not fit together.
    [[nodiscard]] static std::shared_ptr<const ColumnStore> over(
        std::span<const std::byte> image, std::shared_ptr<const void> owner);

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] std::size_t columns() const { return m_columns; }
    [[nodiscard]] double value(std::size_t row, std::size_t column) const;
    /// A column's values for `rows`, ascending; each stands for the row `rows[i] - first` of this store.
    void gather(std::size_t column, std::span<const std::uint32_t> rows, std::uint32_t first,
        std::span<double> out) const;
    [[nodiscard]] std::size_t memoryBytes() const; ///< the image's, wherever it lies

private:
    ColumnStore() = default;

    std::shared_ptr<const void> m_owner;
    std::span<const PackedColumn> m_table; ///< block after block, one a column
    std::span<const std::byte> m_bytes;
    std::size_t m_columns = 0;
    std::size_t m_rows = 0;
    std::size_t m_imageBytes = 0;
};

/// Takes rows, gives a store; can then be used for the next one.
class ColumnStoreBuilder {
public:
    explicit ColumnStoreBuilder(std::size_t columns);
    ~ColumnStoreBuilder();
    ColumnStoreBuilder(const ColumnStoreBuilder&) = delete;
    ColumnStoreBuilder& operator=(const ColumnStoreBuilder&) = delete;

    /// One value a column.
    void add(std::span<const double> row);
    /// A store in memory.
    [[nodiscard]] std::shared_ptr<const ColumnStore> finish();
    /// The same as bytes behind those of `out`, whose length is a multiple of 8 and stays one.
    void finishImage(std::vector<std::byte>& out);

private:
    void packBlock();

    std::size_t m_columns;
    std::size_t m_rows = 0; ///< packed
    std::size_t m_pending = 0; ///< rows not packed yet
    std::vector<double> m_staged; ///< column after column
    std::vector<PackedColumn> m_table;
    std::vector<std::byte> m_packed;
};

} // namespace workbench
