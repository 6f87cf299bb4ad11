// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_lock.h"

#include "core/job/job_record.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::string_view LockEnding = ".lock";

} // namespace

Result<JobLock> JobLock::acquire(const std::string& outDir, std::string_view jobId)
{
    JobLock lock;
    const std::string path = jobsFolder(outDir) + "/." + std::string(jobId) + std::string(LockEnding);
    for (;;) {
        lock.m_file
            = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t {0600}));
        if (!lock.m_file) {
            if (errno == EINTR) {
                continue;
            }
            return ioError(path, errno);
        }
        if (::flock(lock.m_file.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EWOULDBLOCK) {
                return ioError(path, errno);
            }
            return Error {ErrorCode::Usage, "job " + std::string(jobId) + " is running", std::string(jobId)};
        }
        struct stat held {};
        struct stat named {};
        if (::fstat(lock.m_file.get(), &held) != 0) {
            return ioError(path, errno);
        }
        if (::lstat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino
            && held.st_dev == named.st_dev) {
            lock.m_path = path;
            return lock;
        }
        // Its last holder removed the file between our open and our lock: the name is free, start anew.
    }
}

JobLock::~JobLock()
{
    if (!m_path.empty()) {
        ::unlink(m_path.c_str()); // while the lock is held, so that nobody else's file is removed
    }
}

JobLock::JobLock(JobLock&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_path(std::exchange(other.m_path, {}))
{
}

std::string_view JobLock::jobOf(std::string_view fileName)
{
    if (!fileName.starts_with('.') || !fileName.ends_with(LockEnding)) {
        return {};
    }
    const std::string_view jobId = fileName.substr(1, fileName.size() - 1 - LockEnding.size());
    return isJobId(jobId) ? jobId : std::string_view();
}

} // namespace workbench
