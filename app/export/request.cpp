// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/request.h"

#include "core/base/ascii.h"
#include "core/base/quoted.h"
#include "core/base/rfc3339.h"
#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <charconv>

namespace workbench {

namespace {

constexpr std::uint64_t MostThreads = 256;
constexpr std::int64_t LatestEpoch = 253402300799; // 9999-12-31T23:59:59Z

Error refusal(const std::string& name, std::string_view value, const std::string& allowed)
{
    return {ErrorCode::Usage, name + ": " + inQuotes(value) + " is not allowed; allowed: " + allowed, name};
}

std::string listed(const std::vector<std::string>& values)
{
    std::string out;
    for (const std::string& value : values) {
        out += (out.empty() ? "" : ", ") + value;
    }
    return out;
}

std::string shippedNames()
{
    std::vector<std::string> names;
    for (const BuiltinSchema& shipped : builtinSchemas()) {
        names.emplace_back(shipped.name);
    }
    return listed(names);
}

/// [A-Za-z0-9_-]{1,64}: an industry nobody knows finds no rows, but a path or a sentence is a mistake.
bool isIndustryKey(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, isNameCharacter);
}

Result<std::optional<UtcTime>> timeOf(const std::optional<std::string>& text, const char* option)
{
    if (!text) {
        return std::optional<UtcTime>();
    }
    if (const auto time = parseDateOrTime(*text)) {
        return std::optional<UtcTime>(*time);
    }
    return refusal(option, *text, "a real date YYYY-MM-DD or an RFC 3339 time");
}

Result<std::optional<UtcTime>> sourceDateEpoch()
{
    const auto text = processEnvironment()("SOURCE_DATE_EPOCH");
    if (!text) {
        return std::optional<UtcTime>();
    }
    std::int64_t seconds = -1;
    const char* end = text->data() + text->size();
    const auto [stop, fault] = std::from_chars(text->data(), end, seconds);
    if (fault != std::errc() || stop != end || seconds < 0 || seconds > LatestEpoch) {
        return refusal("SOURCE_DATE_EPOCH", *text, "whole seconds since 1970, until the year 9999");
    }
    return std::optional<UtcTime>(UtcTime(std::chrono::seconds(seconds)));
}

Result<OnRejection> onRejectionOf(const CommandLine& line)
{
    if (!line.onRejection || *line.onRejection == "abort") {
        return OnRejection::Abort;
    }
    if (*line.onRejection == "skip") {
        return OnRejection::Skip;
    }
    return refusal("--on-rejection", *line.onRejection, "abort, skip");
}

} // namespace

Result<ExportConfig> configOf(const CommandLine& line)
{
    const auto envFile = loadEnvFile(line.envFile.value_or(".env"), line.envFile.has_value());
    if (!envFile) {
        return envFile.error();
    }
    ConfigOptions options;
    options.repo = line.repo;
    options.maxRows = line.maxRows;
    options.split = line.split;
    options.outDir = line.outDir;
    return resolveConfig(options, processEnvironment(), *envFile);
}

Result<SchemaPtr> schemaOf(const CommandLine& line)
{
    if (!line.schema) {
        return defaultSchema();
    }
    if (SchemaPtr shipped = builtinSchema(*line.schema)) {
        return shipped;
    }
    auto schema = Schema::load(*line.schema);
    if (!schema && schema.error().code == ErrorCode::Io) {
        return Error {ErrorCode::Io,
            "--schema: " + schema.error().message + "; shipped schemas: " + shippedNames(), *line.schema};
    }
    return schema;
}

Result<ExampleFilter> filterOf(const CommandLine& line, const Schema& schema)
{
    ExampleFilter filter;
    const std::vector<std::string>& sources = schema.sources();
    if (line.source && std::find(sources.begin(), sources.end(), *line.source) == sources.end()) {
        return refusal("--source", *line.source, listed(sources));
    }
    if (line.industry && !isIndustryKey(*line.industry)) {
        return refusal("--industry", *line.industry, listed(schema.industries()));
    }
    const auto since = timeOf(line.since, "--since");
    if (!since) {
        return since.error();
    }
    const auto until = timeOf(line.until, "--until");
    if (!until) {
        return until.error();
    }
    if (*since && *until && **until <= **since) {
        return refusal("--until", *line.until, "a time after --since");
    }
    filter.source = line.source;
    filter.industry = line.industry;
    filter.since = *since;
    filter.until = *until;
    filter.labelled = line.labelled;
    return filter;
}

Result<unsigned> threadsOf(const CommandLine& line)
{
    if (!line.threads) {
        return defaultThreads();
    }
    const auto count = parseCount(*line.threads, "--threads");
    if (!count || *count > MostThreads) {
        return refusal("--threads", *line.threads, "a whole number from 1 to " + std::to_string(MostThreads));
    }
    return static_cast<unsigned>(*count);
}

Result<ExportRequest> exportRequestOf(const CommandLine& line)
{
    const auto config = configOf(line);
    if (!config) {
        return config.error();
    }
    const auto schema = schemaOf(line);
    if (!schema) {
        return schema.error();
    }
    auto filter = filterOf(line, **schema);
    if (!filter) {
        return filter.error();
    }
    const auto threads = threadsOf(line);
    if (!threads) {
        return threads.error();
    }
    const auto onRejection = onRejectionOf(line);
    if (!onRejection) {
        return onRejection.error();
    }
    const auto epoch = sourceDateEpoch();
    if (!epoch) {
        return epoch.error();
    }
    if (line.jobId && !isJobId(*line.jobId)) {
        return refusal(
            "--job-id", *line.jobId, "1 to 64 of A-Z, a-z, 0-9, ., _ and -, not starting with a dot");
    }
    if (line.dataDir.empty()) {
        return refusal("--data-dir", line.dataDir, "the path of a folder");
    }
    filter->maxRows = config->maxRows.value;

    ExportRequest request;
    request.schema = *schema;
    request.dataDir = line.dataDir;
    request.labelsDir = line.labelsDir;
    request.outDir = config->outDir.value;
    request.jobId = line.jobId.value_or("");
    request.filter = *filter;
    request.split = config->split.value;
    request.onRejection = *onRejection;
    request.threads = *threads;
    request.overwrite = line.overwrite;
    request.clock = systemClock();
    request.sourceDateEpoch = *epoch;
    return request;
}

} // namespace workbench
