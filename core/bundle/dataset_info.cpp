// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/dataset_info.h"

#include "core/input/filter_json.h"
#include "core/json/json_fields.h"
#include "core/json/json_writer.h"

namespace workbench {

namespace {

void writeCounts(JsonWriter& writer, std::string_view key, const NamedCounts& counts)
{
    writer.key(key).beginObject();
    for (const auto& [name, count] : counts) {
        writer.key(name).count(count);
    }
    writer.endObject();
}

void writeFeature(JsonWriter& writer, const Feature& feature)
{
    writer.beginObject(JsonWriter::Layout::OneLine);
    writer.key("key").text(feature.key);
    writer.key("kind").text(kindName(feature.kind));
    writer.key("family").text(familyName(feature.family));
    if (feature.kind == FeatureKind::Enum) {
        writer.key("values").beginArray();
        for (const std::string& value : feature.values) {
            writer.text(value);
        }
        writer.endArray();
    } else {
        writer.key("min").number(feature.min);
        writer.key("max").number(feature.max);
        if (!feature.unit.empty()) {
            writer.key("unit").text(feature.unit);
        }
    }
    writer.endObject();
}

Feature readFeature(JsonFields& all, const JsonNode& object)
{
    JsonFields fields(object);
    Feature feature;
    feature.key = fields.text("key");
    const auto kind = kindFromName(fields.text("kind"));
    const auto family = familyFromName(fields.text("family"));
    if (!kind || !family) {
        fields.refuse("a feature has no kind or family");
    }
    feature.kind = kind.value_or(FeatureKind::Number);
    feature.family = family.value_or(Family::Context);
    feature.values = fields.texts("values");
    feature.min = fields.number("min");
    feature.max = fields.number("max");
    feature.unit = fields.text("unit");
    if (!fields.fault().empty()) {
        all.refuse("\"features\": " + fields.fault());
    }
    return feature;
}

void readFeatures(JsonFields& fields, DatasetInfo& info)
{
    const std::vector<std::string> keys = fields.texts("feature_keys");
    if (keys.empty()) {
        fields.refuse("it names no \"feature_keys\"");
    }
    const JsonNode* const details = fields.array("features");
    info.featureDetailsKnown = details != nullptr;
    if (details == nullptr) { // another maker's bundle
        for (const std::string& key : keys) {
            info.features.emplace_back().key = key;
        }
        return;
    }
    for (const JsonNode& feature : *details->array()) {
        info.features.push_back(readFeature(fields, feature));
    }
    bool same = keys.size() == info.features.size();
    for (std::size_t place = 0; same && place < keys.size(); ++place) {
        same = keys[place] == info.features[place].key;
    }
    if (!same) {
        fields.refuse("\"features\" and \"feature_keys\" name different features");
    }
}

void readFiles(JsonFields& fields, DatasetInfo& info)
{
    const JsonNode* const files = fields.object("files");
    if (files == nullptr) {
        return;
    }
    for (const auto& [path, stated] : *files->object()) {
        JsonFields file(stated);
        info.files[path] = {file.count("bytes"), file.count("rows"), file.text("sha256")};
        if (!file.fault().empty()) {
            fields.refuse("\"files\": " + file.fault());
        }
    }
}

} // namespace

NamedCounts namedCounts(const std::vector<std::string>& names, const std::vector<std::uint64_t>& counts)
{
    NamedCounts out;
    for (std::size_t place = 0; place < names.size(); ++place) {
        if (counts[place] != 0) {
            out[names[place]] = counts[place];
        }
    }
    return out;
}

std::string toJson(const DatasetInfo& info)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("generated_at").text(info.generatedAt);
    writer.key("generator").text(info.generator);
    writer.key("job_id").text(info.jobId);
    writer.key("schema_version").text(info.schemaVersion);
    writer.key("schema_hash").text(info.schemaHash);
    writer.key("schema_fingerprint").text(info.schemaFingerprint);
    writer.key("feature_keys").beginArray();
    for (const Feature& feature : info.features) {
        writer.text(feature.key);
    }
    writer.endArray();
    writer.key("total_rows").count(info.totalRows);
    writer.key("rejected_rows").count(info.rejectedRows);
    writeCounts(writer, "rejections_by_rule", info.rejectionsByRule);
    writer.key("withheld_fields").count(info.withheldFields);
    writeCounts(writer, "by_source", info.bySource);
    writeCounts(writer, "by_industry", info.byIndustry);
    writeCounts(writer, "splits", info.splits);
    writer.key("filters");
    writeFilter(writer, info.filters);
    writer.key("files").beginObject();
    for (const auto& [path, file] : info.files) {
        writer.key(path).beginObject(JsonWriter::Layout::OneLine);
        writer.key("bytes").count(file.bytes);
        writer.key("rows").count(file.rows);
        writer.key("sha256").text(file.sha256);
        writer.endObject();
    }
    writer.endObject();
    // What the contract does not name follows what it does.
    writer.key("schema_name").text(info.schemaName);
    if (info.featureDetailsKnown) {
        writer.key("features").beginArray();
        for (const Feature& feature : info.features) {
            writeFeature(writer, feature);
        }
        writer.endArray();
    }
    writeCounts(writer, "withheld_by_reason", info.withheldByReason);
    writer.key("split_strategy").text(splitStrategyName(info.splitStrategy));
    writer.endObject();
    return writer.take();
}

namespace {

DatasetInfo infoFrom(JsonFields& fields)
{
    DatasetInfo info;
    info.generatedAt = fields.text("generated_at");
    info.generator = fields.text("generator");
    info.jobId = fields.text("job_id");
    info.schemaVersion = fields.text("schema_version");
    info.schemaHash = fields.text("schema_hash");
    info.schemaFingerprint = fields.text("schema_fingerprint");
    readFeatures(fields, info);
    info.totalRows = fields.count("total_rows");
    info.rejectedRows = fields.count("rejected_rows");
    info.rejectionsByRule = fields.counts("rejections_by_rule");
    info.withheldFields = fields.count("withheld_fields");
    info.bySource = fields.counts("by_source");
    info.byIndustry = fields.counts("by_industry");
    info.splits = fields.counts("splits");
    if (const JsonNode* const filters = fields.object("filters")) {
        JsonFields inner(*filters);
        info.filters = readFilter(inner);
        if (!inner.fault().empty()) {
            fields.refuse("\"filters\": " + inner.fault());
        }
    }
    readFiles(fields, info);
    info.schemaName = fields.text("schema_name");
    info.withheldByReason = fields.counts("withheld_by_reason");
    const std::optional<std::string> strategyName = fields.optionalText("split_strategy");
    const auto strategy = splitStrategyFromName(strategyName.value_or("none"));
    if (!strategy) {
        fields.refuse("\"split_strategy\" is none of none, by_source, by_industry, by_source_industry");
    }
    info.splitStrategy = strategy.value_or(SplitStrategy::None);
    return info;
}

} // namespace

Result<DatasetInfo> parseDatasetInfo(std::string_view json, std::string_view where)
{
    return readDocument<DatasetInfo>(json, where, ErrorCode::Usage, "describes no bundle", infoFrom);
}

} // namespace workbench
