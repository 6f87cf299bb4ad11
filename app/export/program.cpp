// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/program.h"

#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/interruption.h"
#include "app/export/json_document.h"

#include <algorithm>
#include <new>

namespace workbench {

namespace {

int perform(const CommandLine& line, Output& output, const std::stop_token& stop)
{
    switch (line.command) {
    case Command::Run:
        return runCommand(line, output, stop);
    case Command::Check:
        return checkCommand(line, output, stop);
    case Command::Guard:
        return guardCommand(line, output, stop);
    case Command::Assemble:
        return assembleCommand(line, output, stop);
    case Command::Push:
        return pushCommand(line, output, stop);
    case Command::Verify:
        return verifyCommand(line, output, stop);
    case Command::SchemaShow:
    case Command::SchemaHash:
    case Command::SchemaDiff:
        return schemaCommand(line, output, stop);
    case Command::Status:
        return statusCommand(line, output);
    case Command::Jobs:
        return jobsCommand(line, output);
    case Command::Serve:
        return serveCommand(line, output, stop);
    }
    return ExitIo;
}

/// For lines that could not be taken apart.
bool wantsJson(const std::vector<std::string>& arguments)
{
    return std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
}

int start(const std::vector<std::string>& arguments)
{
    occupyStandardStreams();
    const Interruption interruption; // before any other thread
    const ParsedCommandLine parsed = parseCommandLine(arguments);
    if (const auto* information = std::get_if<Information>(&parsed)) {
        Output output(false, false);
        return finish(output, information->text, ExitDone);
    }
    if (const auto* error = std::get_if<Error>(&parsed)) {
        Output output(wantsJson(arguments), false);
        const int status = fail(output, *error);
        output.note(UsageLine);
        return status;
    }
    const auto& line = std::get<CommandLine>(parsed);
    Output output(line.json, line.quiet, interruption.token());
    return perform(line, output, interruption.token());
}

} // namespace

int fail(Output& output, const Error& error)
{
    output.complain(error);
    const int status = exitCodeOf(error.code);
    return finish(output, output.json() ? documentText(errorDocument(error)) : std::string(), status);
}

int finish(Output& output, std::string_view result, int status)
{
    const auto printed = output.print(result);
    if (!printed) {
        output.complain(printed.error());
        return status == ExitDone ? exitCodeOf(printed.error().code) : status;
    }
    return status;
}

namespace {

/// What nobody foresaw. Its own text may quote what was read, so it stays unsaid.
int failUnforeseen(bool json, const char* sentence) noexcept
{
    try {
        Output output(json, false);
        return fail(output, {ErrorCode::Io, sentence, {}});
    } catch (...) {
        return ExitIo; // no memory even for the sentence
    }
}

} // namespace

int runProgram(const std::vector<std::string>& arguments) noexcept
{
    try {
        return start(arguments);
    } catch (const std::bad_alloc&) {
        return failUnforeseen(wantsJson(arguments), "The memory is used up.");
    } catch (...) {
        return failUnforeseen(wantsJson(arguments), "An internal fault stopped the program.");
    }
}

} // namespace workbench
