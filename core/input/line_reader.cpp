// SPDX-License-Identifier: Apache-2.0
#include "core/input/line_reader.h"

#include "core/input/example_parser.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace workbench {

namespace {

/// Small enough for a worker's cache and a quick Cancel, large enough that a read costs nothing.
constexpr std::size_t BlockBytes = std::size_t {256} << 10;
constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";

bool isAsListed(int descriptor, const ExampleFile& listed)
{
    struct stat now {};
    return ::fstat(descriptor, &now) == 0 && static_cast<std::uint64_t>(now.st_size) == listed.bytes
        && static_cast<std::uint64_t>(now.st_ino) == listed.inode
        && std::int64_t {now.st_mtim.tv_sec} * 1'000'000'000 + now.st_mtim.tv_nsec == listed.modifiedNs;
}

Error changed(const ExampleFile& file)
{
    return {ErrorCode::Io, file.name + " changed while it was read. Read the folder again.", file.path};
}

} // namespace

void LineBlock::reserve(std::size_t capacity, std::size_t keep)
{
    if (capacity + LinePadding <= m_capacity) {
        return;
    }
    const std::size_t wanted = std::max(capacity + LinePadding, m_capacity + m_capacity / 2);
    auto larger = std::make_unique<char[]>(wanted);
    if (keep > 0) {
        std::memcpy(larger.get(), m_memory.get(), keep);
    }
    m_memory = std::move(larger);
    m_capacity = wanted;
}

LineReader::LineReader(const std::vector<ExampleFile>& files, int stream) : m_files(files), m_stream(stream)
{
    m_atFileStart = stream >= 0;
}

Result<bool> LineReader::openNext()
{
    if (m_file >= m_files.size()) {
        return false;
    }
    const ExampleFile& file = m_files[m_file];
    auto opened = openForReading(file.path);
    if (!opened) {
        return opened.error();
    }
    if (!isAsListed(opened->get(), file)) {
        return changed(file);
    }
    m_open = std::move(*opened);
    (void)::posix_fadvise(m_open.get(), 0, 0, POSIX_FADV_SEQUENTIAL); // a hint; reading works without
    m_position = 0;
    m_atFileStart = true;
    return true;
}

Result<void> LineReader::finishFile()
{
    const ExampleFile& file = m_files[m_file];
    const bool asListed = m_position == file.bytes && isAsListed(m_open.get(), file);
    m_open = {};
    ++m_file;
    if (!asListed) {
        return changed(file);
    }
    return {};
}

Result<std::size_t> LineReader::fill(LineBlock& block, std::size_t wanted, const std::stop_token& stop)
{
    const bool isStream = m_stream >= 0;
    if (!isStream) {
        // Never beyond what was listed: what a writer appends meanwhile may end in the middle of a line.
        wanted
            = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, m_files[m_file].bytes - m_position));
    }
    block.reserve(block.m_size + wanted, block.m_size);
    std::size_t got = 0;
    while (got < wanted) {
        if (isStream) {
            pollfd waiting {m_stream, POLLIN, 0};
            while (::poll(&waiting, 1, 50) == 0) {
                if (stop.stop_requested()) {
                    return Error {ErrorCode::Cancelled, "Cancelled.", {}};
                }
            }
        }
        const ssize_t count
            = ::read(isStream ? m_stream : m_open.get(), block.m_memory.get() + block.m_size, wanted - got);
        if (count < 0 && errno == EINTR) {
            if (stop.stop_requested()) {
                return Error {ErrorCode::Cancelled, "Cancelled.", {}};
            }
            continue;
        }
        if (count < 0) {
            return ioError(isStream ? "standard input" : m_files[m_file].path, errno);
        }
        if (count == 0) {
            break;
        }
        got += static_cast<std::size_t>(count);
        block.m_size += static_cast<std::size_t>(count);
    }
    m_position += got;
    m_bytesRead += got;
    return got;
}

void LineReader::dropByteOrderMark(LineBlock& block)
{
    if (block.bytes().starts_with(ByteOrderMark)) {
        block.m_size -= ByteOrderMark.size();
        std::memmove(block.m_memory.get(), block.m_memory.get() + ByteOrderMark.size(), block.m_size);
        block.m_offset += ByteOrderMark.size();
    }
}

Result<bool> LineReader::next(LineBlock& block, const std::stop_token& stop)
{
    for (;;) {
        if (m_stream < 0 && !m_open) {
            auto opened = openNext();
            if (!opened || !*opened) {
                return opened;
            }
        } else if (m_streamDone) {
            return false;
        }
        block.m_file = static_cast<std::uint32_t>(m_file);
        block.m_startsFile = m_atFileStart;
        block.m_overlongLine = 0;
        block.m_offset = m_position - m_carried.size();
        block.m_size = 0;
        block.reserve(m_carried.size() + BlockBytes, 0);
        std::memcpy(block.m_memory.get(), m_carried.data(), m_carried.size());
        block.m_size = m_carried.size();
        m_carried.clear();

        std::size_t lineEnd = 0; // behind the last newline
        bool ended = false;
        while (lineEnd == 0 && !ended && block.m_size <= MaxLineLength) {
            const std::size_t before = block.m_size;
            const auto got = fill(block, BlockBytes, stop);
            if (!got) {
                return got.error();
            }
            ended = *got < BlockBytes && (*got == 0 || m_stream >= 0 || m_position == m_files[m_file].bytes);
            const char* const newline = static_cast<const char*>(
                ::memrchr(block.m_memory.get() + before, '\n', block.m_size - before));
            lineEnd = newline == nullptr ? 0 : static_cast<std::size_t>(newline - block.m_memory.get()) + 1;
        }
        if (m_atFileStart) {
            const std::size_t before = block.m_size;
            dropByteOrderMark(block);
            lineEnd -= std::min(lineEnd, before - block.m_size);
            m_atFileStart = false;
        }
        if (!ended && lineEnd == 0) {
            if (const auto skipped = skipRestOfLine(block, stop); !skipped) {
                return skipped.error();
            }
            return true;
        }
        if (ended) {
            if (m_stream >= 0) {
                m_streamDone = true;
            } else if (const auto finished = finishFile(); !finished) {
                return finished.error();
            }
        } else {
            m_carried.assign(block.m_memory.get() + lineEnd, block.m_size - lineEnd);
            block.m_size = lineEnd;
        }
        if (block.m_size > 0) {
            std::memset(block.m_memory.get() + block.m_size, 0, LinePadding);
            return true;
        }
    }
}

Result<void> LineReader::skipRestOfLine(LineBlock& block, const std::stop_token& stop)
{
    constexpr std::size_t Shown = 4096; // enough for its shape
    const std::uint64_t begin = block.m_offset;
    for (;;) {
        block.m_size = Shown;
        const auto got = fill(block, BlockBytes, stop);
        if (!got) {
            return got.error();
        }
        const char* const fresh = block.m_memory.get() + Shown;
        const auto* const newline = static_cast<const char*>(std::memchr(fresh, '\n', *got));
        if (newline != nullptr) {
            const auto used = static_cast<std::size_t>(newline - fresh);
            m_carried.assign(newline + 1, *got - used - 1);
            block.m_overlongLine = m_position - m_carried.size() - 1 - begin;
            break;
        }
        if (*got == 0) {
            // The line is the file's last and has no newline; the next call finds the end.
            block.m_overlongLine = m_position - begin;
            break;
        }
        if (stop.stop_requested()) {
            return Error {ErrorCode::Cancelled, "Cancelled.", {}};
        }
    }
    block.m_size = Shown;
    return {};
}

} // namespace workbench
