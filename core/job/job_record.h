// SPDX-License-Identifier: Apache-2.0
/// What is remembered of a job: `{out-dir}_jobs/{job_id}.json` (contract, section 6).
#pragma once

#include "core/base/result.h"
#include "core/bundle/split_plan.h"
#include "core/input/example_filter.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

enum class JobStatus : std::uint8_t { Queued, Running, Completed, Failed, Cancelled };

[[nodiscard]] std::string_view jobStatusName(JobStatus status); ///< "queued", …
[[nodiscard]] std::optional<JobStatus> jobStatusFromName(std::string_view name);

struct JobRows {
    std::uint64_t read = 0;
    std::uint64_t matched = 0;
    std::uint64_t exported = 0;
    std::uint64_t rejected = 0;
};

/// What publishing did; filled in by the publishing code.
struct PushReceipt {
    bool pushed = false;
    std::string repo;
    std::string revision; ///< 40 hex digits, or empty
    std::string url;
    std::string error; ///< one sentence, or empty
};

/// Stands in a record from the moment that a push is promised until its outcome is known.
inline constexpr std::string_view PushNotOver = "The push is not over yet.";

/// What a job that waits in a queue was asked for, besides what its record says anyway.
struct QueuedRequest {
    std::uint64_t place = 0; ///< the lower, the earlier
    bool skipRejected = false;
    bool push = false;
    std::string repo; ///< OWNER/NAME, for the push
    std::string schemaFingerprint; ///< of the very schema, ranges included
};

struct JobRecord {
    std::string jobId;
    JobStatus status = JobStatus::Queued;
    std::string queuedAt; ///< RFC 3339 with milliseconds; empty for a job that never waited
    std::string startedAt; ///< RFC 3339 with milliseconds
    std::string completedAt; ///< empty while it runs
    double seconds = 0; ///< wall time of the job
    double done = 0; ///< 0 to 1: how much was read while it runs
    JobRows rows;
    /// Passed the filters but came after the first N; not known of running jobs, nor of older records.
    std::optional<std::uint64_t> overLimit;
    std::map<std::string, std::uint64_t> rejectionsByRule;
    std::uint64_t withheldFields = 0;
    std::uint64_t labelsWithoutExample = 0; ///< label files whose id no example had
    std::string bundleDir; ///< empty when there is none
    std::string infoSha256; ///< of the dataset_info.json about to appear; only kept while the job runs
    std::string schemaName;
    std::string schemaHash;
    SplitStrategy split = SplitStrategy::None;
    ExampleFilter filters;
    std::string dataDir;
    std::optional<PushReceipt> push;
    std::string error; ///< one sentence, or empty
    std::optional<QueuedRequest> request; ///< while it waits: all that is needed to run it later
};

/// `[A-Za-z0-9._-]{1,64}`, not starting with a dot.
[[nodiscard]] bool isJobId(std::string_view text);
/// The Usage error for a text that is none.
[[nodiscard]] Error invalidJobId(std::string_view text);

/// `{out-dir}_jobs`, whatever slashes the out-dir ends in.
[[nodiscard]] std::string jobsFolder(const std::string& outDir);
[[nodiscard]] std::string jobRecordPath(const std::string& outDir, std::string_view jobId);
/// `{job_id}.rejections.jsonl`, one masked finding a line: file, line, rule, path, masked.
[[nodiscard]] std::string rejectionsPath(const std::string& outDir, std::string_view jobId);

[[nodiscard]] std::string toJson(const JobRecord& record);
/// Errors: Io naming `where` when it is no such document.
[[nodiscard]] Result<JobRecord> parseJobRecord(std::string_view json, std::string_view where);

/// Written whole or not at all (temporary name, flush, rename).
[[nodiscard]] Result<void> saveJobRecord(const std::string& outDir, const JobRecord& record);
/// Errors: Usage for an id that is none, Io when there is no such job.
[[nodiscard]] Result<JobRecord> loadJobRecord(const std::string& outDir, std::string_view jobId);
/// The same, and nothing when there is no such job.
[[nodiscard]] Result<std::optional<JobRecord>> findJobRecord(
    const std::string& outDir, std::string_view jobId);
/// Newest first. Records that cannot be read are left out and named in `unreadable`.
struct JobList {
    std::vector<JobRecord> jobs;
    std::vector<std::string> unreadable;
};
[[nodiscard]] Result<JobList> listJobs(const std::string& outDir);

} // namespace workbench
