// SPDX-License-Identifier: Apache-2.0
/// Where the bytes of an index lie: in a file of our own that is mapped, so that they cost no memory, or in
/// memory where there is no such file.
#pragma once

#include "core/base/file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace workbench {

/// Bytes that stay as they are as long as `owner` lives. 8-byte aligned.
struct IndexBytes {
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;
    bool inFile = false;
};

/// A piece of an index file.
struct IndexFilePiece {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
};

/// An index file while it is made. Written by plain writes under a temporary name that nobody else opens,
/// read through a mapping; removed unless it is kept. A disk that is full ends the file, not the index:
/// what comes then stays in memory.
class IndexFileWriter {
public:
    /// `path`: what it will be called when kept; empty: everything stays in memory.
    explicit IndexFileWriter(const std::string& path);

    [[nodiscard]] IndexBytes put(std::vector<std::byte> bytes);
    /// Writes `contents` behind the pieces and gives the file its name. False: there will be no file.
    [[nodiscard]] bool keep(std::span<const std::byte> contents);
    [[nodiscard]] const std::vector<IndexFilePiece>& pieces() const { return m_pieces; }

private:
    [[nodiscard]] std::optional<IndexBytes> putIntoFile(std::span<const std::byte> bytes);

    std::optional<StagedFile> m_file;
    std::uint64_t m_end = 0;
    std::vector<IndexFilePiece> m_pieces;
};

/// A kept index file, mapped. Its pieces are to be compared with their checksums before they are believed.
class IndexFile {
public:
    /// Nothing unless it is a regular file of this user that nobody else may write, with an intact end.
    /// Marks it as used now.
    [[nodiscard]] static std::optional<IndexFile> open(const std::string& path);

    [[nodiscard]] std::span<const std::byte> contents() const { return m_contents; } ///< intact
    /// A piece named in contents(). Nothing when it lies outside or is damaged.
    [[nodiscard]] std::optional<IndexBytes> piece(const IndexFilePiece& piece) const;

private:
    IndexFile() = default;

    std::shared_ptr<const void> m_owner;
    std::span<const std::byte> m_bytes;
    std::span<const std::byte> m_contents;
};

} // namespace workbench
