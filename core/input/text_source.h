// SPDX-License-Identifier: Apache-2.0
/// The text of one input, whatever it is stored as. Behind it everything is lines.
#pragma once

#include "core/base/result.h"
#include "core/input/example_files.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>

namespace workbench {

/// Gives a text from its beginning to its end, in constant memory. Not thread-safe.
class TextSource {
public:
    TextSource() = default;
    virtual ~TextSource() = default;
    TextSource(const TextSource&) = delete;
    TextSource& operator=(const TextSource&) = delete;
    TextSource(TextSource&&) = delete;
    TextSource& operator=(TextSource&&) = delete;

    /// Up to `size` bytes of text; 0 only at its end, which is told only when the whole input was there and
    /// as it was listed. Errors: Io naming the input; Cancelled.
    [[nodiscard]] virtual Result<std::size_t> read(char* into, std::size_t size, const std::stop_token& stop)
        = 0;
    /// Bytes taken from the disk so far: at the end ExampleFile::bytes.
    [[nodiscard]] virtual std::uint64_t bytesTaken() const = 0;
};

/// The text of a listed file, unpacked when it is packed. `file` has to live as long as the source.
/// Errors: Io, also when the file is no longer as it was listed.
[[nodiscard]] Result<std::unique_ptr<TextSource>> openText(const ExampleFile& file);

/// A descriptor until its end; not closed. Notices a wish to stop while nothing comes.
[[nodiscard]] std::unique_ptr<TextSource> streamText(int descriptor);

} // namespace workbench
