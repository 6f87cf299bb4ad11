// SPDX-License-Identifier: GPL-3.0-or-later
// verify: reads a bundle again as a stranger would.
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/progress_bar.h"
#include "app/export/request.h"
#include "app/export/words.h"
#include "core/base/quoted.h"

namespace workbench {

namespace {

std::string reportOf(const Verification& verification, const Output& output)
{
    std::string text;
    for (const VerifiedFile& file : verification.files) {
        text += (file.intact ? output.painted("ok       ", Tone::Good)
                             : output.painted("differs  ", Tone::Bad))
            + padded(file.path, 36)
            + paddedLeft(file.stated.rows > 0 ? counted(file.stated.rows, "row", "rows") : "", 16)
            + paddedLeft(sized(file.stated.bytes), 14) + '\n';
    }
    for (const VerificationProblem& problem : verification.problems) {
        text += inQuotes(problem.file) + ": " + problem.what + '\n';
    }
    if (verification.problems.size() < verification.problemCount) {
        text += "and " + grouped(verification.problemCount - verification.problems.size()) + " more\n";
    }
    text += "Guarded again: " + counted(verification.rowsGuarded, "row", "rows")
        + "; problems: " + grouped(verification.problemCount) + '\n';
    return text;
}

} // namespace

int verifyCommand(const CommandLine& line, Output& output, std::stop_token stop)
{
    const std::string& folder = line.arguments.front();
    SchemaPtr schema; // none given: the one that the bundle names
    if (line.schema) {
        auto given = schemaOf(line);
        if (!given) {
            return fail(output, given.error());
        }
        schema = *given;
    }
    const auto threads = threadsOf(line);
    if (!threads) {
        return fail(output, threads.error());
    }
    ProgressBar bar(output);
    const auto verification
        = verifyBundle(folder, schema, *threads, std::move(stop), [&bar](const VerifyProgress& progress) {
              bar.show({progress.bytesDone, progress.bytesTotal, 0});
          });
    bar.clear();
    if (!verification) {
        return fail(output, verification.error());
    }
    if (!output.json()) {
        output.say(reportOf(*verification, output));
    }
    if (!verification->passed()) {
        output.complain({ErrorCode::RowsRejected,
            folder + " is not what it says: " + counted(verification->problemCount, "problem", "problems"),
            folder});
    }
    return finish(output, output.json() ? documentText(verifyDocument(folder, *verification)) : std::string(),
        verification->passed() ? ExitDone : ExitRowsRejected);
}

} // namespace workbench
