// SPDX-License-Identifier: Apache-2.0
/// The body of a commit: NDJSON, made while it is sent (hub protocol, section 9).
#pragma once

#include "core/hub/bundle_file.h"
#include "core/hub/http.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace workbench {

struct CommitFile {
    std::string path; ///< in the repository
    std::string localPath;
    FileIdentity identity;
    bool lfs = false; ///< the object is stored already; else the content travels in the commit
};

struct CommitRequest {
    std::string summary;
    std::string description;
    std::string parentCommit; ///< 40 hex digits
    std::vector<CommitFile> files;
    std::vector<std::string> deletions;
};

/// Regular files are read from disk and turned into Base64 piece by piece; the size is known beforehand.
class CommitBody final : public HttpBody {
public:
    explicit CommitBody(const CommitRequest& request);

    [[nodiscard]] std::uint64_t size() const override { return m_size; }
    [[nodiscard]] Result<std::size_t> read(std::span<char> room) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    /// A piece of the body: a text, and for a regular file the content behind it.
    struct Part {
        std::string text;
        const CommitFile* content = nullptr;
    };

    [[nodiscard]] Result<void> fill(); ///< the next piece into m_ready

    std::vector<Part> m_parts;
    std::uint64_t m_size = 0;
    std::size_t m_part = 0;
    bool m_textGiven = false;
    std::optional<FileBody> m_open;
    std::string m_ready; ///< made but not yet taken
    std::size_t m_taken = 0;
};

/// Standard alphabet, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

} // namespace workbench
