// SPDX-License-Identifier: Apache-2.0
/// Reads pieces of an indexed file and notices when it is no longer the file that was indexed.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/input/example_files.h"

#include <cstdint>
#include <string>

namespace workbench {

class SourceFile {
public:
    /// Errors: Io, also for a file that changed since it was listed.
    [[nodiscard]] static Result<SourceFile> open(const ExampleFile& file);

    /// Makes `into` the bytes from `offset`, `length` of them, with LinePadding zeros behind (so that a
    /// parser may run over the end). Errors: Io; "The file changed. …" when it is not what was listed.
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::size_t length, std::string& into) const;

private:
    SourceFile(FileDescriptor descriptor, const ExampleFile& file);

    FileDescriptor m_descriptor;
    const ExampleFile* m_file; ///< outlives this: it is the index's
};

} // namespace workbench
