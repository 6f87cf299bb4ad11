// SPDX-License-Identifier: Apache-2.0
/// Files or a stream to blocks of whole lines. BOM and over-long lines end here.
#pragma once

#include "core/base/result.h"
#include "core/input/example_files.h"
#include "core/input/text_source.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// A run of whole lines of one file, with LinePadding readable bytes behind it. Keeps its memory when reused.
class LineBlock {
public:
    [[nodiscard]] std::string_view bytes() const { return {m_memory.get(), m_size}; }
    [[nodiscard]] std::uint32_t file() const { return m_file; }
    /// Where the first byte stood in its file's text.
    [[nodiscard]] std::uint64_t offset() const { return m_offset; }
    /// Not 0: the block is the beginning of one line of this many bytes, too long to be held.
    [[nodiscard]] std::uint64_t overlongLine() const { return m_overlongLine; }
    /// The first of its file: line numbers start anew.
    [[nodiscard]] bool startsFile() const { return m_startsFile; }

private:
    friend class LineReader;

    void reserve(std::size_t capacity, std::size_t keep);

    std::unique_ptr<char[]> m_memory;
    std::size_t m_capacity = 0;
    std::size_t m_size = 0;
    std::uint64_t m_offset = 0;
    std::uint64_t m_overlongLine = 0;
    std::uint32_t m_file = 0;
    bool m_startsFile = false;
};

/// Reads one after the other, with plain reads into memory of our own: a file that shrinks under a mapping
/// would kill the process.
class LineReader {
public:
    /// `stream` >= 0: that descriptor until its end, instead of files. What `filter` (may be nullptr) would
    /// drop need not be read.
    LineReader(const std::vector<ExampleFile>& files, int stream, const ExampleFilter* filter);

    /// The next block; false at the end. Errors: Io naming the file, also when it is no longer as it was
    /// listed; Cancelled while a stream has nothing to say.
    [[nodiscard]] Result<bool> next(LineBlock& block, const std::stop_token& stop);

    /// As they lie on the disk, packed or not: at the end the sum of ExampleFile::bytes.
    [[nodiscard]] std::uint64_t bytesRead() const;
    /// Empty lines among those handed out that stand for examples which the filter left out.
    [[nodiscard]] std::uint64_t linesLeftOut() const;
    [[nodiscard]] std::size_t file() const { return m_file; }

private:
    [[nodiscard]] Result<bool> openNext(const std::stop_token& stop);
    void finishFile();
    /// Appends up to `wanted` bytes to the block; 0 at the end of the file.
    [[nodiscard]] Result<std::size_t> fill(LineBlock& block, std::size_t wanted, const std::stop_token& stop);
    [[nodiscard]] Result<void> skipRestOfLine(LineBlock& block, const std::stop_token& stop);
    void dropByteOrderMark(LineBlock& block);

    const std::vector<ExampleFile>& m_files;
    bool m_stream = false; ///< instead of files
    std::unique_ptr<TextSource> m_text; ///< of the file being read; none between two
    std::size_t m_file = 0; ///< being read, or to be opened next
    bool m_atFileStart = false;
    std::uint64_t m_position = 0; ///< in the file's text
    const ExampleFilter* m_filter;
    std::uint64_t m_bytesBefore = 0; ///< of the files that are done
    std::uint64_t m_leftOutBefore = 0;
    std::string m_carried; ///< the unfinished line at the end of the block before
};

} // namespace workbench
