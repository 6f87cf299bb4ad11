// SPDX-License-Identifier: Apache-2.0
#include "core/review/index_file.h"

#include "core/review/checksum.h"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

namespace workbench {

namespace {

constexpr std::array<char, 8> Mark {'w', 'b', 'i', 'n', 'd', 'e', 'x', '2'};

/// The last bytes of a kept file.
struct FileEnd {
    std::uint64_t offset = 0; ///< of the contents
    std::uint64_t size = 0;
    std::uint64_t checksum = 0; ///< of the contents
    std::array<char, 8> mark = Mark;
};
static_assert(std::has_unique_object_representations_v<FileEnd>);

std::string_view asText(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

IndexFileWriter::IndexFileWriter(const std::string& path)
{
    if (path.empty()) {
        return;
    }
    if (auto file = StagedFile::create(path)) {
        m_reading = std::make_shared<const FileDescriptor>(file->reading());
        if (*m_reading) {
            m_file = std::move(*file);
        }
    }
}

std::optional<IndexFilePlace> IndexFileWriter::put(
    std::span<const std::byte> first, std::span<const std::byte> second)
{
    if (!m_file || !m_file->write(asText(first)) || !m_file->write(asText(second))) {
        m_file.reset();
        return std::nullopt;
    }
    Checksum checksum;
    checksum.add(first);
    checksum.add(second);
    m_pieces.push_back({m_end, first.size() + second.size(), checksum.value()});
    m_end += m_pieces.back().size;
    return IndexFilePlace {m_reading, m_pieces.back().offset};
}

bool IndexFileWriter::keep(std::span<const std::byte> contents)
{
    if (!m_file) {
        return false;
    }
    const FileEnd end {m_end, contents.size(), checksumOf(contents), Mark};
    const bool kept = m_file->write(asText(contents))
        && m_file->write(asText(std::as_bytes(std::span(&end, 1)))) && m_file->commitUnflushed();
    m_file.reset();
    return kept;
}

std::optional<IndexFile> IndexFile::open(const std::string& path)
{
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat state {};
    if (!file || ::fstat(file.get(), &state) != 0 || !S_ISREG(state.st_mode) || state.st_uid != ::geteuid()
        || (state.st_mode & (S_IWGRP | S_IWOTH)) != 0
        || state.st_size < static_cast<off_t>(sizeof(FileEnd))) {
        return std::nullopt;
    }
    IndexFile opened;
    opened.m_size = static_cast<std::uint64_t>(state.st_size);
    FileEnd end;
    const std::uint64_t most = opened.m_size - sizeof end;
    if (!tryReadAt(file.get(), std::as_writable_bytes(std::span(&end, 1)), most) || end.mark != Mark
        || end.offset > most || end.size != most - end.offset) {
        return std::nullopt;
    }
    opened.m_contents.resize(end.size);
    if (!tryReadAt(file.get(), opened.m_contents, end.offset)
        || checksumOf(opened.m_contents) != end.checksum) {
        return std::nullopt;
    }
    // What was used last goes last when room is needed. It is no matter when this fails.
    static_cast<void>(::futimens(file.get(), nullptr));
    opened.m_file = std::make_shared<const FileDescriptor>(std::move(file));
    return opened;
}

bool IndexFile::read(const IndexFilePiece& piece, std::vector<std::byte>& bytes) const
{
    if (piece.offset > m_size || piece.size > m_size - piece.offset) {
        return false;
    }
    bytes.resize(piece.size);
    return tryReadAt(m_file->get(), bytes, piece.offset) && checksumOf(bytes) == piece.checksum;
}

} // namespace workbench
