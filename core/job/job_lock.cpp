// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_lock.h"

#include "core/job/job_record.h"

#include <chrono>
#include <thread>
#include <utility>

namespace workbench {

namespace {

constexpr std::string_view LockEnding = ".lock";
constexpr auto BetweenLooks = std::chrono::milliseconds(10);
constexpr auto Patience = std::chrono::seconds(5); ///< with somebody who clears up and was stopped meanwhile

std::string pathOf(const std::string& outDir, std::string_view jobId)
{
    return jobsFolder(outDir) + "/." + std::string(jobId) + std::string(LockEnding);
}

} // namespace

Result<JobLock> JobLock::acquire(const std::string& outDir, std::string_view jobId)
{
    const std::string path = pathOf(outDir, jobId);
    const auto patience = std::chrono::steady_clock::now() + Patience;
    for (int looksAtRunning = 0;;) {
        auto file = LockFile::tryAcquire(path);
        if (!file) {
            return file.error();
        }
        if (*file) {
            (*file)->setMarked(true);
            return JobLock(std::move(**file));
        }
        // A run marks its file, who clears up takes the mark away; between lock and mark lies a moment.
        looksAtRunning = LockFile::isMarked(path) ? looksAtRunning + 1 : 0;
        if (looksAtRunning == 2 || std::chrono::steady_clock::now() > patience) {
            return Error {ErrorCode::Usage, "job " + std::string(jobId) + " is running", std::string(jobId)};
        }
        std::this_thread::sleep_for(BetweenLooks);
    }
}

Result<std::optional<JobLock>> JobLock::acquireOfDead(const std::string& outDir, std::string_view jobId)
{
    auto file = LockFile::tryAcquire(pathOf(outDir, jobId));
    if (!file) {
        return file.error();
    }
    if (!*file) {
        return std::optional<JobLock>();
    }
    (*file)->setMarked(false);
    return std::optional<JobLock>(JobLock(std::move(**file)));
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
