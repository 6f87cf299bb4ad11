// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/compared_file.h"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace workbench {

void ComparedFile::expect(std::string_view bytes)
{
    while (m_equal && !bytes.empty()) {
        if (m_compared == m_read && !readPiece()) {
            m_equal = false;
            return;
        }
        const std::string_view next = std::string_view(m_piece).substr(m_compared, m_read - m_compared);
        const std::size_t both = std::min(bytes.size(), next.size());
        m_equal = bytes.substr(0, both) == next.substr(0, both);
        m_compared += both;
        bytes.remove_prefix(both);
    }
}

bool ComparedFile::holdsJustThat()
{
    const bool ends = m_compared == m_read && !readPiece();
    return ends && m_equal;
}

bool ComparedFile::readPiece()
{
    m_piece.resize(PieceBytes);
    ssize_t got = 0;
    do {
        got = ::read(m_file.get(), m_piece.data(), m_piece.size());
    } while (got < 0 && errno == EINTR);
    m_equal = m_equal && got >= 0;
    m_compared = 0;
    m_read = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    return got > 0;
}

} // namespace workbench
