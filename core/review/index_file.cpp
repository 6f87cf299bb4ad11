// SPDX-License-Identifier: Apache-2.0
#include "core/review/index_file.h"

#include "core/review/checksum.h"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::uint64_t Page = 4096; ///< where pieces begin: a multiple of what a mapping may begin at
constexpr std::array<char, 8> Mark {'w', 'b', 'i', 'n', 'd', 'e', 'x', '1'};

/// The last bytes of a kept file.
struct FileEnd {
    std::uint64_t offset = 0; ///< of the contents
    std::uint64_t size = 0;
    std::uint64_t checksum = 0; ///< of the contents
    std::array<char, 8> mark = Mark;
};
static_assert(std::has_unique_object_representations_v<FileEnd>);

struct Mapping {
    Mapping(int file, std::uint64_t offset, std::size_t length)
        : size(length)
        , address(::mmap(nullptr, length, PROT_READ, MAP_SHARED, file, static_cast<off_t>(offset)))
    {
    }
    ~Mapping()
    {
        if (there()) {
            ::munmap(address, size);
        }
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    [[nodiscard]] bool there() const { return address != MAP_FAILED; }
    [[nodiscard]] std::span<const std::byte> bytes() const
    {
        return {static_cast<const std::byte*>(address), size};
    }

    std::size_t size;
    void* address;
};

std::string_view asText(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

IndexFileWriter::IndexFileWriter(const std::string& path)
{
    const long page = ::sysconf(_SC_PAGESIZE);
    if (path.empty() || page <= 0 || Page % static_cast<std::uint64_t>(page) != 0) {
        return;
    }
    if (auto file = StagedFile::create(path)) {
        m_file = std::move(*file);
    }
}

IndexBytes IndexFileWriter::put(std::vector<std::byte> bytes)
{
    if (m_file && !bytes.empty()) {
        if (auto stored = putIntoFile(bytes)) {
            return *stored;
        }
        m_file.reset();
    }
    bytes.shrink_to_fit();
    const auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
    return {*owner, owner, false};
}

std::optional<IndexBytes> IndexFileWriter::putIntoFile(std::span<const std::byte> bytes)
{
    static constexpr std::array<char, Page> Nothing {};
    const std::uint64_t begin = (m_end + Page - 1) / Page * Page;
    if (!m_file->write({Nothing.data(), static_cast<std::size_t>(begin - m_end)})
        || !m_file->write(asText(bytes))) {
        return std::nullopt;
    }
    m_end = begin + bytes.size();
    const auto mapping = std::make_shared<const Mapping>(m_file->descriptor(), begin, bytes.size());
    if (!mapping->there()) {
        return std::nullopt;
    }
    m_pieces.push_back({begin, bytes.size(), checksumOf(bytes)});
    return IndexBytes {mapping->bytes(), mapping, true};
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
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat state {};
    if (!file || ::fstat(file.get(), &state) != 0 || !S_ISREG(state.st_mode) || state.st_uid != ::geteuid()
        || (state.st_mode & (S_IWGRP | S_IWOTH)) != 0
        || state.st_size < static_cast<off_t>(sizeof(FileEnd))) {
        return std::nullopt;
    }
    const auto mapping
        = std::make_shared<const Mapping>(file.get(), 0, static_cast<std::size_t>(state.st_size));
    if (!mapping->there()) {
        return std::nullopt;
    }
    IndexFile opened;
    opened.m_owner = mapping;
    opened.m_bytes = mapping->bytes();
    FileEnd end;
    const std::size_t most = opened.m_bytes.size() - sizeof end;
    std::memcpy(&end, opened.m_bytes.data() + most, sizeof end);
    if (end.mark != Mark || end.offset > most || end.size != most - end.offset) {
        return std::nullopt;
    }
    opened.m_contents = opened.m_bytes.subspan(end.offset, end.size);
    if (checksumOf(opened.m_contents) != end.checksum) {
        return std::nullopt;
    }
    // What was used last goes last when room is needed. It is no matter when this fails.
    static_cast<void>(::futimens(file.get(), nullptr));
    return opened;
}

std::optional<IndexBytes> IndexFile::piece(const IndexFilePiece& piece) const
{
    if (piece.offset % Page != 0 || piece.offset > m_bytes.size()
        || piece.size > m_bytes.size() - piece.offset) {
        return std::nullopt;
    }
    const auto bytes = m_bytes.subspan(piece.offset, piece.size);
    if (checksumOf(bytes) != piece.checksum) {
        return std::nullopt;
    }
    return IndexBytes {bytes, m_owner, true};
}

} // namespace workbench
