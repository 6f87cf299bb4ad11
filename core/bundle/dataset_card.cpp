// SPDX-License-Identifier: Apache-2.0
// README.md of a bundle. All it says comes from closed sets, counts and the schema; nothing from a row.
#include "core/base/ascii.h"
#include "core/base/figures.h"
#include "core/base/rfc3339.h"
#include "core/bundle/bundle_names.h"
#include "core/bundle/dataset_info.h"
#include "core/json/json_writer.h"
#include "core/json/number_format.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace workbench {

namespace {

using Cells = std::initializer_list<std::string_view>;

constexpr std::array<std::pair<Family, std::string_view>, 6> Families {{
    {Family::Context, "Context: what window of a business the row looks at, and how well it is covered"},
    {Family::Volume, "Volume: how much there was of what"},
    {Family::Timing, "Timing: how long things took"},
    {Family::Revenue, "Revenue: amounts, as sums, medians and spread"},
    {Family::Ratio, "Ratio: shares of a whole"},
    {Family::Flag, "Flag: 0 or 1"},
}};

std::string yamlQuoted(std::string_view text)
{
    std::string out; // a JSON string is a YAML string too
    appendJsonString(out, text);
    return out;
}

std::string code(std::string_view text) { return '`' + std::string(text) + '`'; }

std::string numberText(double value)
{
    std::string out;
    appendCanonicalNumber(out, value);
    return out;
}

std::string joined(const std::vector<std::string>& values)
{
    std::string out;
    for (const std::string& value : values) {
        out += (out.empty() ? "" : ", ") + code(value);
    }
    return out;
}

void row(std::string& out, Cells cells)
{
    for (const std::string_view cell : cells) {
        out += "| ";
        out += cell;
        out += ' ';
    }
    out += "|\n";
}

std::string_view sizeCategory(std::uint64_t rows)
{
    constexpr std::array<std::pair<std::uint64_t, std::string_view>, 9> steps {{
        {1'000, "n<1K"},
        {10'000, "1K<n<10K"},
        {100'000, "10K<n<100K"},
        {1'000'000, "100K<n<1M"},
        {10'000'000, "1M<n<10M"},
        {100'000'000, "10M<n<100M"},
        {1'000'000'000, "100M<n<1B"},
        {10'000'000'000, "1B<n<10B"},
        {100'000'000'000, "10B<n<100B"},
    }};
    for (const auto& [below, name] : steps) {
        if (rows < below) {
            return name;
        }
    }
    return "100B<n<1T";
}

/// A split as the loader may call it: letters, digits and `_`.
std::string splitLabel(std::string name)
{
    std::ranges::replace(name, '-', '_');
    return name;
}

/// A name in the metadata. Quoted where YAML would take it for something else: a number, or one of the words
/// that YAML 1.1 knows.
std::string yamlName(const std::string& name)
{
    static constexpr std::array<std::string_view, 9> Words {
        "false", "n", "no", "null", "off", "on", "true", "y", "yes"};
    const bool plain
        = !name.empty() && isLetter(name.front()) && std::ranges::find(Words, lowerCase(name)) == Words.end();
    return plain ? name : '"' + name + '"';
}

std::string_view dtype(FeatureKind kind)
{
    switch (kind) {
    case FeatureKind::Enum:
        return "string";
    case FeatureKind::Integer:
        return "int64";
    case FeatureKind::Number:
        break;
    }
    return "float64";
}

void appendField(std::string& out, std::string_view indent, const std::string& name, std::string_view type)
{
    out.append(indent).append("- name: ").append(yamlName(name)).append("\n");
    out.append(indent).append("  dtype: ").append(type).append("\n");
}

/// The columns with their types, so that one that is null throughout a split is read like the others.
void appendTypes(std::string& out, const Schema& schema)
{
    constexpr std::string_view inner = "    ";
    out += "  features:\n";
    for (const char* const name : {"example_id", "created_at", "source", "industry_key", "schema_version",
             "schema_hash", "window_rule"}) {
        appendField(out, "  ", name, "string");
    }
    out += "  - name: features\n    struct:\n";
    for (const Feature& feature : schema.features()) {
        appendField(out, inner, feature.key, dtype(feature.kind));
    }
    out += "  - name: targets\n    struct:\n";
    appendField(out, inner, "boundary_class", "string");
    out += "    - name: pressure_keys\n      sequence: string\n";
    out += "  - name: labels\n    struct:\n";
    appendField(out, inner, "reviewer_score", "int64");
    appendField(out, inner, "client_feedback", "string");
    appendField(out, inner, "mapping_was_wrong", "bool");
    appendField(out, inner, "outcome_next_step_chosen", "bool");
}

BundleFile fileOf(const DatasetInfo& info, const std::string& path)
{
    const auto found = info.files.find(path);
    return found == info.files.end() ? BundleFile {} : found->second;
}

void appendSplit(std::string& out, const std::string& label, const BundleFile& file)
{
    out += "  - name: " + yamlName(label) + "\n    num_bytes: " + std::to_string(file.bytes)
        + "\n    num_examples: " + std::to_string(file.rows) + '\n';
}

void appendSizes(std::string& out, std::uint64_t bytes)
{
    out += "  download_size: " + std::to_string(bytes) + "\n  dataset_size: " + std::to_string(bytes) + '\n';
}

/// Without `configs` the loader would take dataset.jsonl and the splits for one and read each row twice.
std::string frontMatter(const DatasetInfo& info, const Schema& schema)
{
    std::string out = "---\n";
    out += "pretty_name: " + yamlQuoted("Business signals (" + info.schemaName + ")") + '\n';
    out += "tags:\n- tabular\n- business-signals\n- privacy-guarded\n- " + yamlQuoted(info.schemaVersion)
        + '\n';
    out += "size_categories:\n- " + std::string(sizeCategory(info.totalRows)) + '\n';
    out += "configs:\n- config_name: default\n  default: true\n  data_files:\n";
    out += "  - split: train\n    path: dataset.jsonl\n";
    if (!info.splits.empty()) {
        out += "- config_name: by_split\n  data_files:\n";
        for (const auto& [name, rows] : info.splits) {
            out += "  - split: " + yamlName(splitLabel(name)) + "\n    path: " + splitPath(name) + '\n';
        }
    }
    const BundleFile whole = fileOf(info, DatasetName);
    out += "dataset_info:\n- config_name: default\n";
    appendTypes(out, schema);
    out += "  splits:\n";
    appendSplit(out, "train", whole);
    appendSizes(out, whole.bytes);
    if (!info.splits.empty()) {
        out += "- config_name: by_split\n";
        appendTypes(out, schema);
        out += "  splits:\n";
        for (const auto& [name, rows] : info.splits) {
            appendSplit(out, splitLabel(name), fileOf(info, splitPath(name)));
        }
        appendSizes(out, whole.bytes);
    }
    return out + "---\n";
}

void appendCounts(std::string& out, std::string_view what, const NamedCounts& counts)
{
    if (counts.empty()) {
        return;
    }
    out += '\n';
    row(out, {what, "rows"});
    row(out, {"---", "---:"});
    for (const auto& [name, count] : counts) {
        row(out, {code(name), grouped(count)});
    }
}

void appendRows(std::string& out, const DatasetInfo& info)
{
    out += "\n## What is in it\n\n" + counted(info.totalRows, "row", "rows")
        + ". Each is one captured look at one service business: " + std::to_string(info.features.size())
        + " features that a deterministic pipeline computed,\n"
          "what the pipeline concluded (`targets`), and what people said of it later (`labels`, mostly "
          "null).\n"
          "There is no text in any row but values of closed lists, identifiers and times.\n";
    appendCounts(out, "source", info.bySource);
    appendCounts(out, "industry", info.byIndustry);
    if (!info.splits.empty()) {
        appendCounts(out, "split (" + std::string(splitStrategyName(info.splitStrategy)) + ")", info.splits);
    }
}

std::string filterText(const ExampleFilter& filter)
{
    std::vector<std::string> parts;
    if (filter.source) {
        parts.push_back("source " + code(*filter.source));
    }
    if (filter.industry) {
        parts.push_back("industry " + code(*filter.industry));
    }
    if (filter.since) {
        parts.push_back("created at or after " + formatRfc3339(*filter.since, true));
    }
    if (filter.until) {
        parts.push_back("created before " + formatRfc3339(*filter.until, true));
    }
    if (filter.labelled) {
        parts.emplace_back("with labels only");
    }
    if (filter.maxRows) {
        parts.push_back("the first " + grouped(*filter.maxRows) + " examples");
    }
    if (parts.empty()) {
        return "Every captured example was looked at.";
    }
    std::string out = "The captured examples were filtered: ";
    for (std::size_t place = 0; place < parts.size(); ++place) {
        out += (place == 0 ? "" : "; ") + parts[place];
    }
    return out + '.';
}

void appendGuard(std::string& out, const DatasetInfo& info)
{
    out += "\n## How it was guarded\n\n" + filterText(info.filters) + "\n\n";
    out += "Nothing is written unless it is known to be safe: a number only as a finite number within its "
           "feature's\n"
           "range, a string only when it is in a closed list or fits a narrow identifier or time format. A "
           "row with\n"
           "anything else in a place that would be written is rejected as a whole.\n\n";
    out += info.rejectedRows == 0
        ? std::string("No row was rejected.\n")
        : grouped(info.rejectedRows) + (info.rejectedRows == 1 ? " row was rejected" : " rows were rejected")
            + "; a row may break several rules.\n";
    appendCounts(out, "rule", info.rejectionsByRule);
    out += "\nFields that are free text, or that the schema does not list, are withheld while their row "
           "stays: "
        + grouped(info.withheldFields) + " in all.\n";
    if (!info.withheldByReason.empty()) {
        out += '\n';
        row(out, {"withheld", "fields"});
        row(out, {"---", "---:"});
        for (const auto& [reason, count] : info.withheldByReason) {
            row(out, {code(reason), grouped(count)});
        }
    }
}

void appendSchema(std::string& out, const DatasetInfo& info, const Schema& schema)
{
    out += "\n## Schema\n\n";
    row(out, {"", ""});
    row(out, {"---", "---"});
    row(out, {"name", code(info.schemaName)});
    row(out, {"version", code(info.schemaVersion)});
    row(out, {"`schema_hash`", code(info.schemaHash)});
    row(out, {"fingerprint", code(info.schemaFingerprint)});
    out += "\n`schema_hash` is the first 8 hex digits of SHA-256 over `" + info.schemaVersion
        + ":` and the feature keys in order, joined by\ncommas: a model that was trained on columns with "
          "another hash "
          "reads other columns. The fingerprint also\ncovers kinds, ranges and closed lists. A feature "
          "without a value "
          "is `null`.\n";
    for (const auto& [family, title] : Families) {
        const bool any = std::ranges::any_of(schema.features(),
            [wanted = family](const Feature& feature) { return feature.family == wanted; });
        if (!any) {
            continue;
        }
        out += "\n### " + std::string(title) + "\n\n";
        row(out, {"feature", "kind", "range or values", "unit"});
        row(out, {"---", "---", "---", "---"});
        for (const Feature& feature : schema.features()) {
            if (feature.family == family) {
                row(out,
                    {code(feature.key), kindName(feature.kind),
                        feature.kind == FeatureKind::Enum
                            ? joined(feature.values)
                            : numberText(feature.min) + " to " + numberText(feature.max),
                        feature.unit});
            }
        }
    }
}

void appendRowFields(std::string& out)
{
    out += "\n### Around the features\n\n";
    row(out, {"field", "what it is"});
    row(out, {"---", "---"});
    row(out, {"`example_id`", "identifier of the example"});
    row(out, {"`created_at`", "when it was captured, in UTC"});
    row(out, {"`source`, `industry_key`, `window_rule`", "where it came from, what trade, which window"});
    row(out, {"`schema_version`, `schema_hash`", "the same in every row"});
    std::string classes;
    for (const std::string_view name : boundaryClasses()) {
        classes += (classes.empty() ? "" : ", ") + code(name);
    }
    row(out, {"`targets.boundary_class`", classes + ", or null"});
    row(out, {"`targets.pressure_keys`", "list of at most 16 identifiers"});
    row(out, {"`labels.reviewer_score`", "whole number 0 to 5, or null"});
    row(out, {"`labels.client_feedback`", "`up`, `down`, or null"});
    row(out, {"`labels.mapping_was_wrong`, `labels.outcome_next_step_chosen`", "boolean or null"});
}

void appendLoading(std::string& out, const DatasetInfo& info)
{
    out += "\n## How to load it\n\n```python\nfrom datasets import load_dataset\n\n"
           "rows = load_dataset(\"OWNER/NAME\", split=\"train\")  # every row exactly once\n";
    if (!info.splits.empty()) {
        out += "splits = load_dataset(\"OWNER/NAME\", \"by_split\")  # the same rows, apart: splits[\""
            + splitLabel(info.splits.begin()->first) + "\"]\n";
    }
    out += "```\n\n`dataset_info.json` names every file with its size, rows and SHA-256; "
           "`signals-export verify` checks them.\n";
}

} // namespace

std::string provenanceLine(const DatasetInfo& info)
{
    return "Made by " + info.generator + " at " + info.generatedAt + ", job " + code(info.jobId) + ".";
}

std::string datasetCard(const DatasetInfo& info, const Schema& schema)
{
    std::string out = frontMatter(info, schema);
    out += "\n# Business signals (" + info.schemaName + ")\n\n" + provenanceLine(info) + '\n';
    appendRows(out, info);
    appendGuard(out, info);
    appendSchema(out, info, schema);
    appendRowFields(out);
    appendLoading(out, info);
    return out;
}

} // namespace workbench
