// SPDX-License-Identifier: Apache-2.0
/// Scan, bundle, record: one straight function from a request to a bundle on disk.
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/bundle/split_plan.h"
#include "core/input/example_filter.h"
#include "core/job/job_record.h"
#include "core/job/scan.h"
#include "core/job/shard_set.h"
#include "core/schema/schema.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

enum class OnRejection : std::uint8_t { Abort, Skip };

/// A push that follows the export as part of the same job: until it is over the record says "running".
struct FollowingPush {
    std::string repo; ///< OWNER/NAME
    std::function<PushReceipt(const std::string& bundleDir, const std::stop_token& stop)> run;
};

struct ExportRequest {
    SchemaPtr schema;
    std::string dataDir;
    std::optional<std::string> labelsDir; ///< nothing: `labels` beside the examples, if it is there
    std::string outDir;
    std::string jobId; ///< empty: a new UUID
    ExampleFilter filter;
    SplitStrategy split = SplitStrategy::BySourceIndustry;
    OnRejection onRejection = OnRejection::Abort;
    unsigned threads = 1;
    bool overwrite = false;
    /// When set, the files that were reviewed: the export refuses to run over any others (Io, "changed").
    std::optional<std::vector<ExampleFile>> reviewedFiles;
    LabelFilesPtr reviewedLabels; ///< looked at when reviewedFiles is set
    /// When set, these guarded shards instead of `dataDir`; the filter is then what they were guarded by.
    std::shared_ptr<const ShardSet> shards;
    Clock clock;
    std::optional<UtcTime> sourceDateEpoch; ///< fixes generated_at
    std::string queuedAt; ///< of a job that waited in a queue
    std::optional<FollowingPush> push;
};

/// A rejected line as it is reported: masked throughout.
struct RejectionReport {
    std::string file;
    std::uint64_t line = 0;
    std::vector<Finding> findings;
};

struct ExportOutcome {
    std::string jobId;
    std::string bundleDir; ///< empty for a check
    ScanSummary scan;
    std::map<std::string, std::uint64_t> splits;
    std::vector<RejectionReport> rejections; ///< the first 1,000 rejected lines
    double seconds = 0;
    std::optional<PushReceipt> push; ///< of a push that followed; its failure is no error of the export
};

/// What became of it: the outcome holds what is known even when there is an error.
struct ExportResult {
    ExportOutcome outcome;
    std::optional<Error> error;
};

/// Writes a bundle and its job record. With Abort and rejected rows: error RowsRejected, no bundle, but
/// every finding in the masked report. Errors otherwise: Usage (job id, an existing bundle), Io,
/// NoValidRows, Cancelled. Whatever happens the record says truthfully how it ended, and once a second while
/// it runs how far it is.
[[nodiscard]] ExportResult runExport(
    const ExportRequest& request, std::stop_token stop, const ProgressFn& progress);

/// The same scan and the same report, nothing written. RowsRejected when there are any.
[[nodiscard]] ExportResult runCheck(
    const ExportRequest& request, std::stop_token stop, const ProgressFn& progress);

/// Removes what killed runs left in the out-dir and marks their records failed.
/// Touches nothing that a living process holds.
[[nodiscard]] Result<void> clearLeftovers(const std::string& outDir, const Clock& clock);

/// One masked finding as a line of the report (JSON, with newline). A stream has no file's name: an empty one
/// is left out.
[[nodiscard]] std::string rejectionLine(std::string_view file, std::uint64_t line, const Finding& finding);

} // namespace workbench
