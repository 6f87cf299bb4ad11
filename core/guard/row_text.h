// SPDX-License-Identifier: Apache-2.0
/// A row while it is written, which may turn out to be the line it was read from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace workbench {

/// Appended to piece by piece. As long as each piece is what stands next in a given text, only a place there
/// moves on; the first one that is not has everything copied, and those behind it are. So a row of a bundle
/// that is guarded again is written nowhere and still compared byte for byte.
class RowText {
public:
    /// Appends to `out`, unless the row is `like`. That may be empty: then all is appended.
    RowText(std::string& out, std::string_view like)
        : m_out(out)
        , m_begin(out.size())
        , m_like(like.data())
        , m_at(like.empty() ? nullptr : like.data())
        , m_end(like.data() + like.size())
    {
    }

    RowText& append(std::string_view piece)
    {
        if (m_at == nullptr) {
            m_out.append(piece);
        } else {
            follow(piece);
        }
        return *this;
    }
    void push_back(char c)
    {
        if (m_at == nullptr) {
            m_out.push_back(c);
        } else {
            follow({&c, 1});
        }
    }

    /// Bytes so far.
    [[nodiscard]] std::size_t size() const { return written().size(); }
    /// What was appended since size() was `begin`. Dies with the next piece.
    [[nodiscard]] std::string_view from(std::size_t begin) const { return written().substr(begin); }
    /// Behind the last piece: whether the row is all of the text it was compared with, and `out` as it was.
    /// Else it is in `out`, whole.
    [[nodiscard]] bool finishLike()
    {
        if (m_at != nullptr && m_at != m_end) {
            copyWhatWasLike();
        }
        return m_at != nullptr;
    }

private:
    [[nodiscard]] std::string_view written() const
    {
        return m_at == nullptr ? std::string_view(m_out).substr(m_begin)
                               : std::string_view(m_like, static_cast<std::size_t>(m_at - m_like));
    }

    void follow(std::string_view piece); ///< apart: what is appended to otherwise stays short
    void copyWhatWasLike();

    std::string& m_out;
    std::size_t m_begin; ///< of the row in `out`
    const char* m_like;
    const char* m_at; ///< behind what was like the row so far; null: the row is in `out`
    const char* m_end;
};

} // namespace workbench
