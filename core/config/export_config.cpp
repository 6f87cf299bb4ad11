// SPDX-License-Identifier: Apache-2.0
#include "core/config/export_config.h"

#include "core/base/ascii.h"
#include "core/base/quoted.h"
#include "core/config/kept_variables.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace workbench {

namespace {

constexpr std::size_t MaxRepoPart = 96;

/// A value as it was found, with the name to call it by in a message.
struct Found {
    std::string text;
    Origin origin;
    std::string name; ///< "--max-rows", "HF_EXPORT_MAX_ROWS"
};

Error refusal(const std::string& name, std::string_view value, const std::string& allowed)
{
    return {ErrorCode::Usage, name + ": " + inQuotes(value) + " is not allowed; allowed: " + allowed, name};
}

bool isRepoCharacter(char c) { return isNameCharacter(c) || c == '.'; }

/// One side of OWNER/NAME as the Hub takes it.
bool isRepoPart(std::string_view part)
{
    const auto isEdge = [](char c) { return c == '-' || c == '.'; };
    return !part.empty() && part.size() <= MaxRepoPart
        && std::all_of(part.begin(), part.end(), isRepoCharacter) && !isEdge(part.front())
        && !isEdge(part.back()) && part.find("--") == std::string_view::npos
        && part.find("..") == std::string_view::npos;
}

Result<std::string> parseRepo(const Found& found)
{
    const std::string_view text = found.text;
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || !isRepoPart(text.substr(0, slash))
        || !isRepoPart(text.substr(slash + 1)) || text.ends_with(".git")) {
        return refusal(found.name, text, "OWNER/NAME, each of letters, digits, _, - and .");
    }
    return found.text;
}

Result<bool> parseBoolean(const Found& found)
{
    const std::string lower = lowerCase(found.text);
    for (const std::string_view yes : {"true", "1", "yes", "on"}) {
        if (lower == yes) {
            return true;
        }
    }
    for (const std::string_view no : {"false", "0", "no", "off"}) {
        if (lower == no) {
            return false;
        }
    }
    return refusal(found.name, found.text, "true, false, 1, 0, yes, no, on, off");
}

Result<std::uint64_t> parseRows(const Found& found) { return parseCount(found.text, found.name); }

Result<SplitStrategy> parseSplit(const Found& found)
{
    if (const auto strategy = splitStrategyFromName(found.text)) {
        return *strategy;
    }
    return refusal(found.name, found.text, "none, by_source, by_industry, by_source_industry");
}

Result<std::string> parseFolder(const Found& found)
{
    if (found.text.empty() || found.text.find('\0') != std::string::npos) {
        return refusal(found.name, found.text, "the path of a folder");
    }
    return found.text;
}

class Resolver {
public:
    Resolver(const Environment& environment, const std::map<std::string, std::string>& envFile)
        : m_environment(environment)
        , m_envFile(envFile)
    {
    }

    /// Fills `setting` from the strongest place that says something. Weaker ones are not even looked at, so
    /// a bad value that is overridden does no harm.
    template <class T>
    void resolve(Setting<T>& setting, const char* option, const std::optional<std::string>& given,
        const char* key, Result<T> (*parse)(const Found&))
    {
        if (m_error) {
            return;
        }
        const auto found = find(option, given, key);
        if (!found) {
            return;
        }
        const auto value = parse(*found);
        if (!value) {
            m_error = value.error();
            return;
        }
        setting = {*value, found->origin};
    }

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    std::optional<Found> find(
        const char* option, const std::optional<std::string>& given, const char* key) const
    {
        if (given) {
            return Found {*given, Origin::Option, option};
        }
        if (auto value = m_environment(key)) {
            return Found {std::move(*value), Origin::Environment, key};
        }
        if (const auto entry = m_envFile.find(key); entry != m_envFile.end()) {
            return Found {entry->second, Origin::EnvFile, key};
        }
        return std::nullopt;
    }

    const Environment& m_environment;
    const std::map<std::string, std::string>& m_envFile;
    std::optional<Error> m_error;
};

} // namespace

std::string_view originName(Origin origin)
{
    static constexpr std::array<std::string_view, 4> Names {"default", "env file", "environment", "option"};
    return Names[static_cast<std::size_t>(origin)];
}

Environment processEnvironment()
{
    return [](const char* name) -> std::optional<std::string> {
        const char* value = std::getenv(name);
        return value == nullptr ? keptVariable(name) : std::optional<std::string>(value);
    };
}

Result<ExportConfig> resolveConfig(const ConfigOptions& options, const Environment& environment,
    const std::map<std::string, std::string>& envFile)
{
    ExportConfig config;
    Resolver resolver(environment, envFile);
    resolver.resolve(config.repo, "--repo", options.repo, "HF_DATASET_REPO", parseRepo);
    resolver.resolve(config.isPrivate, "", std::nullopt, "HF_DATASET_PRIVATE", parseBoolean);
    resolver.resolve(config.pushEnabled, "", std::nullopt, "HF_EXPORT_ENABLED", parseBoolean);
    resolver.resolve(config.maxRows, "--max-rows", options.maxRows, "HF_EXPORT_MAX_ROWS", parseRows);
    resolver.resolve(config.split, "--split", options.split, "HF_EXPORT_SPLIT_STRATEGY", parseSplit);
    resolver.resolve(config.outDir, "--out-dir", options.outDir, "HF_EXPORT_OUT_DIR", parseFolder);
    if (resolver.error()) {
        return *resolver.error();
    }
    return config;
}

Result<std::uint64_t> parseCount(std::string_view text, std::string_view what)
{
    std::uint64_t count = 0;
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, count);
    if (text.empty() || fault != std::errc() || stop != end || count == 0) {
        return refusal(std::string(what), text, "a whole number, at least 1");
    }
    return count;
}

} // namespace workbench
