// SPDX-License-Identifier: GPL-3.0-or-later
/// One function a command: does it, tells it, and answers the exit status.
#pragma once

#include "app/export/options.h"
#include "app/export/output.h"

#include <stop_token>

namespace workbench {

[[nodiscard]] int runCommand(const CommandLine& line, Output& output, std::stop_token stop);
[[nodiscard]] int checkCommand(const CommandLine& line, Output& output, std::stop_token stop);
[[nodiscard]] int guardCommand(const CommandLine& line, Output& output, std::stop_token stop);
[[nodiscard]] int assembleCommand(const CommandLine& line, Output& output, std::stop_token stop);
[[nodiscard]] int verifyCommand(const CommandLine& line, Output& output, std::stop_token stop);
[[nodiscard]] int pushCommand(const CommandLine& line, Output& output, std::stop_token stop);
[[nodiscard]] int schemaCommand(const CommandLine& line, Output& output, const std::stop_token& stop);
[[nodiscard]] int statusCommand(const CommandLine& line, Output& output);
[[nodiscard]] int jobsCommand(const CommandLine& line, Output& output);
[[nodiscard]] int serveCommand(const CommandLine& line, Output& output, const std::stop_token& stop);

/// Tells an error on stderr and, with --json, as the one document on stdout; answers its exit status.
int fail(Output& output, const Error& error);
/// Prints a result; answers `status`, or what went wrong with the printing.
int finish(Output& output, std::string_view result, int status);

} // namespace workbench
