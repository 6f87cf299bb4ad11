// SPDX-License-Identifier: Apache-2.0
/// A file that is compared with what it should hold.
#pragma once

#include "core/base/file.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace workbench {

/// Read once, front to back, beside whoever knows what should stand in it: a file that is equal byte for byte
/// has the hash of what it was compared with, and need not be hashed itself. One thread at a time.
class ComparedFile {
public:
    /// Read at a time, and held from the first comparison on.
    static constexpr std::size_t PieceBytes = std::size_t {64} << 10;

    /// Reads from where `file` stands.
    explicit ComparedFile(FileDescriptor file) : m_file(std::move(file)) {}

    /// `bytes` should come next. From the first on that do not, or cannot be read, nothing is compared.
    void expect(std::string_view bytes);
    /// Whether all that was expected came, and nothing comes behind it.
    [[nodiscard]] bool holdsJustThat();

private:
    /// Reads the next piece. False: there is none, or it cannot be read.
    bool readPiece();

    FileDescriptor m_file;
    std::string m_piece;
    std::size_t m_compared = 0; ///< bytes of m_piece
    std::size_t m_read = 0; ///< likewise
    bool m_equal = true;
};

} // namespace workbench
