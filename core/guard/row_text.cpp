// SPDX-License-Identifier: Apache-2.0
#include "core/guard/row_text.h"

#include "core/base/same_text.h"

namespace workbench {

void RowText::follow(std::string_view piece)
{
    if (piece.size() <= static_cast<std::size_t>(m_end - m_at)
        && (piece.data() == m_at || sameBytes(m_at, piece))) {
        m_at += piece.size();
    } else {
        copyWhatWasLike();
        m_out.append(piece);
    }
}

void RowText::copyWhatWasLike()
{
    m_out.append(m_like, m_at);
    m_at = nullptr;
}

} // namespace workbench
