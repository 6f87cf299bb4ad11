// SPDX-License-Identifier: Apache-2.0
/// The values of a run of rows, column by column and packed: what statistics and sorting read.
#pragma once

#include "core/base/file.h"
#include "core/base/large_pages.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace workbench {

/// An image consists of words of eight bytes: the length with which `bytes` fill their last one.
[[nodiscard]] constexpr std::size_t wholeWords(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

/// How one column of a block is packed; part of the image.
struct PackedColumn;

/// Values as in row_values.h: numbers, null and hidden; -0 comes back as 0. Each block of a column is kept
/// in the smallest form that gives every value back exactly: nothing at all when it is constant, small whole
/// numbers over a base, single precision, double precision. Immutable, and nothing but an image of bytes: a
/// directory and what it leads to. The latter may lie in a file and is then read when it is asked for, by
/// plain reads: what cannot be read any more is hidden, and no file that shrinks kills the program.
class ColumnStore {
public:
    /// Rows of one column that are packed together.
    static constexpr std::size_t BlockRows = 4096;

    /// Over an image that a ColumnStoreBuilder made, 8-byte aligned; `owner` keeps it alive. Null when the
    /// sizes in it do not fit together.
    [[nodiscard]] static std::shared_ptr<const ColumnStore> over(
        std::span<const std::byte> image, std::shared_ptr<const void> owner);
    /// The size of an image's directory, which comes first.
    [[nodiscard]] static std::size_t directoryBytes(std::span<const std::byte> image);
    /// Over a directory alone; the rest of its image stands at `offset` in `file`.
    [[nodiscard]] static std::shared_ptr<const ColumnStore> over(std::span<const std::byte> directory,
        std::shared_ptr<const void> owner, std::shared_ptr<const FileDescriptor> file, std::uint64_t offset);

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] std::size_t columns() const { return m_columns; }
    [[nodiscard]] double value(std::size_t row, std::size_t column) const;
    /// A column's values for `rows`, ascending; each stands for the row `rows[i] - first` of this store.
    void gather(std::size_t column, std::span<const std::uint32_t> rows, std::uint32_t first,
        std::span<double> out) const;
    [[nodiscard]] std::size_t imageBytes() const { return m_imageBytes; } ///< wherever they lie

private:
    ColumnStore() = default;
    [[nodiscard]] bool readDirectory(std::span<const std::byte> image);
    /// `size` packed bytes from `offset` on, in memory or read into `buffer`; null when they cannot be read.
    [[nodiscard]] const std::byte* packedBytes(
        std::uint64_t offset, std::size_t size, std::span<std::byte> buffer) const;

    std::shared_ptr<const void> m_owner;
    std::span<const PackedColumn> m_table; ///< block after block, one a column
    std::span<const std::byte> m_bytes; ///< packed; none when they lie in the file
    std::shared_ptr<const FileDescriptor> m_file;
    std::uint64_t m_fileOffset = 0;
    std::uint64_t m_packedBytes = 0;
    std::size_t m_columns = 0;
    std::size_t m_rows = 0;
    std::size_t m_imageBytes = 0;
};

/// Takes rows, gives a store; can then be used for the next one.
class ColumnStoreBuilder {
public:
    /// Has room for about so many `rows`; more may come.
    explicit ColumnStoreBuilder(std::size_t columns, std::size_t rows = ColumnStore::BlockRows);
    ~ColumnStoreBuilder();
    ColumnStoreBuilder(const ColumnStoreBuilder&) = delete;
    ColumnStoreBuilder& operator=(const ColumnStoreBuilder&) = delete;

    /// One value a column.
    void add(std::span<const double> row);
    /// Another value for the row that was added last.
    void amend(std::size_t column, double value);
    /// A store in memory.
    [[nodiscard]] std::shared_ptr<const ColumnStore> finish();
    /// The same as an image in two parts: its directory behind the bytes of `out`, whose length is a multiple
    /// of 8 and stays one. What it leads to is returned: the builder's memory, until the next row.
    [[nodiscard]] std::span<const std::byte> finishImage(std::vector<std::byte>& out);

private:
    void packBlock();

    std::size_t m_columns;
    std::size_t m_rows = 0; ///< packed
    std::size_t m_pending = 0; ///< rows not packed yet
    std::vector<double, LargePages<double>> m_staged; ///< column after column
    std::vector<PackedColumn> m_table;
    std::vector<std::byte, LargePages<std::byte>> m_packed; ///< of a finished image until a block is packed
};

} // namespace workbench
