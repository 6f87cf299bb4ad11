// SPDX-License-Identifier: Apache-2.0
/// A file that is to be published: its identities on the Hub, and its bytes as a request's body.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/hub/http.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Size and both names under which the Hub may know the content (hub protocol, section 5).
struct FileIdentity {
    std::uint64_t bytes = 0;
    std::string sha256;
    std::string gitBlob; ///< SHA-1 of "blob SIZE\0" and the content
    std::string head; ///< the first 512 bytes
    std::vector<std::string> blocks; ///< SHA-256 of each FileBody::BlockBytes, the last may be shorter
    std::uint64_t inode = 0; ///< with `changedAt`: whether the file on disk is still the one that was read
    std::int64_t changedAt = 0; ///< nanoseconds; the kernel's, nobody can set it back
};

/// Reads the file once. Errors: Io, Cancelled.
[[nodiscard]] Result<FileIdentity> identify(const std::string& path, const std::stop_token& stop);

/// Whether what is stored by now is what still lies on the disk, asked when large files are through.
/// Errors: PushRefused when the file is not the one that was identified; Io.
[[nodiscard]] Result<void> checkUnchanged(const std::string& path, const FileIdentity& identity);

/// The git blob id of a content in memory.
[[nodiscard]] std::string gitBlobOf(std::string_view content);

/// A piece of a file as a body, read while it is sent. Not one byte is given that was not identified: each
/// block is hashed again before any of it leaves.
class FileBody final : public HttpBody {
public:
    static constexpr std::size_t BlockBytes = std::size_t {1} << 20;

    /// `identity` has to outlive it. Errors: Io; PushRefused when the file has another size by now.
    [[nodiscard]] static Result<FileBody> open(
        const std::string& path, const FileIdentity& identity, std::uint64_t offset, std::uint64_t length);
    [[nodiscard]] std::uint64_t size() const override { return m_length; }
    /// Errors: also PushRefused when a block is not the one that was identified.
    [[nodiscard]] Result<std::size_t> read(std::span<char> room) override;
    [[nodiscard]] Result<void> rewind() override;

private:
    FileBody() = default;

    [[nodiscard]] Result<void> readBlock(std::size_t number);

    FileDescriptor m_file;
    std::string m_path;
    const FileIdentity* m_identity = nullptr;
    std::uint64_t m_offset = 0;
    std::uint64_t m_length = 0;
    std::uint64_t m_at = 0;
    std::string m_block; ///< the one that is given; empty before the first
    std::size_t m_number = 0; ///< of it
};

} // namespace workbench
