// SPDX-License-Identifier: Apache-2.0
/// What tells a running job from one whose program died: a lock that the system drops with the process.
#pragma once

#include "core/base/lock_file.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// Holds `{out-dir}_jobs/.{job_id}.lock`; the file goes with the holder.
class JobLock {
public:
    /// For the job's own run. Waits for whoever is only looking whether an earlier run died. Errors: Usage
    /// "… is running" when another run holds it, Io.
    [[nodiscard]] static Result<JobLock> acquire(const std::string& outDir, std::string_view jobId);
    /// For clearing up after a run that died; nothing when it lives. Not to be held for long. Errors: Io.
    [[nodiscard]] static Result<std::optional<JobLock>> acquireOfDead(
        const std::string& outDir, std::string_view jobId);

    /// The job a lock file's name is about; empty for other names.
    [[nodiscard]] static std::string_view jobOf(std::string_view fileName);

private:
    explicit JobLock(LockFile file) : m_file(std::move(file)) {}

    LockFile m_file;
};

} // namespace workbench
