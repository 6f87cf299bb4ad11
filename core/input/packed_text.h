// SPDX-License-Identifier: Apache-2.0
/// Unpacks gzip and zstd, member after member.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace workbench {

enum class Packing : std::uint8_t { None, Gzip, Zstd };

/// By the end of a file's name: `.jsonl`, `.jsonl.gz`, `.jsonl.zst`; nothing else holds examples.
[[nodiscard]] bool isExamplesName(std::string_view name);
[[nodiscard]] Packing packingOf(std::string_view name);

/// Bytes in, text out, with no more memory than the format's own window (32 KiB; zstd at most 128 MiB, and
/// then only when the file was made so). Checks the checksums that the format has.
class Unpacker {
public:
    struct Step {
        std::size_t taken = 0; ///< of the input
        std::size_t given = 0; ///< of the text
        bool sound = true; ///< false: damaged, or no such data at all
    };

    Unpacker() = default;
    virtual ~Unpacker() = default;
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    Unpacker(Unpacker&&) = delete;
    Unpacker& operator=(Unpacker&&) = delete;

    /// Goes on as far as either side reaches.
    [[nodiscard]] virtual Step unpack(const char* packed, std::size_t size, char* into, std::size_t room) = 0;
    /// Whether the input may end here: behind a whole member.
    [[nodiscard]] virtual bool mayEnd() const = 0;
};

/// nullptr for Packing::None, and when there is no memory.
[[nodiscard]] std::unique_ptr<Unpacker> makeUnpacker(Packing packing);

} // namespace workbench
