// SPDX-License-Identifier: GPL-3.0-or-later
// run and check: the same request, with and without a bundle.
#include "app/export/command_push.h"
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/progress_bar.h"
#include "app/export/push_report.h"
#include "app/export/push_request.h"
#include "app/export/report.h"
#include "app/export/request.h"

#include <algorithm>

namespace workbench {

namespace {

using Export = ExportResult (*)(const ExportRequest&, std::stop_token, const ProgressFn&);

ExportResult withProgress(Export work, const ExportRequest& request, Output& output, std::stop_token stop)
{
    ProgressBar bar(output);
    return work(request, std::move(stop), [&bar](const ScanProgress& progress) {
        bar.show({progress.bytesRead, progress.bytesTotal, progress.read});
    });
}

/// An industry that no row could have is the likeliest reason for no rows at all.
void nameIndustries(Error& error, const ExportRequest& request)
{
    const std::vector<std::string>& known = request.schema->industries();
    if (error.code != ErrorCode::NoValidRows || !request.filter.industry
        || std::find(known.begin(), known.end(), *request.filter.industry) != known.end()) {
        return;
    }
    error.message += " The schema knows no industry " + *request.filter.industry + "; it knows: ";
    for (const std::string& industry : known) {
        error.message += (industry == known.front() ? "" : ", ") + industry;
    }
    error.message += '.';
}

int conclude(Output& output, const ExportResult& result, const Json& document)
{
    if (result.error) {
        output.complain(*result.error);
    }
    const int status = result.error ? exitCodeOf(result.error->code) : ExitDone;
    return finish(output, output.json() ? documentText(document) : std::string(), status);
}

bool hasReport(const ExportResult& result) { return result.outcome.scan.read > 0; }

} // namespace

int runCommand(const CommandLine& line, Output& output, std::stop_token stop)
{
    const auto request = exportRequestOf(line);
    if (!request) {
        return fail(output, request.error());
    }
    std::optional<PushJob> push;
    if (line.push) {
        // What cannot be understood is said before the work; what refuses a push, after it: the bundle is
        // wanted anyway.
        auto job = pushJobOf(line, output);
        if (!job) {
            return fail(output, job.error());
        }
        push = std::move(*job);
    }
    ExportResult result = withProgress(runExport, *request, output, stop);
    if (result.error) {
        nameIndustries(*result.error, *request);
    }
    output.say(labelWarning(result.outcome.scan.labels));
    if (!output.json() && hasReport(result)) {
        output.say(
            reportText(result.outcome, *request->schema, result.error ? "To export" : "Exported", output));
    }
    Json document = runDocument(result, *request->schema);
    int pushStatus = ExitDone;
    if (push && !result.error) {
        push->publish.bundleDir = result.outcome.bundleDir;
        push->publish.schema = request->schema;
        const PushResult pushed = pushBundle(*push, output, stop);
        document["push"] = pushJson(pushed.receipt);
        pushStatus = exitCodeOf(pushed);
    }
    const int status = conclude(output, result, document);
    return status == ExitDone ? pushStatus : status;
}

int checkCommand(const CommandLine& line, Output& output, std::stop_token stop)
{
    const auto request = exportRequestOf(line);
    if (!request) {
        return fail(output, request.error());
    }
    ExportResult result = withProgress(runCheck, *request, output, std::move(stop));
    if (result.error) {
        nameIndustries(*result.error, *request);
    }
    output.say(labelWarning(result.outcome.scan.labels));
    if (!output.json() && hasReport(result)) {
        output.say(reportText(result.outcome, *request->schema, "To export", output));
    }
    return conclude(output, result, checkDocument(result, *request->schema));
}

} // namespace workbench
