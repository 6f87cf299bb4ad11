// SPDX-License-Identifier: Apache-2.0
#include "tests/support/recorded_scan.h"

#include "core/schema/builtin_schemas.h"

namespace workbench {

namespace {

std::string placeText(const SourceLine& at)
{
    return " " + std::to_string(at.file) + ":" + std::to_string(at.line);
}

} // namespace

Result<void> RecordedScan::accept(const GuardedRow& row, const SourceLine& at, const LineFacts& /*facts*/)
{
    bytes += row.bytes();
    events.push_back("accepted" + placeText(at));
    places.push_back(at);
    return {};
}

Result<void> RecordedScan::reject(
    std::span<const Finding> findings, const SourceLine& at, const LineFacts& /*facts*/)
{
    std::string rules;
    for (const Finding& finding : findings) {
        rules += (rules.empty() ? "" : "+") + std::string(ruleName(finding.rule));
    }
    events.push_back(rules + placeText(at));
    places.push_back(at);
    return {};
}

ScanOutcome scanFolder(const TemporaryFolder& folder, ScanRequest request)
{
    ScanOutcome outcome;
    const Result<ExampleFiles> files = listExamples(folder.path(), {});
    if (!files) {
        outcome.error = files.error().message;
        return outcome;
    }
    request.files = files->files;
    request.labels = files->labels;
    request.schema = request.schema ? request.schema : defaultSchema();
    const Result<ScanSummary> summary = scan(request, outcome.found, {}, {});
    if (summary) {
        outcome.summary = *summary;
    } else {
        outcome.error = summary.error().message;
        outcome.code = summary.error().code;
    }
    return outcome;
}

} // namespace workbench
