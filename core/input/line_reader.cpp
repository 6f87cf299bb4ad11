// SPDX-License-Identifier: Apache-2.0
#include "core/input/line_reader.h"

#include "core/base/utf8.h"
#include "core/input/example_parser.h"

#include <algorithm>
#include <cstring>

namespace workbench {

namespace {

/// Small enough for a worker's cache and a quick Cancel, large enough that a read costs nothing.
constexpr std::size_t BlockBytes = std::size_t {128} << 10;

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

LineReader::LineReader(const std::vector<ExampleFile>& files, int stream, const ExampleFilter* filter)
    : m_files(files)
    , m_filter(filter)
{
    if (stream >= 0) {
        m_stream = true;
        m_text = streamText(stream);
        m_atFileStart = true;
    }
}

std::uint64_t LineReader::bytesRead() const { return m_bytesBefore + (m_text ? m_text->bytesTaken() : 0); }

std::uint64_t LineReader::linesLeftOut() const
{
    return m_leftOutBefore + (m_text ? m_text->linesLeftOut() : 0);
}

Result<bool> LineReader::openNext(const std::stop_token& stop)
{
    if (m_stream || m_file >= m_files.size()) {
        return false;
    }
    auto opened = openText(m_files[m_file], m_filter, stop);
    if (!opened) {
        return opened.error();
    }
    m_text = std::move(*opened);
    m_position = 0;
    m_atFileStart = true;
    return true;
}

void LineReader::finishFile()
{
    m_bytesBefore += m_text->bytesTaken();
    m_leftOutBefore += m_text->linesLeftOut();
    m_text.reset();
    m_file += m_stream ? 0 : 1;
}

Result<std::size_t> LineReader::fill(LineBlock& block, std::size_t wanted, const std::stop_token& stop)
{
    block.reserve(block.m_size + wanted, block.m_size);
    std::size_t got = 0;
    while (got < wanted) {
        const auto read = m_text->read(block.m_memory.get() + block.m_size, wanted - got, stop);
        if (!read) {
            return read;
        }
        if (*read == 0) {
            break;
        }
        got += *read;
        block.m_size += *read;
    }
    m_position += got;
    return got;
}

void LineReader::dropByteOrderMark(LineBlock& block)
{
    if (block.bytes().starts_with(Utf8ByteOrderMark)) {
        block.m_size -= Utf8ByteOrderMark.size();
        std::memmove(block.m_memory.get(), block.m_memory.get() + Utf8ByteOrderMark.size(), block.m_size);
        block.m_offset += Utf8ByteOrderMark.size();
    }
}

Result<bool> LineReader::next(LineBlock& block, const std::stop_token& stop)
{
    for (;;) {
        if (!m_text) {
            auto opened = openNext(stop);
            if (!opened || !*opened) {
                return opened;
            }
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
        std::size_t searched = 0; // what is carried may hold whole lines: those behind an over-long one
        bool ended = false;
        while (lineEnd == 0 && !ended && block.m_size <= MaxLineLength) {
            const auto got = fill(block, BlockBytes, stop);
            if (!got) {
                return got.error();
            }
            ended = *got < BlockBytes;
            const char* const newline = static_cast<const char*>(
                ::memrchr(block.m_memory.get() + searched, '\n', block.m_size - searched));
            lineEnd = newline == nullptr ? 0 : static_cast<std::size_t>(newline - block.m_memory.get()) + 1;
            searched = block.m_size;
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
            finishFile();
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
            return cancelledError();
        }
    }
    block.m_size = Shown;
    return {};
}

} // namespace workbench
