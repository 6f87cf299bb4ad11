// SPDX-License-Identifier: Apache-2.0
/// The values of a run of rows, column by column and packed: what statistics and sorting read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace workbench {

/// Values as in row_values.h: numbers, null and hidden; -0 comes back as 0. Each block of a column is kept
/// in the smallest form that gives every value back exactly: nothing at all when it is constant, small whole
/// numbers over a base, single precision, double precision. Immutable; where the bytes lie is its own affair.
class ColumnStore {
public:
    /// Rows of one column that are packed together.
    static constexpr std::size_t BlockRows = 4096;

    ~ColumnStore();
    ColumnStore(const ColumnStore&) = delete;
    ColumnStore& operator=(const ColumnStore&) = delete;

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] double value(std::size_t row, std::size_t column) const;
    /// A column's values for `rows`, ascending; each stands for the row `rows[i] - first` of this store.
    void gather(std::size_t column, std::span<const std::uint32_t> rows, std::uint32_t first,
        std::span<double> out) const;
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    friend class ColumnStoreBuilder;
    struct Block;
    ColumnStore();

    std::vector<Block> m_blocks; ///< BlockRows rows each, the last one fewer
    std::size_t m_rows = 0;
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
    [[nodiscard]] std::shared_ptr<const ColumnStore> finish();

private:
    void packBlock();

    std::size_t m_columns;
    std::size_t m_pending = 0; ///< rows not packed yet
    std::vector<double> m_staged; ///< column after column
    std::vector<std::byte> m_packed;
    std::shared_ptr<ColumnStore> m_store;
};

} // namespace workbench
