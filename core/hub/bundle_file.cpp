// SPDX-License-Identifier: Apache-2.0
#include "core/hub/bundle_file.h"

#include "core/base/sha256.h"

#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace workbench {

namespace {

constexpr std::size_t SampleBytes = 512; // hub protocol, section 6

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

/// As much as `block` has room for from there on, and less at the file's end alone. False: errno says why.
bool fillFrom(int file, std::string& block, std::uint64_t offset)
{
    std::size_t size = 0;
    while (size < block.size()) {
        const ssize_t got = readSomeAt(file, {block.data() + size, block.size() - size}, offset + size);
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        size += static_cast<std::size_t>(got);
    }
    block.resize(size);
    return true;
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
    std::string block;
    std::uint64_t total = 0;
    do {
        if (stop.stop_requested()) {
            return cancelledError();
        }
        block.resize(FileBody::BlockBytes);
        if (!fillFrom(file->get(), block, total)) {
            return ioError(path, errno);
        }
        if (!block.empty()) {
            Sha256 ofBlock;
            Sha256::updateBoth(sha256, block, ofBlock, block);
            identity.blocks.push_back(ofBlock.finish());
            EVP_DigestUpdate(blob.get(), block.data(), block.size());
        }
        if (total == 0) {
            identity.head = block.substr(0, SampleBytes);
        }
        total += block.size();
    } while (block.size() == FileBody::BlockBytes);
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
    const std::string& path, const FileIdentity& identity, std::uint64_t offset, std::uint64_t length)
{
    auto file = openForReading(path);
    if (!file) {
        return file.error();
    }
    struct stat status {};
    if (::fstat(file->get(), &status) != 0) {
        return ioError(path, errno);
    }
    if (static_cast<std::uint64_t>(status.st_size) != identity.bytes || offset + length > identity.bytes) {
        return changed(path);
    }
    FileBody body;
    body.m_file = std::move(*file);
    body.m_path = path;
    body.m_identity = &identity;
    body.m_offset = offset;
    body.m_length = length;
    return body;
}

Result<void> FileBody::readBlock(std::size_t number)
{
    m_number = number;
    m_block.resize(BlockBytes);
    if (!fillFrom(m_file.get(), m_block, number * std::uint64_t {BlockBytes})) {
        return ioError(m_path, errno);
    }
    if (Sha256::of(m_block) != m_identity->blocks.at(number)) {
        m_block.clear();
        return changed(m_path);
    }
    return {};
}

Result<std::size_t> FileBody::read(std::span<char> room)
{
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), m_length - m_at));
    if (wanted == 0) {
        return std::size_t {0};
    }
    const std::uint64_t at = m_offset + m_at;
    if (const auto number = static_cast<std::size_t>(at / BlockBytes);
        m_block.empty() || number != m_number) {
        if (const auto readable = readBlock(number); !readable) {
            return readable.error();
        }
    }
    const auto inBlock = static_cast<std::size_t>(at % BlockBytes);
    const std::size_t count = std::min(wanted, m_block.size() - inBlock);
    std::memcpy(room.data(), m_block.data() + inBlock, count);
    m_at += count;
    return count;
}

Result<void> FileBody::rewind()
{
    m_at = 0;
    return {};
}

} // namespace workbench
