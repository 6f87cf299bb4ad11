// SPDX-License-Identifier: Apache-2.0
#include "core/hub/bundle_file.h"

#include "core/base/sha256.h"

#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <vector>

namespace workbench {

namespace {

constexpr std::size_t SampleBytes = 512; // hub protocol, section 6
constexpr std::size_t ReadBytes = std::size_t {1} << 18;

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::string hex(const unsigned char* bytes, std::size_t count)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text.push_back(Digits[bytes[i] >> 4U]);
        text.push_back(Digits[bytes[i] & 0xFU]);
    }
    return text;
}

std::int64_t changeTime(const struct stat& status)
{
    constexpr std::int64_t Nano = 1'000'000'000;
    return static_cast<std::int64_t>(status.st_ctim.tv_sec) * Nano + status.st_ctim.tv_nsec;
}

Error changed(const std::string& path)
{
    return {
        ErrorCode::PushRefused, "A file of the bundle changed while it was published: " + path + ".", path};
}

} // namespace

Result<FileIdentity> identify(const std::string& path, const std::stop_token& stop)
{
    auto file = openForReading(path);
    if (!file) {
        return file.error();
    }
    struct stat status {};
    if (::fstat(file->get(), &status) != 0) {
        return ioError(path, errno);
    }
    FileIdentity identity;
    identity.bytes = static_cast<std::uint64_t>(status.st_size);
    identity.inode = status.st_ino;
    identity.changedAt = changeTime(status);

    const std::unique_ptr<EVP_MD_CTX, FreeContext> blob(EVP_MD_CTX_new());
    EVP_DigestInit_ex(blob.get(), EVP_sha1(), nullptr);
    const std::string head = "blob " + std::to_string(identity.bytes);
    EVP_DigestUpdate(blob.get(), head.c_str(), head.size() + 1);

    Sha256 sha256;
    std::vector<char> buffer(ReadBytes);
    std::uint64_t total = 0;
    for (;;) {
        if (stop.stop_requested()) {
            return Error {ErrorCode::Cancelled, "Cancelled.", {}};
        }
        const ssize_t got = readSome(file->get(), buffer);
        if (got < 0) {
            return ioError(path, errno);
        }
        if (got == 0) {
            break;
        }
        const auto count = static_cast<std::size_t>(got);
        if (identity.head.size() < SampleBytes) {
            identity.head.append(buffer.data(), std::min(count, SampleBytes - identity.head.size()));
        }
        sha256.update({buffer.data(), count});
        EVP_DigestUpdate(blob.get(), buffer.data(), count);
        total += count;
    }
    if (total != identity.bytes) {
        return changed(path);
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest {};
    unsigned length = 0;
    EVP_DigestFinal_ex(blob.get(), digest.data(), &length);
    identity.gitBlob = hex(digest.data(), length);
    identity.sha256 = sha256.finish();
    return identity;
}

std::string gitBlobOf(std::string_view content)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest {};
    unsigned length = 0;
    const std::unique_ptr<EVP_MD_CTX, FreeContext> blob(EVP_MD_CTX_new());
    EVP_DigestInit_ex(blob.get(), EVP_sha1(), nullptr);
    const std::string head = "blob " + std::to_string(content.size());
    EVP_DigestUpdate(blob.get(), head.c_str(), head.size() + 1);
    EVP_DigestUpdate(blob.get(), content.data(), content.size());
    EVP_DigestFinal_ex(blob.get(), digest.data(), &length);
    return hex(digest.data(), length);
}

Result<void> checkUnchanged(const std::string& path, const FileIdentity& identity)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return ioError(path, errno);
    }
    if (static_cast<std::uint64_t>(status.st_size) != identity.bytes || status.st_ino != identity.inode
        || changeTime(status) != identity.changedAt) {
        return changed(path);
    }
    return {};
}

Result<FileBody> FileBody::open(
    const std::string& path, std::uint64_t offset, std::uint64_t length, std::uint64_t wholeSize)
{
    auto file = openForReading(path);
    if (!file) {
        return file.error();
    }
    struct stat status {};
    if (::fstat(file->get(), &status) != 0) {
        return ioError(path, errno);
    }
    if (static_cast<std::uint64_t>(status.st_size) != wholeSize || offset + length > wholeSize) {
        return changed(path);
    }
    FileBody body;
    body.m_file = std::move(*file);
    body.m_path = path;
    body.m_offset = offset;
    body.m_length = length;
    return body;
}

Result<std::size_t> FileBody::read(std::span<char> room)
{
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), m_length - m_at));
    if (wanted == 0) {
        return std::size_t {0};
    }
    const ssize_t got = readSomeAt(m_file.get(), room.first(wanted), m_offset + m_at);
    if (got < 0) {
        return ioError(m_path, errno);
    }
    if (got == 0) {
        return changed(m_path);
    }
    m_at += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
}

Result<void> FileBody::rewind()
{
    m_at = 0;
    return {};
}

} // namespace workbench
