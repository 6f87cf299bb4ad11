// SPDX-License-Identifier: Apache-2.0
// What killed runs leave behind: hidden folders, lock files, and records that say "running" for ever.
#include "core/base/rfc3339.h"
#include "core/base/sha256.h"
#include "core/base/staged_folder.h"
#include "core/job/export_job.h"
#include "core/job/job_lock.h"
#include "core/job/job_record.h"

#include <set>
#include <utility>

#include <sys/stat.h>

namespace workbench {

namespace {

bool isFolder(const std::string& path)
{
    struct stat state {};
    return ::stat(path.c_str(), &state) == 0 && S_ISDIR(state.st_mode);
}

/// A job that waits with its request is no leftover: the next queue over this folder runs it.
bool isUnderWay(const JobRecord& record)
{
    return record.status == JobStatus::Running || (record.status == JobStatus::Queued && !record.request);
}

/// A program may die after its bundle appeared and before its record said so; or before, and then an older
/// bundle of the same counts may stand there. The record has the hash of the file that has all others' by
/// then.
bool bundleIsThere(const std::string& bundle, const JobRecord& record)
{
    if (record.infoSha256.empty()) {
        return false; // written right before the bundle is published
    }
    const auto text = readFile(bundle + "/dataset_info.json");
    return text && Sha256::of(*text) == record.infoSha256;
}

/// The job's lock is held by the caller.
Result<void> closeRecord(const std::string& outDir, const std::string& jobId, const Clock& clock)
{
    auto record = loadJobRecord(outDir, jobId);
    if (!record || !isUnderWay(*record)) {
        return {}; // ended meanwhile, or unreadable: not ours to judge
    }
    const std::string bundle = outDir + '/' + jobId;
    record->completedAt = formatRfc3339(clock(), true);
    if (bundleIsThere(bundle, *record)) {
        record->status = JobStatus::Completed;
        record->bundleDir = bundle;
        if (record->push && record->push->error == PushNotOver) {
            record->push->error = "The program ended before the push did; pushing the bundle again finds out "
                                  "what the Hub has.";
        }
    } else {
        record->status = JobStatus::Failed;
        record->rows.exported = 0;
        record->push.reset();
        record->error = "The program ended before the job did.";
    }
    return saveJobRecord(outDir, *record);
}

} // namespace

Result<void> clearLeftovers(const std::string& outDir, const Clock& clock)
{
    // What cannot be removed keeps no record from being closed: of these somebody wants to know.
    Result<void> outcome;
    const auto note = [&outcome](Result<void> done) {
        if (outcome && !done) {
            outcome = std::move(done);
        }
    };
    if (isFolder(outDir)) {
        note(StagedFolder::removeLeftovers(outDir));
    }
    const std::string jobs = jobsFolder(outDir);
    if (!isFolder(jobs)) {
        return outcome;
    }
    note(StagedFile::removeLeftovers(jobs));
    const auto names = folderEntries(jobs);
    const auto list = listJobs(outDir);
    if (!names || !list) {
        return names ? list.error() : names.error();
    }
    std::set<std::string> suspects;
    for (const std::string& name : *names) {
        if (const std::string_view jobId = JobLock::jobOf(name); !jobId.empty()) {
            suspects.emplace(jobId);
        }
    }
    for (const JobRecord& record : list->jobs) {
        if (isUnderWay(record)) {
            suspects.insert(record.jobId);
        }
    }
    for (const std::string& jobId : suspects) {
        const auto lock = JobLock::acquireOfDead(outDir, jobId);
        if (!lock) {
            note(lock.error());
        } else if (*lock) { // else it lives
            note(closeRecord(outDir, jobId, clock));
        }
    }
    return outcome;
}

} // namespace workbench
