// SPDX-License-Identifier: Apache-2.0
#include "core/job/export_job.h"

#include "core/base/rfc3339.h"
#include "core/base/sha256.h"
#include "core/base/staged_folder.h"
#include "core/base/uuid.h"
#include "core/base/version.h"
#include "core/base/without_throwing.h"
#include "core/bundle/bundle_writer.h"
#include "core/input/example_files.h"
#include "core/job/export_sinks.h"
#include "core/job/job_lock.h"
#include "core/job/no_rows.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::chrono::seconds RecordEvery {1};

Error cancelled() { return {ErrorCode::Cancelled, "Cancelled: nothing was kept.", {}}; }

std::string withoutSlashes(std::string path)
{
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    return path;
}

std::string rejectedText(const ScanSummary& summary)
{
    return std::to_string(summary.rejected) + " of " + std::to_string(summary.matched)
        + (summary.rejected == 1 ? " rows was rejected" : " rows were rejected");
}

/// The files to read, as they are or as they were reviewed.
Result<ExampleFiles> filesOf(const ExportRequest& request)
{
    if (request.shards) {
        ExampleFiles rows; // labels are in them already
        rows.files = request.shards->rows();
        return rows;
    }
    auto listing = requireExampleFiles(request.dataDir);
    if (!listing) {
        return listing;
    }
    auto labels = findLabelFiles(request.dataDir, request.labelsDir);
    if (!labels) {
        return labels.error();
    }
    listing->labels = std::move(*labels);
    if (request.reviewedFiles
        && (*request.reviewedFiles != listing->files
            || !sameLabelFiles(request.reviewedLabels, listing->labels))) {
        return Error {ErrorCode::Io,
            "The files in " + request.dataDir + " changed since they were reviewed. Read the folder again.",
            request.dataDir};
    }
    return listing;
}

ScanRequest scanRequest(const ExportRequest& request, ExampleFiles files)
{
    ScanRequest scanned;
    scanned.schema = request.schema;
    scanned.files = std::move(files.files);
    scanned.labels = std::move(files.labels);
    if (request.shards) {
        scanned.shape = LineShape::GuardedRow;
    } else {
        scanned.filter = request.filter;
    }
    scanned.threads = request.threads;
    return scanned;
}

/// An overwrite removes a whole folder, so it has to be one that we made.
Result<void> requireReplaceable(const std::string& bundle, bool overwrite)
{
    struct stat state {};
    if (::lstat(bundle.c_str(), &state) != 0) {
        return errno == ENOENT ? Result<void>() : ioError(bundle, errno);
    }
    if (!overwrite) {
        return Error {ErrorCode::Usage, bundle + " exists already; --overwrite replaces it", bundle};
    }
    if (S_ISDIR(state.st_mode)) {
        const auto names = folderEntries(bundle);
        if (!names) {
            return names.error();
        }
        const std::string infoPath = bundle + "/dataset_info.json";
        struct stat info {};
        const bool isThere = ::lstat(infoPath.c_str(), &info) == 0;
        if (!isThere && errno != ENOENT) {
            return ioError(infoPath, errno);
        }
        if (names->empty() || (isThere && S_ISREG(info.st_mode))) {
            return {};
        }
    }
    return Error {ErrorCode::Usage, bundle + " is no bundle; --overwrite replaces bundles only", bundle};
}

/// One export from its first check to its last record.
class ExportRun {
public:
    ExportRun(const ExportRequest& request, ExportOutcome& outcome)
        : m_request(request)
        , m_outcome(outcome)
        , m_clock(request.clock ? request.clock : systemClock())
        , m_outDir(withoutSlashes(request.outDir))
        , m_bundle(m_outDir + '/' + outcome.jobId)
        , m_started(m_clock())
    {
    }

    Result<void> run(const std::stop_token& stop, const ProgressFn& progress)
    {
        auto lock = prepare();
        if (!lock) {
            return lock.error();
        }
        if (auto begun = begin(); !begun) {
            return begun;
        }
        auto done = withoutThrowing([&] { return work(stop, progress); });
        if (!done && !m_isUndecided) {
            // What is thrown here keeps the record from being written and the error from nobody.
            static_cast<void>(withoutThrowing([&] { return close(done.error()); }));
        }
        return done;
    }

private:
    /// Nothing of this is recorded when it fails: the job never began.
    Result<JobLock> prepare()
    {
        if (auto made = makeFolders(m_outDir); !made) {
            return made.error();
        }
        if (auto made = makeFolders(jobsFolder(m_outDir), 0700); !made) {
            return made.error();
        }
        auto lock = JobLock::acquire(m_outDir, m_outcome.jobId);
        if (!lock) {
            return lock;
        }
        // What cannot be cleared takes space and nothing else; the next run tries again.
        static_cast<void>(clearLeftovers(m_outDir, m_clock));
        if (auto replaceable = requireReplaceable(m_bundle, m_request.overwrite); !replaceable) {
            return replaceable.error();
        }
        return lock;
    }

    Result<void> begin()
    {
        m_record.jobId = m_outcome.jobId;
        m_record.status = JobStatus::Running;
        m_record.queuedAt = m_request.queuedAt;
        m_record.startedAt = formatRfc3339(m_started, true);
        m_record.schemaName = m_request.schema->name();
        m_record.schemaHash = m_request.schema->hash();
        m_record.split = m_request.split;
        m_record.filters = m_request.filter;
        m_record.dataDir = m_request.dataDir;
        return saveJobRecord(m_outDir, m_record);
    }

    Result<void> removeStaleReport() const
    {
        const std::string stale = rejectionsPath(m_outDir, m_outcome.jobId); // of an earlier run by this id
        return ::unlink(stale.c_str()) == 0 || errno == ENOENT ? Result<void>() : ioError(stale, errno);
    }

    Result<void> work(const std::stop_token& stop, const ProgressFn& progress)
    {
        if (auto removed = removeStaleReport(); !removed) {
            return removed;
        }
        auto files = filesOf(m_request);
        if (!files) {
            return files.error();
        }
        const ScanRequest scanned = scanRequest(m_request, std::move(*files));
        auto bundle = stage();
        if (!bundle) {
            return bundle.error();
        }
        ExportSink sink(
            m_request, scanned.files, std::move(*bundle), rejectionsPath(m_outDir, m_outcome.jobId));
        if (m_request.shards) {
            if (auto reported = reportShards(sink, stop); !reported) {
                return reported;
            }
        }
        auto summary = scan(scanned, sink, stop, recorded(progress));
        if (!summary) {
            return summary.error().code == ErrorCode::Cancelled ? cancelled() : summary.error();
        }
        if (m_request.shards) {
            if (auto added = addShards(*summary); !added) {
                return added;
            }
        }
        note(sink, std::move(*summary));
        if (auto committed = sink.log().commit(); !committed) {
            return committed;
        }
        if (!sink.bundle()) {
            return Error {ErrorCode::RowsRejected,
                rejectedText(m_outcome.scan) + ", so nothing was exported. The masked report is "
                    + rejectionsPath(m_outDir, m_outcome.jobId) + '.',
                rejectionsPath(m_outDir, m_outcome.jobId)};
        }
        if (m_outcome.scan.accepted == 0) {
            return Error {ErrorCode::NoValidRows,
                m_request.shards ? "The shards in " + m_request.shards->folder + " hold no rows."
                                 : whyNoRows(m_request, scanned, m_outcome.scan, stop),
                m_request.dataDir};
        }
        if (auto published = publish(*sink.bundle(), stop); !published) {
            return published;
        }
        if (m_request.push) {
            // The bundle is there; a record that is not brought to its end here the next run closes.
            static_cast<void>(withoutThrowing([&] { return pushBundle(stop); }));
        }
        return {};
    }

    /// What the shards' guards rejected is rejected here, too, by the shard's name.
    Result<void> reportShards(ExportSink& sink, const std::stop_token& stop)
    {
        for (const Shard& shard : m_request.shards->shards) {
            const auto report = [&](std::uint64_t line, const Finding& finding) {
                return sink.report(shard.name, line, finding);
            };
            if (auto read = forEachFinding(shard, *m_request.schema, report, stop); !read) {
                return read;
            }
        }
        return {};
    }

    /// The rows were guarded again and have to be all there; the counts are those of the whole input.
    Result<void> addShards(ScanSummary& summary) const
    {
        const GuardSummary& total = m_request.shards->total;
        if (summary.rejected > 0) {
            return Error {ErrorCode::RowsRejected,
                rejectedText(summary) + " although they are said to be guarded: nothing was kept.",
                m_request.shards->folder};
        }
        if (summary.accepted != total.accepted) {
            return Error {ErrorCode::Io,
                m_request.shards->folder + ": the shards hold " + std::to_string(summary.accepted)
                    + " rows, their summaries say " + std::to_string(total.accepted),
                m_request.shards->folder};
        }
        summary.read = total.read;
        summary.matched = total.matched;
        summary.rejected = total.rejected;
        summary.rejectionsByRule = total.rejectionsByRule;
        summary.withheld = total.withheld;
        return {};
    }

    /// `progress`, and now and then into the record, for those who look on from another program.
    ProgressFn recorded(const ProgressFn& progress)
    {
        return [this, &progress, last = std::chrono::steady_clock::now()](const ScanProgress& now) mutable {
            if (progress) {
                progress(now);
            }
            m_record.rows.read = now.read;
            m_record.rows.matched = now.matched;
            m_record.rows.rejected = now.rejected;
            m_record.done = now.bytesTotal == 0
                ? 0
                : static_cast<double>(now.bytesRead) / static_cast<double>(now.bytesTotal);
            const auto time = std::chrono::steady_clock::now();
            if (time - last < RecordEvery) {
                return; // a run that is cancelled before says all the same how far it came
            }
            last = time;
            m_record.seconds = std::chrono::duration<double>(m_clock() - m_started).count();
            // A record that is a second old harms nobody; the end of the job is what has to be written.
            static_cast<void>(saveJobRecord(m_outDir, m_record));
        };
    }

    Result<StagedBundle> stage()
    {
        auto folder = StagedFolder::create(m_outDir, m_outcome.jobId);
        if (!folder) {
            return folder.error();
        }
        auto writer = BundleWriter::create(
            folder->path(), m_bundle, m_request.schema, m_request.split, m_request.threads);
        if (!writer) {
            return writer.error();
        }
        return StagedBundle {std::move(*folder), std::move(*writer)};
    }

    /// What the scan found, for the outcome and the record.
    void note(TallySink& sink, ScanSummary summary)
    {
        m_outcome.scan = std::move(summary);
        m_outcome.splits = sink.splits();
        m_outcome.rejections = sink.takeRejections();
        m_record.rows.read = m_outcome.scan.read;
        m_record.rows.matched = m_outcome.scan.matched;
        m_record.rows.rejected = m_outcome.scan.rejected;
        if (!m_request.shards) { // whose summaries do not tell
            m_record.overLimit = m_outcome.scan.overLimit;
        }
        m_record.rejectionsByRule = rulesByName(m_outcome.scan.rejectionsByRule);
        m_record.withheldFields = withheldTotal(m_outcome.scan.withheld);
        m_record.labelsWithoutExample = m_outcome.scan.labels.withoutExample;
    }

    DatasetInfo describe() const
    {
        DatasetInfo info;
        info.generatedAt = formatRfc3339(m_request.sourceDateEpoch.value_or(m_started));
        info.generator = Generator;
        info.jobId = m_outcome.jobId;
        info.rejectedRows = m_record.rows.rejected;
        info.rejectionsByRule = m_record.rejectionsByRule;
        info.withheldFields = m_record.withheldFields;
        info.withheldByReason = withheldByName(m_outcome.scan.withheld);
        info.filters = m_request.filter;
        return info;
    }

    /// The record that says "running" has the bundle's hash before that appears, and the one that says
    /// "completed" is on disk under a temporary name: what can still fail afterwards is a rename, and then
    /// the bundle is withdrawn. Once it is renamed nothing is taken back: should a power cut undo the rename,
    /// the record before it and the bundle show that it was completed.
    Result<void> publish(StagedBundle& bundle, const std::stop_token& stop)
    {
        DatasetInfo info = describe();
        if (auto finished = bundle.writer.finish(info); !finished) {
            return finished;
        }
        m_record.rows.exported = info.totalRows;
        m_record.infoSha256 = Sha256::of(toJson(info));
        if (auto saved = saveJobRecord(m_outDir, m_record); !saved) {
            return saved;
        }
        JobRecord completed = m_record;
        completed.bundleDir = m_bundle;
        if (m_request.push) { // it is not over before that is
            completed.push = PushReceipt {false, m_request.push->repo, {}, {}, std::string(PushNotOver)};
        } else {
            completed.status = JobStatus::Completed;
            end(completed);
        }
        auto staged = StagedFile::create(jobRecordPath(m_outDir, m_outcome.jobId));
        if (!staged) {
            return staged.error();
        }
        if (auto written = staged->write(toJson(completed)); !written) {
            return written;
        }
        if (auto flushed = staged->flush(); !flushed) {
            return flushed;
        }
        if (stop.stop_requested()) {
            return cancelled();
        }
        std::string shown = m_bundle; // below nothing may be thrown, so nothing is made
        const std::string jobs = jobsFolder(m_outDir);
        auto done = withoutThrowing([&] { return bundle.folder.publish(m_request.overwrite); });
        if (done) {
            done = withoutThrowing([&] { return staged->commitUnflushed(); });
        }
        if (!done) {
            bundle.folder.withdraw();
            m_isUndecided = bundle.folder.isPublished();
            return done;
        }
        m_outcome.bundleDir = std::move(shown);
        m_record = std::move(completed);
        static_cast<void>(tryFlushFolder(jobs));
        return {};
    }

    /// The bundle is there, whatever becomes of this.
    Result<void> pushBundle(const std::stop_token& stop)
    {
        PushReceipt receipt {false, m_request.push->repo, {}, {}, "an internal fault ended the push"};
        static_cast<void>(withoutThrowing([&]() -> Result<void> {
            receipt = m_request.push->run(m_bundle, stop);
            return {};
        }));
        m_record.push = receipt;
        m_record.status = JobStatus::Completed;
        end(m_record);
        m_outcome.push = std::move(receipt);
        return saveJobRecord(m_outDir, m_record);
    }

    void end(JobRecord& record)
    {
        const UtcTime now = m_clock();
        record.completedAt = formatRfc3339(now, true);
        record.seconds = std::chrono::duration<double>(now - m_started).count();
        m_outcome.seconds = record.seconds;
    }

    /// If this cannot be written, the record still says "running" without a holder: the next run closes it.
    Result<void> close(const Error& error)
    {
        m_record.status = error.code == ErrorCode::Cancelled ? JobStatus::Cancelled : JobStatus::Failed;
        m_record.rows.exported = 0;
        m_record.bundleDir.clear();
        m_record.error = error.message;
        end(m_record);
        return saveJobRecord(m_outDir, m_record);
    }

    const ExportRequest& m_request;
    ExportOutcome& m_outcome;
    Clock m_clock;
    std::string m_outDir;
    std::string m_bundle; ///< where it is to appear
    UtcTime m_started;
    JobRecord m_record;
    /// The bundle appeared and could not be withdrawn: who looks next says what became of it.
    bool m_isUndecided = false;
};

/// Nothing is written, so there is nothing to undo.
Result<void> check(const ExportRequest& request, ExportOutcome& outcome, const std::stop_token& stop,
    const ProgressFn& progress)
{
    auto files = filesOf(request);
    if (!files) {
        return files.error();
    }
    const ScanRequest scanned = scanRequest(request, std::move(*files));
    TallySink sink(*request.schema, request.split, scanned.files);
    auto summary = scan(scanned, sink, stop, progress);
    if (!summary) {
        return summary.error();
    }
    outcome.scan = std::move(*summary);
    outcome.splits = sink.splits();
    outcome.rejections = sink.takeRejections();
    if (outcome.scan.rejected != 0) {
        return Error {ErrorCode::RowsRejected, rejectedText(outcome.scan) + '.', request.dataDir};
    }
    if (outcome.scan.accepted == 0) {
        return Error {
            ErrorCode::NoValidRows, whyNoRows(request, scanned, outcome.scan, stop), request.dataDir};
    }
    return {};
}

/// Checks what every job needs, gives it an id, and turns what comes out into a result.
template <class Work> ExportResult runJob(const ExportRequest& request, Work work)
{
    ExportResult result;
    if (!request.jobId.empty() && !isJobId(request.jobId)) {
        result.error = invalidJobId(request.jobId);
        return result;
    }
    const auto done = withoutThrowing([&] {
        result.outcome.jobId = request.jobId.empty() ? makeUuid() : request.jobId;
        auto worked = work(result.outcome);
        if (!worked) {
            result.error = worked.error();
        }
        return worked;
    });
    if (!done && !result.error) { // thrown
        result.error = done.error();
    }
    return result;
}

} // namespace

ExportResult runExport(const ExportRequest& request, std::stop_token stop, const ProgressFn& progress)
{
    return runJob(request, [&](ExportOutcome& outcome) -> Result<void> {
        if (request.outDir.empty()) {
            return Error {ErrorCode::Usage, "--out-dir: it is empty; a folder is wanted", "--out-dir"};
        }
        return ExportRun(request, outcome).run(stop, progress);
    });
}

ExportResult runCheck(const ExportRequest& request, std::stop_token stop, const ProgressFn& progress)
{
    return runJob(request, [&](ExportOutcome& outcome) {
        const Clock clock = request.clock ? request.clock : systemClock();
        const UtcTime started = clock();
        auto done = check(request, outcome, stop, progress);
        outcome.seconds = std::chrono::duration<double>(clock() - started).count();
        return done;
    });
}

} // namespace workbench
