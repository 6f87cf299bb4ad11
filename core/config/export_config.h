// SPDX-License-Identifier: Apache-2.0
/// What the program is told: option over environment over env file over default (contract, section 2).
#pragma once

#include "core/base/result.h"
#include "core/bundle/split_plan.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace workbench {

enum class Origin : std::uint8_t { Default, EnvFile, Environment, Option };

[[nodiscard]] std::string_view originName(Origin origin); ///< "default", "env file", "environment", "option"

/// A value that knows where it came from.
template <class T> struct Setting {
    T value {};
    Origin origin = Origin::Default;
};

struct ExportConfig {
    Setting<std::string> repo {"2ndmynd/signals_v1_private"};
    Setting<bool> isPrivate {true};
    Setting<bool> pushEnabled {false};
    Setting<std::uint64_t> maxRows {50000};
    Setting<SplitStrategy> split {SplitStrategy::BySourceIndustry};
    Setting<std::string> outDir {"runs/hf_export"};
};

/// Options given on the command line, as text; absent ones fall through.
struct ConfigOptions {
    std::optional<std::string> repo;
    std::optional<std::string> maxRows;
    std::optional<std::string> split;
    std::optional<std::string> outDir;
};

/// Reads a variable of the process environment; handed in so that tests need not change theirs.
using Environment = std::function<std::optional<std::string>(const char* name)>;
[[nodiscard]] Environment processEnvironment();

/// Key → value of an env file. Errors: Usage naming file and line; Io when it cannot be read.
/// A file that is not there is an empty map unless `required`.
[[nodiscard]] Result<std::map<std::string, std::string>> loadEnvFile(const std::string& path, bool required);
/// The syntax alone: comments, quotes, `export `, CRLF, BOM; commands are never expanded.
[[nodiscard]] Result<std::map<std::string, std::string>> parseEnvFile(
    std::string_view text, std::string_view where);

/// Errors: Usage, naming the option or key, its value and what is allowed.
[[nodiscard]] Result<ExportConfig> resolveConfig(const ConfigOptions& options, const Environment& environment,
    const std::map<std::string, std::string>& envFile);

/// "12", at least 1. Errors: Usage naming `what`.
[[nodiscard]] Result<std::uint64_t> parseCount(std::string_view text, std::string_view what);

} // namespace workbench
