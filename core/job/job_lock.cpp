// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_lock.h"

#include "core/job/job_record.h"

#include <utility>

namespace workbench {

namespace {

constexpr std::string_view LockEnding = ".lock";

} // namespace

Result<JobLock> JobLock::acquire(const std::string& outDir, std::string_view jobId)
{
    auto file
        = LockFile::tryAcquire(jobsFolder(outDir) + "/." + std::string(jobId) + std::string(LockEnding));
    if (!file) {
        return file.error();
    }
    if (!*file) {
        return Error {ErrorCode::Usage, "job " + std::string(jobId) + " is running", std::string(jobId)};
    }
    return JobLock(std::move(**file));
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
