// SPDX-License-Identifier: Apache-2.0
/// Reads pieces of an indexed file's text and notices when it is no longer the file that was indexed.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/input/example_files.h"
#include "core/input/text_source.h"
#include "core/job/scan.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// Plain files are read where the piece stands. A packed text can only be read forwards: it is kept open with
/// the last megabyte it gave, and begun anew for a piece before that. Nothing unpacked is ever put on a disk.
/// A store is opened for each piece, so that nobody who writes has to wait for somebody who looks.
class SourceFile {
public:
    /// Errors: Io, also for a file that changed since it was listed.
    [[nodiscard]] static Result<SourceFile> open(const ExampleFile& file);

    /// Makes `into` the text from the line on, `length` bytes of it, with LinePadding zeros behind (so that a
    /// parser may run over the end). Errors: Io; "The file changed. …" when it is not what was listed;
    /// Cancelled, which a packed text asks about often.
    [[nodiscard]] Result<void> read(
        const SourceLine& from, std::size_t length, std::string& into, const std::stop_token& stop);

private:
    explicit SourceFile(const ExampleFile& file) : m_file(&file) {}
    [[nodiscard]] Result<void> readPlain(std::uint64_t offset, std::size_t length, char* into);
    [[nodiscard]] Result<void> readText(
        std::uint64_t offset, std::size_t length, char* into, const std::stop_token& stop);
    [[nodiscard]] Result<void> readRows(
        std::uint64_t line, std::size_t length, char* into, const std::stop_token& stop);

    const ExampleFile* m_file; ///< outlives this: it is the index's
    FileDescriptor m_descriptor; ///< of a plain file
    std::unique_ptr<TextSource> m_text; ///< of any other, once it was asked for
    std::string m_window; ///< what the text gave last
    std::uint64_t m_windowBegin = 0;
    std::vector<std::int64_t> m_order; ///< a store's rows, once it was asked for one
};

} // namespace workbench
