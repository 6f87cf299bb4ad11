// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/json_document.h"

#include "app/export/exit_code.h"
#include "core/base/quoted.h"

#include <cmath>

namespace workbench {

namespace {

constexpr std::size_t MostFindings = 1000;

Json rulesJson(const RuleCounts& counts)
{
    Json json = Json::object();
    for (std::size_t rule = 0; rule < RuleCount; ++rule) {
        if (counts[rule] > 0) {
            json[std::string(ruleName(static_cast<Rule>(rule)))] = counts[rule];
        }
    }
    return json;
}

/// Those of the closed set that occurred, in its order.
Json countsJson(const std::vector<std::string>& names, const std::vector<std::uint64_t>& counts)
{
    Json json = Json::object();
    for (std::size_t place = 0; place < names.size() && place < counts.size(); ++place) {
        if (counts[place] > 0) {
            json[names[place]] = counts[place];
        }
    }
    return json;
}

/// To the millisecond.
double toTheMillisecond(double seconds) { return std::round(seconds * 1000) / 1000; }

Json rowsJson(const ScanSummary& summary, std::uint64_t exported)
{
    return {{"read", summary.read}, {"matched", summary.matched}, {"exported", exported},
        {"rejected", summary.rejected}};
}

Json labelsJson(const LabelSummary& labels)
{
    return {{"files", labels.files}, {"without_example", labels.withoutExample},
        {"names_without_example", labels.namesWithoutExample}, {"refused_names", labels.refusedNames}};
}

Json exportDocument(const ExportResult& result, const Schema& schema, std::uint64_t exported)
{
    const ExportOutcome& outcome = result.outcome;
    Json json;
    json["job_id"] = outcome.jobId.empty() ? Json() : Json(outcome.jobId);
    json["bundle_dir"] = outcome.bundleDir.empty() ? Json() : Json(outcome.bundleDir);
    json["schema_version"] = schema.version();
    json["schema_hash"] = schema.hash();
    json["rows"] = rowsJson(outcome.scan, exported);
    json["rejections_by_rule"] = rulesJson(outcome.scan.rejectionsByRule);
    json["withheld_fields"] = withheldTotal(outcome.scan.withheld);
    json["by_source"] = countsJson(schema.sources(), outcome.scan.bySource);
    json["by_industry"] = countsJson(schema.industries(), outcome.scan.byIndustry);
    json["splits"] = Json::object();
    for (const auto& [name, rows] : outcome.splits) {
        json["splits"][name] = rows;
    }
    json["seconds"] = toTheMillisecond(outcome.seconds);
    json["push"] = nullptr;
    if (outcome.scan.labels.inUse) {
        json["labels"] = labelsJson(outcome.scan.labels);
    }
    if (result.error) {
        json["error"] = errorJson(*result.error);
    }
    return json;
}

Json rejectionsJson(const std::vector<RejectionReport>& rejections)
{
    Json list = Json::array();
    for (const RejectionReport& rejection : rejections) {
        for (const Finding& finding : rejection.findings) {
            if (list.size() == MostFindings) {
                return list;
            }
            list.push_back({{"file", rejection.file}, {"line", rejection.line},
                {"rule", ruleName(finding.rule)}, {"path", finding.path}, {"masked", finding.masked}});
        }
    }
    return list;
}

Json featureJson(const Feature& feature)
{
    Json json {
        {"key", feature.key}, {"kind", kindName(feature.kind)}, {"family", familyName(feature.family)}};
    if (feature.kind == FeatureKind::Enum) {
        json["values"] = feature.values;
    } else {
        json["min"] = feature.min;
        json["max"] = feature.max;
        json["unit"] = feature.unit;
    }
    return json;
}

Json hashesJson(const Schema& schema)
{
    return {{"name", schema.name()}, {"schema_version", schema.version()}, {"schema_hash", schema.hash()},
        {"model_hash", schema.modelHash()}, {"schema_fingerprint", schema.fingerprint()},
        {"feature_count", schema.features().size()}};
}

Json placeJson(const std::optional<std::size_t>& place) { return place ? Json(*place) : Json(); }

const char* fitName(ModelFit fit)
{
    switch (fit) {
    case ModelFit::Identical:
        return "identical";
    case ModelFit::OtherRanges:
        return "other_ranges";
    case ModelFit::DoesNotFit:
        return "does_not_fit";
    }
    return "does_not_fit";
}

} // namespace

std::string documentText(const Json& document)
{
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json errorJson(const Error& error)
{
    // Where may be what was typed, a token in the wrong place too.
    return {{"code", errorCodeName(error.code)}, {"message", error.message},
        {"where", error.where.empty() ? Json() : Json(withoutTokenShapes(error.where))}};
}

Json errorDocument(const Error& error) { return {{"error", errorJson(error)}}; }

Json runDocument(const ExportResult& result, const Schema& schema)
{
    // Rows that passed are exported only when the bundle is there.
    return exportDocument(
        result, schema, result.outcome.bundleDir.empty() ? 0 : result.outcome.scan.accepted);
}

Json checkDocument(const ExportResult& result, const Schema& schema)
{
    Json json = exportDocument(result, schema, result.outcome.scan.accepted);
    json["rejections"] = rejectionsJson(result.outcome.rejections);
    return json;
}

Json guardDocument(const ScanSummary& summary, const Schema& schema, double seconds)
{
    return {{"schema_version", schema.version()}, {"schema_hash", schema.hash()},
        {"rows", rowsJson(summary, summary.accepted)},
        {"rejections_by_rule", rulesJson(summary.rejectionsByRule)},
        {"withheld_fields", withheldTotal(summary.withheld)},
        {"by_source", countsJson(schema.sources(), summary.bySource)},
        {"by_industry", countsJson(schema.industries(), summary.byIndustry)},
        {"seconds", toTheMillisecond(seconds)}};
}

Json verifyDocument(const std::string& folder, const Verification& verification)
{
    Json files = Json::array();
    for (const VerifiedFile& file : verification.files) {
        files.push_back({{"path", file.path}, {"bytes", file.stated.bytes}, {"rows", file.stated.rows},
            {"sha256", file.stated.sha256}, {"intact", file.intact}});
    }
    Json problems = Json::array();
    for (const VerificationProblem& problem : verification.problems) {
        problems.push_back({{"file", problem.file}, {"what", problem.what}});
    }
    return {{"bundle_dir", folder}, {"job_id", verification.info.jobId},
        {"schema_version", verification.info.schemaVersion}, {"schema_hash", verification.info.schemaHash},
        {"passed", verification.passed()}, {"total_rows", verification.info.totalRows},
        {"rows_guarded", verification.rowsGuarded}, {"files", files}, {"problems", problems},
        {"problem_count", verification.problemCount}};
}

Json schemaDocument(const Schema& schema)
{
    Json json = hashesJson(schema);
    json["features"] = Json::array();
    for (const Feature& feature : schema.features()) {
        json["features"].push_back(featureJson(feature));
    }
    return json;
}

Json diffDocument(const SchemaDiff& diff)
{
    Json json {{"before", hashesJson(*diff.before)}, {"after", hashesJson(*diff.after)},
        {"attributes_known", diff.attributesKnown}, {"fit", fitName(diff.fit)},
        {"first_wrong_position", placeJson(diff.firstWrongPosition)}, {"added", diff.added},
        {"removed", diff.removed}, {"moved", diff.moved}, {"changed", diff.changed}};
    json["features"] = Json::array();
    for (const FeatureDiff& line : diff.features) {
        const Feature& feature
            = line.after ? diff.after->features()[*line.after] : diff.before->features()[*line.before];
        json["features"].push_back(
            {{"key", feature.key}, {"change", changeName(line.change)}, {"before", placeJson(line.before)},
                {"after", placeJson(line.after)}, {"attributes_changed", line.attributesChanged}});
    }
    return json;
}

} // namespace workbench
