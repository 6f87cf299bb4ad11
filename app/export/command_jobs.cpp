// SPDX-License-Identifier: GPL-3.0-or-later
// status and jobs: what is remembered of earlier runs.
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/request.h"
#include "app/export/words.h"
#include "core/base/quoted.h"
#include "core/base/rfc3339.h"
#include "core/job/export_job.h"
#include "core/job/job_record.h"

namespace workbench {

namespace {

std::string filtersText(const ExampleFilter& filter)
{
    std::string text;
    const auto add = [&text](const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
    if (filter.source) {
        add("source " + *filter.source);
    }
    if (filter.industry) {
        add("industry " + *filter.industry);
    }
    if (filter.since) {
        add("since " + formatRfc3339(*filter.since, hasFraction(*filter.since)));
    }
    if (filter.until) {
        add("until " + formatRfc3339(*filter.until, hasFraction(*filter.until)));
    }
    if (filter.labelled) {
        add("labelled");
    }
    if (filter.maxRows) {
        add("first " + grouped(*filter.maxRows));
    }
    return text.empty() ? "none" : text;
}

std::string pageOf(const JobRecord& record)
{
    std::string text;
    const auto add = [&text](const char* name, const std::string& value) {
        if (!value.empty()) {
            text += padded(name, 12) + value + '\n';
        }
    };
    add("Job", record.jobId);
    add("Status", std::string(jobStatusName(record.status)));
    add("Error", record.error);
    add("Started", record.startedAt);
    add("Completed", record.completedAt);
    add("Data", record.dataDir);
    add("Filters", filtersText(record.filters));
    add("Schema", record.schemaName + "  " + record.schemaHash);
    add("Split", std::string(splitStrategyName(record.split)));
    add("Read", grouped(record.rows.read));
    add("Matched", grouped(record.rows.matched));
    add("Rejected", grouped(record.rows.rejected));
    for (const auto& [rule, rows] : record.rejectionsByRule) {
        add("", rule + " " + grouped(rows));
    }
    add("Exported", grouped(record.rows.exported));
    add("Withheld", counted(record.withheldFields, "field", "fields"));
    if (record.labelsWithoutExample > 0) {
        add("Labels",
            counted(record.labelsWithoutExample, "file belongs", "files belong") + " to no example");
    }
    add("Bundle", record.bundleDir);
    if (record.push) {
        add("Push", record.push->pushed ? record.push->url : record.push->error);
    }
    return text;
}

std::string tableOf(const std::vector<JobRecord>& jobs)
{
    std::string text = padded("JOB", 38) + padded("STATUS", 11) + padded("STARTED", 26)
        + paddedLeft("EXPORTED", 12) + paddedLeft("REJECTED", 12) + '\n';
    for (const JobRecord& job : jobs) {
        text += padded(job.jobId, 37) + ' ' + padded(std::string(jobStatusName(job.status)), 11)
            + padded(job.startedAt, 26) + paddedLeft(grouped(job.rows.exported), 12)
            + paddedLeft(grouped(job.rows.rejected), 12) + '\n';
    }
    return text;
}

/// A run that was killed could not say that it is over. Whoever may not write there reads the records as
/// they are.
void closeRecordsOfTheDead(const std::string& outDir)
{
    static_cast<void>(clearLeftovers(outDir, systemClock()));
}

} // namespace

int statusCommand(const CommandLine& line, Output& output)
{
    const auto config = configOf(line);
    if (!config) {
        return fail(output, config.error());
    }
    const std::string& jobId = line.arguments.front();
    if (!isJobId(jobId)) {
        return fail(output,
            {ErrorCode::Usage,
                "JOB_ID: " + inQuotes(jobId)
                    + " is not allowed; allowed: 1 to 64 of A-Z, a-z, 0-9, ., _ and -, not starting with a "
                      "dot",
                "JOB_ID"});
    }
    closeRecordsOfTheDead(config->outDir.value);
    const auto record = loadJobRecord(config->outDir.value, jobId);
    if (!record) {
        return fail(output, record.error());
    }
    return finish(output, output.json() ? toJson(*record) : pageOf(*record), ExitDone);
}

int jobsCommand(const CommandLine& line, Output& output)
{
    const auto config = configOf(line);
    if (!config) {
        return fail(output, config.error());
    }
    closeRecordsOfTheDead(config->outDir.value);
    const auto list = listJobs(config->outDir.value);
    if (!list) {
        return fail(output, list.error());
    }
    for (const std::string& name : list->unreadable) {
        output.say(inQuotes(name) + " is not a job record that can be read\n");
    }
    if (output.json()) {
        Json document {{"jobs", Json::array()}, {"unreadable", list->unreadable}};
        for (const JobRecord& job : list->jobs) {
            document["jobs"].push_back(Json::parse(toJson(job)));
        }
        return finish(output, documentText(document), ExitDone);
    }
    if (list->jobs.empty()) {
        if (list->unreadable.empty()) { // those that cannot be read are jobs, too
            output.say("No jobs yet in " + jobsFolder(config->outDir.value) + ".\n");
        }
        return ExitDone;
    }
    return finish(output, tableOf(list->jobs), ExitDone);
}

} // namespace workbench
