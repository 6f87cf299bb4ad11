// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/bundle_folder.h"

#include "core/base/sha256.h"
#include "core/bundle/bundle_names.h"

#include <cerrno>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

/// Small enough to be hashed and looked through while it still lies in the processor's second cache.
constexpr std::size_t PieceBytes = std::size_t {256} << 10;

/// Lines are long and a search for the next end takes many bytes in one step; counting looks at each.
std::uint64_t lineEnds(std::string_view bytes)
{
    std::uint64_t ends = 0;
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        ++ends;
    }
    return ends;
}

std::string otherThanFile(mode_t mode)
{
    if (S_ISREG(mode)) {
        return {};
    }
    if (S_ISLNK(mode)) {
        return "it is a symbolic link";
    }
    if (S_ISDIR(mode)) {
        return "it is a folder";
    }
    return "it is no regular file";
}

} // namespace

BundleFolder::BundleFolder(std::string path) : m_path(std::move(path)) {}

Result<std::vector<std::string>> BundleFolder::entries() const
{
    auto names = folderEntries(m_path);
    if (!names) {
        return names;
    }
    std::vector<std::string> all;
    for (const std::string& name : *names) {
        struct stat state {};
        if (::lstat((m_path + '/' + name).c_str(), &state) != 0 || !S_ISDIR(state.st_mode)) {
            all.push_back(name);
            continue;
        }
        const std::string folder = name + '/';
        if (name != SplitsFolder) {
            all.push_back(folder);
            continue;
        }
        const auto inner = folderEntries(m_path + '/' + name);
        if (!inner) {
            return inner.error();
        }
        if (inner->empty()) {
            all.push_back(folder);
        }
        for (const std::string& split : *inner) {
            all.push_back(folder + split);
        }
    }
    return all;
}

std::string BundleFolder::fault(const std::string& name) const
{
    struct stat state {};
    if (!isInRealFolder(name)) {
        return "its folder is none of the bundle's";
    }
    if (::lstat((m_path + '/' + name).c_str(), &state) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? std::string(Missing) : errnoText(errno);
    }
    return otherThanFile(state.st_mode);
}

Result<std::string> BundleFolder::read(const std::string& name) const
{
    const auto file = open(name);
    if (!file) {
        return file.error();
    }
    return readAll(file->descriptor.get(), m_path + '/' + name);
}

Result<FoundFile> BundleFolder::find(const std::string& name) const
{
    const auto file = open(name);
    if (!file) {
        return file.error();
    }
    FoundFile found;
    found.file = file->file;
    return found;
}

Result<ComparedFile> BundleFolder::compare(const std::string& name, HashLane& hashing) const
{
    auto file = open(name);
    if (!file) {
        return file.error();
    }
    return ComparedFile(std::move(file->descriptor), hashing);
}

Result<FoundFile> BundleFolder::examine(const std::string& name, const std::stop_token& stop,
    const std::function<void(std::uint64_t)>& onBytes) const
{
    const auto file = open(name);
    if (!file) {
        return file.error();
    }
    FoundFile found;
    found.file = file->file;
    Sha256 hash;
    std::string piece(PieceBytes, '\0');
    for (;;) {
        if (stop.stop_requested()) {
            return cancelledError();
        }
        const ssize_t got = readSome(file->descriptor.get(), piece);
        if (got < 0) {
            return ioError(found.file.path, errno);
        }
        if (got == 0) {
            break;
        }
        const std::string_view bytes(piece.data(), static_cast<std::size_t>(got));
        hash.update(bytes);
        found.is.bytes += bytes.size();
        found.is.rows += lineEnds(bytes);
        onBytes(bytes.size());
    }
    found.is.sha256 = hash.finish();
    return found;
}

std::uint64_t BundleFolder::sizeOf(const std::string& name) const
{
    struct stat state {};
    return ::lstat((m_path + '/' + name).c_str(), &state) == 0 && S_ISREG(state.st_mode)
        ? static_cast<std::uint64_t>(state.st_size)
        : 0;
}

bool BundleFolder::isInRealFolder(const std::string& name) const
{
    const std::size_t slash = name.find('/'); // names hold no other
    struct stat state {};
    return slash == std::string::npos || ::lstat((m_path + '/' + name.substr(0, slash)).c_str(), &state) != 0
        || S_ISDIR(state.st_mode);
}

Result<BundleFolder::Opened> BundleFolder::open(const std::string& name) const
{
    const std::string path = m_path + '/' + name;
    if (!isInRealFolder(name)) {
        return ioError(path, ENOTDIR);
    }
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (!file) {
        return ioError(path, errno);
    }
    struct stat state {};
    if (::fstat(file.get(), &state) != 0) {
        return ioError(path, errno);
    }
    if (const std::string other = otherThanFile(state.st_mode); !other.empty()) {
        return Error {ErrorCode::Io, path + ": " + other, path};
    }
    return Opened {std::move(file),
        {path, name, static_cast<std::uint64_t>(state.st_size), modifiedNs(state), state.st_ino}};
}

} // namespace workbench
