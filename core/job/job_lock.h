// SPDX-License-Identifier: Apache-2.0
/// What tells a running job from one whose program died: a lock that the system drops with the process.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace workbench {

/// Holds `{out-dir}_jobs/.{job_id}.lock`; the file goes with the holder.
class JobLock {
public:
    /// Errors: Usage "… is running" when somebody holds it, Io.
    [[nodiscard]] static Result<JobLock> acquire(const std::string& outDir, std::string_view jobId);
    ~JobLock();
    JobLock(JobLock&& other) noexcept;
    JobLock& operator=(JobLock&&) = delete;
    JobLock(const JobLock&) = delete;
    JobLock& operator=(const JobLock&) = delete;

    /// The job a lock file's name is about; empty for other names.
    [[nodiscard]] static std::string_view jobOf(std::string_view fileName);

private:
    JobLock() = default;

    FileDescriptor m_file;
    std::string m_path;
};

} // namespace workbench
