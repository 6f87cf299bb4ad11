// SPDX-License-Identifier: Apache-2.0
#include "core/base/staged_folder.h"

#include "core/base/ascii.h"
#include "core/base/uuid.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::string_view PartialMark = ".partial-";

FileDescriptor openFolder(const std::string& path)
{
    return FileDescriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
}

/// Takes the folder's lock and makes sure that the name still means this very folder.
bool lockFolder(const FileDescriptor& folder, const std::string& path)
{
    struct stat held {};
    struct stat named {};
    return ::flock(folder.get(), LOCK_EX | LOCK_NB) == 0 && ::fstat(folder.get(), &held) == 0
        && ::lstat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

bool isHiddenName(std::string_view name)
{
    const std::size_t mark = name.rfind(PartialMark);
    return name.front() == '.' && mark != std::string_view::npos && mark > 0
        && name.size() == mark + PartialMark.size() + RandomSuffixLength
        && std::ranges::all_of(name.substr(mark + PartialMark.size()),
            [](char digit) { return isDigit(digit) || (digit >= 'a' && digit <= 'f'); });
}

/// Flushes `path` and the folders in it, the innermost first. 0, or what errno said.
int flushTree(const std::string& path)
{
    std::error_code failed;
    for (std::filesystem::directory_iterator entry(path, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        if (entry->symlink_status(failed).type() == std::filesystem::file_type::directory) {
            if (const int error = flushTree(entry->path().native()); error != 0) {
                return error;
            }
        }
    }
    if (failed) {
        return failed.value();
    }
    const FileDescriptor folder = openFolder(path);
    return folder ? tryFlush(folder.get()) : errno;
}

/// 0, or what errno said. EINVAL: the file system does not know the flag.
int renameWith(const std::string& from, const std::string& to, unsigned flags)
{
    return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0 ? 0 : errno;
}

int renameToFreeName(const std::string& from, const std::string& to)
{
    const int error = renameWith(from, to, RENAME_NOREPLACE);
    if (error != EINVAL && error != ENOSYS) {
        return error;
    }
    struct stat state {};
    if (::lstat(to.c_str(), &state) == 0) {
        return EEXIST;
    }
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

} // namespace

Result<StagedFolder> StagedFolder::create(const std::string& parent, const std::string& name)
{
    StagedFolder folder;
    folder.m_parent = parent;
    folder.m_name = name;
    for (int attempt = 0; attempt < 16; ++attempt) {
        const std::string path = parent + "/." + name + std::string(PartialMark) + makeRandomSuffix();
        if (::mkdir(path.c_str(), 0755) != 0) {
            if (errno == EEXIST) {
                continue;
            }
            return ioError(parent, errno);
        }
        folder.m_lock = openFolder(path);
        if (!folder.m_lock && errno != ENOENT) {
            const Error error = ioError(parent, errno);
            ::rmdir(path.c_str());
            return error;
        }
        if (folder.m_lock && lockFolder(folder.m_lock, path)) {
            folder.m_path = path;
            return folder;
        }
        // Somebody clearing up was faster than our lock: take another name.
        ::rmdir(path.c_str());
    }
    return ioError(parent, EEXIST);
}

StagedFolder::~StagedFolder() { removeHidden(); }

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : m_parent(std::move(other.m_parent))
    , m_name(std::move(other.m_name))
    , m_path(std::exchange(other.m_path, {}))
    , m_lock(std::move(other.m_lock))
    , m_replacedLock(std::move(other.m_replacedLock))
    , m_state(other.m_state)
{
}

StagedFolder& StagedFolder::operator=(StagedFolder&& other) noexcept
{
    if (this != &other) {
        removeHidden();
        m_parent = std::move(other.m_parent);
        m_name = std::move(other.m_name);
        m_path = std::exchange(other.m_path, {});
        m_lock = std::move(other.m_lock);
        m_replacedLock = std::move(other.m_replacedLock);
        m_state = other.m_state;
    }
    return *this;
}

Result<void> StagedFolder::publish(bool replace)
{
    int error = flushTree(m_path);
    if (error != 0) {
        return ioError(target(), error);
    }
    error = ENOENT;
    if (replace) {
        // The old folder gets a hidden name: nobody who clears up may take it for a leftover while it can
        // come back.
        m_replacedLock = openFolder(target());
        if (m_replacedLock && ::flock(m_replacedLock.get(), LOCK_EX | LOCK_NB) != 0) {
            return ioError(target(), EBUSY);
        }
        error = renameWith(m_path, target(), RENAME_EXCHANGE);
    }
    if (error == 0) {
        m_state = State::Exchanged;
    } else if (error == ENOENT) { // nothing there to exchange it with
        error = renameToFreeName(m_path, target());
        if (error == 0) {
            m_state = State::Published;
        }
    }
    if (error == EEXIST || error == ENOTEMPTY) {
        return Error {ErrorCode::Usage, target() + " exists already", target()};
    }
    if (replace && (error == EINVAL || error == ENOSYS)) {
        // Removing the old one first would leave nothing if we were killed in between.
        return Error {ErrorCode::Io,
            target() + ": this file system cannot replace a folder in one step; remove it first", target()};
    }
    if (error != 0) {
        return ioError(target(), error);
    }
    if (auto flushed = flushFolder(m_parent); !flushed) {
        withdraw();
        return flushed;
    }
    return {};
}

void StagedFolder::withdraw()
{
    // Best effort: it is called because something failed already, and that is what gets reported.
    if (m_state == State::Exchanged) {
        if (renameWith(m_path, target(), RENAME_EXCHANGE) == 0) {
            m_state = State::Staged;
        }
    } else if (m_state == State::Published) {
        if (renameToFreeName(target(), m_path) == 0) {
            m_state = State::Staged;
        }
    }
    static_cast<void>(flushFolder(m_parent));
}

void StagedFolder::removeHidden()
{
    if (m_path.empty() || m_state == State::Published) {
        return;
    }
    std::error_code ignored; // a leftover is cleared by the next run
    std::filesystem::remove_all(m_path, ignored);
}

Result<void> StagedFolder::removeLeftovers(const std::string& parent)
{
    const auto names = folderEntries(parent);
    if (!names) {
        return names.error();
    }
    for (const std::string& name : *names) {
        if (!isHiddenName(name)) {
            continue;
        }
        const std::string path = parent + '/' + name;
        const FileDescriptor folder = openFolder(path);
        if (!folder || !lockFolder(folder, path)) {
            continue; // no folder, or somebody is at it
        }
        std::error_code failed;
        std::filesystem::remove_all(path, failed);
        if (failed) {
            return ioError(path, failed.value());
        }
    }
    return {};
}

} // namespace workbench
