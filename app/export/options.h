// SPDX-License-Identifier: GPL-3.0-or-later
/// The command line as it was typed, taken apart but not yet judged.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace workbench {

enum class Command : std::uint8_t {
    Run,
    Check,
    Guard,
    Push,
    Verify,
    SchemaShow,
    SchemaHash,
    SchemaDiff,
    Status,
    Jobs,
    Assemble,
    Serve
};

struct CommandLine {
    Command command = Command::Run;

    std::string dataDir = "data/learning/train";
    std::optional<std::string> labelsDir; ///< not given: `labels` in the data folder, if it is there
    std::optional<std::string> envFile; ///< not given: `.env`, which need not be there
    std::optional<std::string> schema; ///< a file or a shipped name
    bool json = false;
    bool quiet = false;

    std::optional<std::string> source;
    std::optional<std::string> industry;
    std::optional<std::string> since;
    std::optional<std::string> until;
    bool labelled = false;
    std::optional<std::string> maxRows;

    std::optional<std::string> outDir;
    std::optional<std::string> split;
    std::optional<std::string> repo;
    std::optional<std::string> jobId;
    std::optional<std::string> onRejection;
    std::optional<std::string> threads;
    bool overwrite = false;

    std::optional<std::string> summary; ///< guard's
    std::optional<std::string> shards;
    std::optional<std::string> expected; ///< shards there have to be

    bool push = false;
    std::optional<std::string> bundleDir;
    std::optional<std::string> commitMessage;
    bool isPrivate = false;
    bool isPublic = false;
    bool dryRun = false;
    bool allowSchemaChange = false;

    std::optional<std::string> host;
    std::optional<std::string> port;

    std::vector<std::string> arguments; ///< what stands without dashes: a bundle, a job, schemas
};

/// `--help` or `--version`: print this and be done.
struct Information {
    std::string text;
};

/// Errors: Usage, for a line that cannot be understood.
using ParsedCommandLine = std::variant<CommandLine, Information, Error>;

/// `arguments` without the program's name.
[[nodiscard]] ParsedCommandLine parseCommandLine(const std::vector<std::string>& arguments);

/// The line that stands under a usage error.
inline constexpr const char* UsageLine
    = "Usage: signals-export [run|check|guard|assemble|push|verify|schema|status|jobs|serve] [OPTIONS]\n"
      "       signals-export --help tells more.\n";

} // namespace workbench
