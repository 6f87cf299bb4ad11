// SPDX-License-Identifier: Apache-2.0
/// The text of one input, whatever it is stored as. Behind it everything is lines.
#pragma once

#include "core/base/result.h"
#include "core/input/example_files.h"
#include "core/input/example_filter.h"

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
    /// Empty lines so far that stand for examples which the filter left out before they were read.
    [[nodiscard]] virtual std::uint64_t linesLeftOut() const { return 0; }
};

/// The text of a listed file: unpacked when it is packed, a row a line when it is a store. A store need not
/// give what `filter` (may be nullptr) would drop. `file` has to live as long as the source. Errors: Io, also
/// when the file is no longer as it was listed; Cancelled.
[[nodiscard]] Result<std::unique_ptr<TextSource>> openText(
    const ExampleFile& file, const ExampleFilter* filter, const std::stop_token& stop);

/// A descriptor until its end; not closed. Notices a wish to stop while nothing comes.
[[nodiscard]] std::unique_ptr<TextSource> streamText(int descriptor);

} // namespace workbench
