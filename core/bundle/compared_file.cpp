// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/compared_file.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>
#include <vector>

namespace workbench {

struct ComparedFile::Pieces {
    struct Piece {
        std::vector<char> memory;
        std::string_view bytes; ///< those that were read
        std::atomic<bool> waits = false; ///< to be hashed
    };
    std::array<Piece, 2> pieces;
    Sha256 hash;
};

ComparedFile::ComparedFile(FileDescriptor file, HashLane& hashing)
    : m_file(std::move(file))
    , m_hashing(&hashing)
    , m_pieces(std::make_shared<Pieces>())
{
}

void ComparedFile::expect(std::string_view bytes)
{
    while (m_equal && !bytes.empty()) {
        if (m_next.empty() && !readPiece()) {
            m_equal = false;
            return;
        }
        const std::size_t both = std::min(bytes.size(), m_next.size());
        m_equal = bytes.substr(0, both) == m_next.substr(0, both);
        bytes.remove_prefix(both);
        m_next.remove_prefix(both);
    }
}

bool ComparedFile::holdsJustThat() { return m_equal && m_next.empty() && !readPiece() && m_equal; }

std::string ComparedFile::sha256()
{
    m_hashing->drain();
    return m_pieces->hash.finish();
}

bool ComparedFile::readPiece()
{
    if (auto& compared = m_pieces->pieces[m_piece]; !compared.bytes.empty()) {
        compared.waits = true;
        m_hashing->hand({std::shared_ptr<Sha256>(m_pieces, &m_pieces->hash), compared.bytes,
            [pieces = m_pieces, &compared] { compared.waits = false; }});
        m_piece = 1 - m_piece;
    }
    auto& piece = m_pieces->pieces[m_piece];
    if (piece.waits) {
        m_hashing->drain();
    }
    piece.memory.resize(PieceBytes);
    const ssize_t got = readSome(m_file.get(), piece.memory);
    m_equal = got >= 0;
    piece.bytes = {piece.memory.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
    m_next = piece.bytes;
    return !m_next.empty();
}

} // namespace workbench
