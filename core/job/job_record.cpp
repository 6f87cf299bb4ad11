// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_record.h"

#include "core/base/ascii.h"
#include "core/base/file.h"
#include "core/input/filter_json.h"
#include "core/json/json_fields.h"
#include "core/json/json_writer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <tuple>

namespace workbench {

namespace {

constexpr std::array<std::string_view, 5> StatusNames {
    "queued", "running", "completed", "failed", "cancelled"};
constexpr std::string_view RecordEnding = ".json";
constexpr std::uint64_t RecordLimit = std::uint64_t {1} << 20;

void writePush(JsonWriter& writer, const std::optional<PushReceipt>& push)
{
    if (!push) {
        writer.null();
        return;
    }
    writer.beginObject();
    writer.key("pushed").flag(push->pushed);
    writer.key("repo").textOrNull(push->repo);
    writer.key("revision").textOrNull(push->revision);
    writer.key("url").textOrNull(push->url);
    writer.key("error").textOrNull(push->error);
    writer.endObject();
}

void readParts(JsonFields& fields, JobRecord& record)
{
    if (const JsonNode* const rows = fields.object("rows")) {
        JsonFields inner(*rows);
        record.rows
            = {inner.count("read"), inner.count("matched"), inner.count("exported"), inner.count("rejected")};
        fields.refuse(inner.fault());
    }
    if (const JsonNode* const filters = fields.object("filters")) {
        JsonFields inner(*filters);
        record.filters = readFilter(inner);
        fields.refuse(inner.fault());
    }
    if (const JsonNode* const push = fields.object("push")) {
        JsonFields inner(*push);
        record.push = PushReceipt {inner.flag("pushed"), inner.text("repo"), inner.text("revision"),
            inner.text("url"), inner.text("error")};
        fields.refuse(inner.fault());
    }
    if (const JsonNode* const request = fields.object("request")) {
        JsonFields inner(*request);
        record.request = QueuedRequest {inner.count("place"), inner.flag("skip_rejected"), inner.flag("push"),
            inner.text("repo"), inner.text("schema_fingerprint")};
        fields.refuse(inner.fault());
    }
}

} // namespace

std::string_view jobStatusName(JobStatus status) { return StatusNames[static_cast<std::size_t>(status)]; }

std::optional<JobStatus> jobStatusFromName(std::string_view name)
{
    const auto* const found = std::ranges::find(StatusNames, name);
    return found == StatusNames.end() ? std::nullopt
                                      : std::optional(static_cast<JobStatus>(found - StatusNames.begin()));
}

bool isJobId(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && text.front() != '.'
        && std::ranges::all_of(text, [](char c) { return isNameCharacter(c) || c == '.'; });
}

std::string jobsFolder(const std::string& outDir)
{
    std::string folder = outDir;
    while (folder.size() > 1 && folder.back() == '/') {
        folder.pop_back();
    }
    return folder + "_jobs";
}

std::string jobRecordPath(const std::string& outDir, std::string_view jobId)
{
    return jobsFolder(outDir) + '/' + std::string(jobId) + std::string(RecordEnding);
}

std::string rejectionsPath(const std::string& outDir, std::string_view jobId)
{
    return jobsFolder(outDir) + '/' + std::string(jobId) + ".rejections.jsonl";
}

std::string toJson(const JobRecord& record)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("job_id").text(record.jobId);
    writer.key("status").text(jobStatusName(record.status));
    writer.key("started_at").textOrNull(record.startedAt);
    writer.key("completed_at").textOrNull(record.completedAt);
    writer.key("rows").beginObject();
    writer.key("read").count(record.rows.read);
    writer.key("matched").count(record.rows.matched);
    writer.key("exported").count(record.rows.exported);
    writer.key("rejected").count(record.rows.rejected);
    writer.endObject();
    writer.key("bundle_dir").textOrNull(record.bundleDir);
    writer.key("push");
    writePush(writer, record.push);
    writer.key("error").textOrNull(record.error);
    // What the contract does not name follows what it does.
    writer.key("seconds").number(record.seconds);
    if (record.overLimit) { // what is left of read and matched, the filters left out
        writer.key("rows_over_limit").count(*record.overLimit);
    }
    writer.key("rejections_by_rule").beginObject();
    for (const auto& [rule, rows] : record.rejectionsByRule) {
        writer.key(rule).count(rows);
    }
    writer.endObject();
    writer.key("withheld_fields").count(record.withheldFields);
    writer.key("schema_name").text(record.schemaName);
    writer.key("schema_hash").text(record.schemaHash);
    writer.key("split").text(splitStrategyName(record.split));
    writer.key("filters");
    writeFilter(writer, record.filters);
    writer.key("data_dir").text(record.dataDir);
    if (record.labelsWithoutExample > 0) {
        writer.key("labels_without_example").count(record.labelsWithoutExample);
    }
    if (!record.queuedAt.empty()) {
        writer.key("queued_at").text(record.queuedAt);
    }
    if (record.status == JobStatus::Running) {
        writer.key("done").number(record.done);
        if (!record.infoSha256.empty()) {
            writer.key("dataset_info_sha256").text(record.infoSha256);
        }
    }
    if (record.request) {
        writer.key("request").beginObject();
        writer.key("place").count(record.request->place);
        writer.key("skip_rejected").flag(record.request->skipRejected);
        writer.key("push").flag(record.request->push);
        writer.key("repo").textOrNull(record.request->repo);
        writer.key("schema_fingerprint").textOrNull(record.request->schemaFingerprint);
        writer.endObject();
    }
    writer.endObject();
    return writer.take();
}

namespace {

JobRecord recordFrom(JsonFields& fields)
{
    JobRecord record;
    record.jobId = fields.text("job_id");
    if (!isJobId(record.jobId)) {
        fields.refuse("\"job_id\" is none");
    }
    const auto status = jobStatusFromName(fields.text("status"));
    if (!status) {
        fields.refuse("\"status\" is none of queued, running, completed, failed, cancelled");
    }
    record.status = status.value_or(JobStatus::Failed);
    record.queuedAt = fields.text("queued_at");
    record.startedAt = fields.text("started_at");
    record.completedAt = fields.text("completed_at");
    record.bundleDir = fields.text("bundle_dir");
    record.infoSha256 = fields.text("dataset_info_sha256");
    record.error = fields.text("error");
    record.seconds = fields.number("seconds");
    record.done = fields.number("done");
    record.overLimit = fields.optionalCount("rows_over_limit");
    record.rejectionsByRule = fields.counts("rejections_by_rule");
    record.withheldFields = fields.count("withheld_fields");
    record.labelsWithoutExample = fields.count("labels_without_example");
    record.schemaName = fields.text("schema_name");
    record.schemaHash = fields.text("schema_hash");
    const auto split = splitStrategyFromName(fields.optionalText("split").value_or("none"));
    if (!split) { // a waiting job would be run with another one
        fields.refuse("\"split\" is none of none, by_source, by_industry, by_source_industry");
    }
    record.split = split.value_or(SplitStrategy::None);
    record.dataDir = fields.text("data_dir");
    readParts(fields, record);
    return record;
}

} // namespace

Result<JobRecord> parseJobRecord(std::string_view json, std::string_view where)
{
    return readDocument<JobRecord>(json, where, ErrorCode::Io, "is no job record", recordFrom);
}

Result<void> saveJobRecord(const std::string& outDir, const JobRecord& record)
{
    return writeFileAtomically(jobRecordPath(outDir, record.jobId), toJson(record));
}

Result<std::optional<JobRecord>> findJobRecord(const std::string& outDir, std::string_view jobId)
{
    if (!isJobId(jobId)) {
        return invalidJobId(jobId);
    }
    const std::string path = jobRecordPath(outDir, jobId);
    const auto text = readFileIfThere(path, RecordLimit);
    if (!text) {
        return text.error();
    }
    if (!*text) {
        return std::optional<JobRecord>();
    }
    auto record = parseJobRecord(**text, path);
    if (!record) {
        return record.error();
    }
    if (record->jobId != jobId) {
        return Error {ErrorCode::Io, path + " is the record of another job", path};
    }
    return std::optional<JobRecord>(std::move(*record));
}

Result<JobRecord> loadJobRecord(const std::string& outDir, std::string_view jobId)
{
    auto record = findJobRecord(outDir, jobId);
    if (!record) {
        return record.error();
    }
    if (!*record) {
        return Error {ErrorCode::Io, "there is no job " + std::string(jobId) + " in " + jobsFolder(outDir),
            jobRecordPath(outDir, jobId)};
    }
    return std::move(**record);
}

Result<JobList> listJobs(const std::string& outDir)
{
    JobList list;
    const std::string folder = jobsFolder(outDir);
    std::vector<std::string> names;
    if (const int error = tryFolderEntries(folder, names); error == ENOENT) {
        return list; // nothing was ever exported to there
    } else if (error != 0) {
        return ioError(folder, error);
    }
    for (const std::string& name : names) {
        if (!name.ends_with(RecordEnding)) {
            continue;
        }
        const std::string_view jobId = std::string_view(name).substr(0, name.size() - RecordEnding.size());
        if (!isJobId(jobId)) {
            continue;
        }
        auto record = loadJobRecord(outDir, jobId);
        if (record) {
            list.jobs.push_back(std::move(*record));
        } else {
            list.unreadable.push_back(name);
        }
    }
    // Times are all in UTC and of the same form, so they sort as text.
    const auto isNewer = [](const JobRecord& one, const JobRecord& other) {
        const std::string& at = one.startedAt.empty() ? one.queuedAt : one.startedAt;
        const std::string& otherAt = other.startedAt.empty() ? other.queuedAt : other.startedAt;
        const std::uint64_t place = one.request ? one.request->place : 0;
        const std::uint64_t otherPlace = other.request ? other.request->place : 0;
        return std::tie(otherAt, otherPlace, one.jobId) < std::tie(at, place, other.jobId);
    };
    std::ranges::sort(list.jobs, isNewer);
    return list;
}

Error invalidJobId(std::string_view text)
{
    std::string shown;
    appendJsonString(shown, text.substr(0, 80));
    return {ErrorCode::Usage,
        "--job-id: " + shown
            + " is no job id; 1 to 64 of A-Z a-z 0-9 . _ - are allowed, not starting with a dot",
        "--job-id"};
}

} // namespace workbench
