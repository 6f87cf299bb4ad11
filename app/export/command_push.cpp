// SPDX-License-Identifier: GPL-3.0-or-later
// push: publishes a bundle that exists, or tells what that would do.
#include "app/export/command_push.h"

#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/progress_bar.h"
#include "app/export/push_report.h"
#include "app/export/push_request.h"

namespace workbench {

namespace {

PublishProgressFn drawingOn(ProgressBar& bar)
{
    return [&bar](const PublishProgress& progress) {
        bar.show({progress.sent, progress.bytes, 0, progress.file, progress.fileSent, progress.fileBytes});
    };
}

int dryRun(const PushJob& job, Output& output, const std::stop_token& stop)
{
    const auto plan = [&] {
        ProgressBar bar(output);
        return planPush(job, stop, drawingOn(bar));
    }();
    if (!plan) {
        return fail(output, plan.error());
    }
    const PublishCheck* const refusal = plan->refusal();
    PushReceipt receipt {false, plan->repo, {}, {}, refusal != nullptr ? refusal->detail : std::string()};
    int status = ExitDone;
    if (!output.json()) {
        output.say(planText(*plan, output));
    }
    if (refusal != nullptr) {
        const Error error {
            refusal->kind == PublishCheckKind::Schema ? ErrorCode::SchemaMismatch : ErrorCode::PushRefused,
            refusal->detail, plan->repo};
        output.complain(error);
        status = exitCodeOf(error.code);
    }
    if (!output.json()) {
        return status;
    }
    Json document = pushJson(receipt);
    document["plan"] = planJson(*plan);
    return finish(output, documentText(document), status);
}

} // namespace

PushResult pushBundle(const PushJob& job, Output& output, const std::stop_token& stop)
{
    PushResult result;
    {
        ProgressBar bar(output);
        result = runPush(job, stop, drawingOn(bar));
    }
    if (result.outcome.error) {
        output.complain(*result.outcome.error);
    } else if (!output.json()) {
        output.say(publishedText(result.outcome, output));
    }
    return result;
}

int exitCodeOf(const PushResult& result)
{
    return result.outcome.error ? exitCodeOf(result.outcome.error->code) : ExitDone;
}

int pushCommand(const CommandLine& line, Output& output, std::stop_token stop)
{
    const auto job = pushJobOf(line, output);
    if (!job) {
        return fail(output, job.error());
    }
    if (line.dryRun) {
        return dryRun(*job, output, stop);
    }
    const PushResult result = pushBundle(*job, output, stop);
    return finish(
        output, output.json() ? documentText(pushJson(result.receipt)) : std::string(), exitCodeOf(result));
}

} // namespace workbench
