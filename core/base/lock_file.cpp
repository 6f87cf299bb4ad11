// SPDX-License-Identifier: Apache-2.0
#include "core/base/lock_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

Result<std::optional<LockFile>> LockFile::tryAcquire(const std::string& path)
{
    LockFile lock;
    for (;;) {
        lock.m_file = openFile(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
        if (!lock.m_file) {
            return ioError(path, errno);
        }
        if (!tryLock(lock.m_file.get())) {
            if (errno != EWOULDBLOCK) {
                return ioError(path, errno);
            }
            return std::optional<LockFile>();
        }
        struct stat held {};
        struct stat named {};
        if (::fstat(lock.m_file.get(), &held) != 0) {
            return ioError(path, errno);
        }
        const bool isNamed = ::lstat(path.c_str(), &named) == 0;
        if (!isNamed && errno != ENOENT) {
            return ioError(path, errno);
        }
        if (isNamed && held.st_ino == named.st_ino && held.st_dev == named.st_dev) {
            lock.m_path = path;
            return std::optional<LockFile>(std::move(lock));
        }
        // Its last holder removed the file between our open and our lock: the name is free, start anew.
    }
}

void LockFile::setMarked(bool marked)
{
    [[maybe_unused]] const int bestEffort = ::ftruncate(m_file.get(), marked ? 1 : 0);
}

bool LockFile::isMarked(const std::string& path)
{
    struct stat state {};
    return ::lstat(path.c_str(), &state) == 0 && state.st_size > 0;
}

LockFile::~LockFile()
{
    if (!m_path.empty()) {
        ::unlink(m_path.c_str()); // while the lock is held, so that nobody else's file is removed
    }
}

LockFile::LockFile(LockFile&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_path(std::exchange(other.m_path, {}))
{
}

} // namespace workbench
