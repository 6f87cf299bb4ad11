// SPDX-License-Identifier: GPL-3.0-or-later
// assemble: guarded shards become one bundle, the one that a single run over all of their input would write.
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/progress_bar.h"
#include "app/export/report.h"
#include "app/export/request.h"

namespace workbench {

namespace {

Result<std::shared_ptr<const ShardSet>> shardsOf(
    const CommandLine& line, const ExportRequest& request, const std::stop_token& stop)
{
    std::optional<std::uint64_t> expected;
    if (line.expected) {
        const auto count = parseCount(*line.expected, "--expect");
        if (!count) {
            return count.error();
        }
        expected = *count;
    }
    auto shards = readShards(*line.shards, *request.schema, expected, stop);
    if (!shards) {
        return shards.error();
    }
    const std::uint64_t matched = shards->total.matched;
    if (request.filter.maxRows && matched > *request.filter.maxRows) {
        return Error {ErrorCode::Usage,
            "--max-rows: the shards hold " + std::to_string(matched) + " matched rows, more than the "
                + std::to_string(*request.filter.maxRows) + " that are allowed",
            "--max-rows"};
    }
    return std::make_shared<const ShardSet>(std::move(*shards));
}

} // namespace

int assembleCommand(const CommandLine& line, Output& output, std::stop_token stop)
{
    auto request = exportRequestOf(line);
    if (!request) {
        return fail(output, request.error());
    }
    auto shards = shardsOf(line, *request, stop);
    if (!shards) {
        return fail(output, shards.error());
    }
    for (const auto& [one, other] : (*shards)->alike) {
        output.note("Warning: shards " + one + " and " + other
            + " hold no rows and the same findings. If one is there twice, its rejected rows are counted "
              "twice.\n");
    }
    request->shards = std::move(*shards);
    request->dataDir = *line.shards;
    // A run names its row limit among its filters; so does what is to be the same bytes.
    const auto limit = request->filter.maxRows;
    request->filter = request->shards->total.filter;
    request->filter.maxRows = limit;
    ProgressBar bar(output);
    const ExportResult result = runExport(*request, std::move(stop), [&bar](const ScanProgress& now) {
        bar.show({now.bytesRead, now.bytesTotal, now.read});
    });
    if (!output.json() && result.outcome.scan.read > 0) {
        output.say(
            reportText(result.outcome, *request->schema, result.error ? "To export" : "Exported", output));
    }
    if (result.error) {
        output.complain(*result.error);
    }
    return finish(output, output.json() ? documentText(runDocument(result, *request->schema)) : std::string(),
        result.error ? exitCodeOf(result.error->code) : ExitDone);
}

} // namespace workbench
