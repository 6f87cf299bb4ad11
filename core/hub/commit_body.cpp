// SPDX-License-Identifier: Apache-2.0
#include "core/hub/commit_body.h"

#include "core/json/json_writer.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

namespace workbench {

namespace {

constexpr std::size_t PieceBytes = std::size_t {3}
    << 16; // whole groups of three, so that pieces join without padding

std::uint64_t base64Size(std::uint64_t bytes) { return (bytes + 2) / 3 * 4; }

std::string quotedText(std::string_view text)
{
    std::string out;
    appendJsonString(out, text);
    return out;
}

} // namespace

std::string base64(std::string_view bytes)
{
    std::string out(base64Size(bytes.size()) + 1, '\0'); // EVP writes a closing NUL
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

CommitBody::CommitBody(const CommitRequest& request)
{
    std::string header = R"({"key":"header","value":{"summary":)" + quotedText(request.summary)
        + R"(,"description":)" + quotedText(request.description);
    if (!request.parentCommit.empty()) {
        header += R"(,"parentCommit":)" + quotedText(request.parentCommit);
    }
    m_parts.push_back({header + "}}\n", nullptr});
    for (const CommitFile& file : request.files) {
        if (file.lfs) {
            m_parts.push_back({R"({"key":"lfsFile","value":{"path":)" + quotedText(file.path)
                    + R"(,"algo":"sha256","oid":)" + quotedText(file.identity.sha256) + R"(,"size":)"
                    + std::to_string(file.identity.bytes) + "}}\n",
                nullptr});
        } else {
            m_parts.push_back({R"({"key":"file","value":{"path":)" + quotedText(file.path)
                    + R"(,"encoding":"base64","content":")",
                &file});
            m_parts.push_back({"\"}}\n", nullptr});
        }
    }
    for (const std::string& path : request.deletions) {
        m_parts.push_back({R"({"key":"deletedFile","value":{"path":)" + quotedText(path) + "}}\n", nullptr});
    }
    for (const Part& part : m_parts) {
        m_size += part.text.size() + (part.content == nullptr ? 0 : base64Size(part.content->identity.bytes));
    }
}

Result<void> CommitBody::fill()
{
    m_ready.clear();
    m_taken = 0;
    while (m_ready.empty() && m_part < m_parts.size()) {
        const Part& part = m_parts[m_part];
        if (!m_textGiven) {
            m_ready = part.text;
            m_textGiven = true;
            continue;
        }
        if (part.content != nullptr && !m_open) {
            const FileIdentity& identity = part.content->identity;
            auto opened = FileBody::open(part.content->localPath, identity, 0, identity.bytes);
            if (!opened) {
                return opened.error();
            }
            m_open = std::move(*opened);
        }
        if (m_open) {
            std::string piece(PieceBytes, '\0');
            std::size_t size = 0;
            while (size < piece.size()) {
                const auto got = m_open->read({piece.data() + size, piece.size() - size});
                if (!got) {
                    return got.error();
                }
                if (*got == 0) {
                    break;
                }
                size += *got;
            }
            if (size > 0) {
                m_ready = base64(std::string_view(piece).substr(0, size));
                continue;
            }
            m_open.reset();
        }
        ++m_part;
        m_textGiven = false;
    }
    return {};
}

Result<std::size_t> CommitBody::read(std::span<char> room)
{
    if (m_taken == m_ready.size()) {
        if (const auto filled = fill(); !filled) {
            return filled.error();
        }
    }
    const std::size_t count = std::min(room.size(), m_ready.size() - m_taken);
    std::memcpy(room.data(), m_ready.data() + m_taken, count);
    m_taken += count;
    return count;
}

Result<void> CommitBody::rewind()
{
    m_part = 0;
    m_textGiven = false;
    m_open.reset();
    m_ready.clear();
    m_taken = 0;
    return {};
}

} // namespace workbench
