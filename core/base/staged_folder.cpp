// SPDX-License-Identifier: Apache-2.0
#include "core/base/staged_folder.h"

#include "core/base/ascii.h"
#include "core/base/folder_tree.h"
#include "core/base/uuid.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::string_view PartialMark = ".partial-";

FileDescriptor openFolder(const std::string& path)
{
    return openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

/// Takes the folder's lock and makes sure that the name still means this very folder. 0, EWOULDBLOCK or
/// ENOENT when somebody else was faster, or what errno said.
int lockFolder(const FileDescriptor& folder, const std::string& path)
{
    struct stat held {};
    struct stat named {};
    if (!tryLock(folder.get()) || ::fstat(folder.get(), &held) != 0 || ::lstat(path.c_str(), &named) != 0) {
        return errno;
    }
    return held.st_ino == named.st_ino && held.st_dev == named.st_dev ? 0 : ENOENT;
}

bool isHiddenName(std::string_view name)
{
    const std::size_t mark = name.rfind(PartialMark);
    return name.front() == '.' && mark != std::string_view::npos && mark > 0
        && name.size() == mark + PartialMark.size() + RandomSuffixLength
        && std::ranges::all_of(name.substr(mark + PartialMark.size()),
            [](char digit) { return isDigit(digit) || (digit >= 'a' && digit <= 'f'); });
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
    folder.m_target = parent + '/' + name;
    for (int attempt = 0; attempt < 16; ++attempt) {
        const std::string path = parent + "/." + name + std::string(PartialMark) + makeRandomSuffix();
        if (::mkdir(path.c_str(), 0755) != 0) {
            if (errno == EEXIST) {
                continue;
            }
            return ioError(parent, errno);
        }
        folder.m_lock = openFolder(path);
        const int error = folder.m_lock ? lockFolder(folder.m_lock, path) : errno;
        if (error == 0) {
            folder.m_path = path;
            return folder;
        }
        ::rmdir(path.c_str());
        if (error != ENOENT && error != EWOULDBLOCK) {
            return ioError(parent, error);
        }
        // Somebody clearing up was faster than our lock: take another name.
    }
    return ioError(parent, EEXIST);
}

StagedFolder::~StagedFolder() { removeHidden(); }

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : m_parent(std::move(other.m_parent))
    , m_target(std::move(other.m_target))
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
        m_target = std::move(other.m_target);
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
        return ioError(m_target, error);
    }
    error = ENOENT;
    if (replace) {
        // The old folder gets a hidden name: nobody who clears up may take it for a leftover while it can
        // come back.
        m_replacedLock = openFolder(m_target);
        if (m_replacedLock ? !tryLock(m_replacedLock.get()) : errno != ENOENT) {
            return ioError(m_target, errno == EWOULDBLOCK ? EBUSY : errno);
        }
        error = renameWith(m_path, m_target, RENAME_EXCHANGE);
    }
    if (error == 0) {
        m_state = State::Exchanged;
    } else if (error == ENOENT) { // nothing there to exchange it with
        error = renameToFreeName(m_path, m_target);
        if (error == 0) {
            m_state = State::Published;
        }
    }
    if (error == EEXIST || error == ENOTEMPTY) {
        return Error {ErrorCode::Usage, m_target + " exists already", m_target};
    }
    if (replace && (error == EINVAL || error == ENOSYS)) {
        // Removing the old one first would leave nothing if we were killed in between.
        return Error {ErrorCode::Io,
            m_target + ": this file system cannot replace a folder in one step; remove it first", m_target};
    }
    if (error != 0) {
        return ioError(m_target, error);
    }
    if (const int unflushed = tryFlushFolder(m_parent); unflushed != 0) {
        withdraw();
        return ioError(m_parent, unflushed);
    }
    return {};
}

void StagedFolder::withdraw() noexcept
{
    // Best effort: it is called because something failed already, and that is what gets reported.
    if (m_state == State::Exchanged) {
        if (renameWith(m_path, m_target, RENAME_EXCHANGE) == 0) {
            m_state = State::Staged;
        }
    } else if (m_state == State::Published) {
        if (renameToFreeName(m_target, m_path) == 0) {
            m_state = State::Staged;
        }
    }
    static_cast<void>(tryFlushFolder(m_parent));
}

void StagedFolder::removeHidden() noexcept
{
    if (m_path.empty() || m_state == State::Published) {
        return;
    }
    try {
        static_cast<void>(removeTree(m_path)); // a leftover is cleared by the next run
    } catch (const std::exception&) { // no memory for the names in it: as above
    }
}

Result<void> StagedFolder::removeLeftovers(const std::string& parent)
{
    const auto names = folderEntries(parent);
    if (!names) {
        return names.error();
    }
    Result<void> outcome;
    for (const std::string& name : *names) {
        if (!isHiddenName(name)) {
            continue;
        }
        const std::string path = parent + '/' + name;
        const FileDescriptor folder = openFolder(path);
        if (!folder || lockFolder(folder, path) != 0) {
            continue; // no folder, or somebody is at it
        }
        if (const int error = removeTree(path); error != 0) { // the others can go all the same
            outcome = ioError(path, error);
        }
    }
    return outcome;
}

} // namespace workbench
