// SPDX-License-Identifier: Apache-2.0
/// A file that is compared with what it should hold.
#pragma once

#include "core/base/file.h"
#include "core/bundle/hash_lane.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace workbench {

/// Read and hashed once, front to back, beside whoever knows what should stand in it. One thread at a time.
class ComparedFile {
public:
    /// Read at a time. Two pieces are held: one is compared while the other is hashed.
    static constexpr std::size_t PieceBytes = std::size_t {128} << 10;

    /// Reads from where `file` stands. What is equal is hashed by `hashing`, which other files may use, too.
    ComparedFile(FileDescriptor file, HashLane& hashing);

    /// `bytes` should come next. From the first on that do not, or cannot be read, nothing is compared.
    void expect(std::string_view bytes);
    /// Whether all that was expected came, and nothing comes behind it.
    [[nodiscard]] bool holdsJustThat();
    /// Of a file that holds just that. Call once.
    [[nodiscard]] std::string sha256();

private:
    struct Pieces;

    /// Has the piece hashed that was compared, and reads another. False: there is none, or it cannot be read.
    bool readPiece();

    FileDescriptor m_file;
    HashLane* m_hashing;
    std::shared_ptr<Pieces> m_pieces; ///< shared with what waits to be hashed
    std::size_t m_piece = 0; ///< the one that is compared
    std::string_view m_next; ///< of it: what is left to compare
    bool m_equal = true;
};

} // namespace workbench
