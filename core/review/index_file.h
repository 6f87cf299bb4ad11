// SPDX-License-Identifier: Apache-2.0
/// Where the bytes of an index lie: in a file of our own, so that they cost no memory, or in memory where
/// there is no such file. Read by plain reads and never mapped: a file that shrinks or cannot be read any
/// more then costs values, and not the program.
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

/// Where something stands in an index file.
struct IndexFilePlace {
    std::shared_ptr<const FileDescriptor> file;
    std::uint64_t offset = 0;
};

/// A piece of an index file.
struct IndexFilePiece {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
};

/// An index file while it is made, under a temporary name that nobody else opens; removed unless it is kept.
/// A disk that is full ends the file, not the index: what comes then stays in memory.
class IndexFileWriter {
public:
    /// `path`: what it will be called when kept; empty: everything stays in memory.
    explicit IndexFileWriter(const std::string& path);

    /// Both, one behind the other, become one piece. Nothing: there is no file, and they have to stay in
    /// memory.
    [[nodiscard]] std::optional<IndexFilePlace> put(
        std::span<const std::byte> first, std::span<const std::byte> second);
    /// Writes `contents` behind the pieces and gives the file its name. False: there will be no file.
    [[nodiscard]] bool keep(std::span<const std::byte> contents);
    [[nodiscard]] const std::vector<IndexFilePiece>& pieces() const { return m_pieces; }

private:
    std::optional<StagedFile> m_file;
    std::shared_ptr<const FileDescriptor> m_reading;
    std::uint64_t m_end = 0;
    std::vector<IndexFilePiece> m_pieces;
};

/// A kept index file. Its pieces are compared with their checksums before they are believed.
class IndexFile {
public:
    /// Nothing unless it is a regular file of this user that nobody else may write, with an intact end.
    /// Marks it as used now.
    [[nodiscard]] static std::optional<IndexFile> open(const std::string& path);

    [[nodiscard]] std::span<const std::byte> contents() const { return m_contents; } ///< intact
    /// A piece named in contents(), whole into `bytes`. False when it lies outside or is damaged.
    [[nodiscard]] bool read(const IndexFilePiece& piece, std::vector<std::byte>& bytes) const;
    [[nodiscard]] IndexFilePlace place(const IndexFilePiece& piece) const { return {m_file, piece.offset}; }

private:
    IndexFile() = default;

    std::shared_ptr<const FileDescriptor> m_file;
    std::uint64_t m_size = 0;
    std::vector<std::byte> m_contents;
};

} // namespace workbench
