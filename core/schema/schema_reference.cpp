// SPDX-License-Identifier: Apache-2.0
#include "core/schema/schema_reference.h"

#include "core/base/figures.h"
#include "core/base/file.h"
#include "core/base/rfc3339.h"
#include "core/json/strict_json.h"
#include "core/schema/builtin_schemas.h"
#include "core/schema/schema_features.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <limits>

namespace workbench {

namespace {

Error refusal(std::string_view where, const std::string& why)
{
    return {ErrorCode::Usage, std::string(where) + ": " + why, std::string(where)};
}

/// "8 Nov 2026"; empty for text that is no time.
std::string dayOf(const std::string& rfc3339)
{
    static constexpr std::array<const char*, 12> Months {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto time = parseRfc3339(rfc3339);
    if (!time) {
        return {};
    }
    const std::chrono::year_month_day day {std::chrono::floor<std::chrono::days>(time->time)};
    return std::to_string(static_cast<unsigned>(day.day())) + ' '
        + Months[static_cast<unsigned>(day.month()) - 1] + ' ' + std::to_string(static_cast<int>(day.year()));
}

std::string describeBundle(const SchemaReference& reference)
{
    const std::string day = dayOf(reference.generatedAt);
    return "bundle" + (day.empty() ? "" : " of " + day) + ", " + counted(reference.totalRows, "row", "rows");
}

/// A feature of which only the key is told: anything its kind could hold.
Feature featureByKey(const std::string& key)
{
    Feature feature;
    feature.key = key;
    const SchemaPtr known = defaultSchema();
    if (const auto place = known->indexOf(key);
        place && known->features()[*place].kind == FeatureKind::Enum) {
        return known->features()[*place];
    }
    feature.min = std::numeric_limits<double>::lowest();
    feature.max = std::numeric_limits<double>::max();
    return feature;
}

Result<std::vector<std::string>> featureKeys(const JsonNode& document, std::string_view where)
{
    if (!document.holdsArray("feature_keys")) {
        return refusal(where, "it lacks an array \"feature_keys\"");
    }
    std::vector<std::string> keys;
    for (const JsonNode& key : document.items("feature_keys")) {
        if (key.text() == nullptr) {
            return refusal(where, "\"feature_keys\" holds something that is not a string");
        }
        keys.push_back(*key.text());
    }
    return keys;
}

/// With kinds and ranges: from the document's own `features`.
Result<SchemaPtr> detailedSchema(const JsonNode& document, const std::string& version, std::string_view where)
{
    auto features = listedFeatures(document, where);
    if (!features) {
        return features.error();
    }
    std::string name = document.textOf("schema_name");
    name = name.empty() ? version : name;
    return Schema::make(std::move(name), version, std::move(*features), where);
}

/// The exporter before this program listed the keys by name, with the hash of the schema's own order: the
/// shipped schema that has those keys and that hash. Null: none has.
SchemaPtr shippedWithSortedKeys(const std::vector<std::string>& keys, const std::string& hash)
{
    if (!std::ranges::is_sorted(keys)) {
        return nullptr;
    }
    for (const BuiltinSchema& shipped : builtinSchemas()) {
        SchemaPtr schema = builtinSchema(shipped.name);
        std::vector<std::string> own;
        std::ranges::transform(schema->features(), std::back_inserter(own), &Feature::key);
        std::ranges::sort(own);
        if (own == keys && (hash == schema->hash() || hash == schema->modelHash())) {
            return schema;
        }
    }
    return nullptr;
}

Result<SchemaReference> referenceFrom(const JsonNode& document, std::string_view where)
{
    if (document.object() == nullptr) {
        return refusal(where, "it is not a JSON object");
    }
    auto keys = featureKeys(document, where);
    if (!keys) {
        return keys.error();
    }
    const std::string hash = document.textOf("schema_hash");
    if (const SchemaPtr shipped = shippedWithSortedKeys(*keys, hash)) {
        std::ranges::transform(shipped->features(), keys->begin(), &Feature::key);
    }
    const std::string version = document.textOf("schema_version");
    if (version.empty()) {
        return refusal(where, "it lacks a \"schema_version\"");
    }
    SchemaReference reference;
    if (document.member("features") != nullptr) {
        const auto schema = detailedSchema(document, version, where);
        if (!schema) {
            return schema.error();
        }
        reference.schema = *schema;
    } else {
        const std::string fingerprint = document.textOf("schema_fingerprint");
        for (const BuiltinSchema& shipped : builtinSchemas()) {
            const SchemaPtr schema = builtinSchema(shipped.name);
            if (schema->fingerprint() == fingerprint) {
                reference.schema = schema;
            }
        }
    }
    if (!reference.schema) {
        std::vector<Feature> features;
        for (const std::string& key : *keys) {
            features.push_back(featureByKey(key));
        }
        const auto schema = Schema::make(version, version, std::move(features), where);
        if (!schema) {
            return schema.error();
        }
        reference.schema = *schema;
        reference.attributesKnown = false;
    }
    const auto sameKey = [](const Feature& feature, const std::string& key) { return feature.key == key; };
    const std::vector<Feature>& features = reference.schema->features();
    if (!std::equal(features.begin(), features.end(), keys->begin(), keys->end(), sameKey)) {
        return refusal(where, "its \"feature_keys\" are not those of the schema it names");
    }
    if (!hash.empty() && hash != reference.schema->hash() && hash != reference.schema->modelHash()) {
        return refusal(where, "its \"schema_hash\" is not the hash of its \"feature_keys\"");
    }
    reference.generatedAt = document.textOf("generated_at");
    reference.totalRows = document.countOf("total_rows").value_or(0);
    reference.description = describeBundle(reference);
    return reference;
}

Result<SchemaReference> fromFile(const std::string& path)
{
    const auto text = readFile(path);
    if (!text) {
        return text.error();
    }
    const auto document = parseStrictJson(*text, path);
    if (!document) {
        return document.error();
    }
    if (document->member("feature_keys") != nullptr) {
        return referenceFrom(*document, path);
    }
    auto schema = Schema::parse(*text, path);
    if (!schema) {
        return schema.error();
    }
    SchemaReference reference;
    reference.schema = *schema;
    reference.description = "schema file";
    return reference;
}

} // namespace

Result<SchemaReference> loadSchemaReference(const std::string& reference)
{
    if (reference.empty()) {
        return refusal("schema", "no name was given");
    }
    if (reference.starts_with("hub:")) {
        return refusal(reference,
            "this version reads no schema from the Hub; allowed: a schema file, a bundle folder, a "
            "dataset_info.json, signals_v1, signals_v1_core48");
    }
    if (SchemaPtr shipped = builtinSchema(reference)) {
        SchemaReference found;
        found.schema = std::move(shipped);
        found.description = "shipped schema";
        return found;
    }
    std::error_code ignored; // what cannot be looked at cannot be read either, and that is said then
    if (std::filesystem::is_directory(reference, ignored)) {
        return fromFile((std::filesystem::path(reference) / "dataset_info.json").string());
    }
    return fromFile(reference);
}

Result<SchemaReference> schemaFromDatasetInfo(std::string_view json, std::string_view where)
{
    const auto document = parseStrictJson(json, where);
    if (!document) {
        return document.error();
    }
    return referenceFrom(*document, where);
}

} // namespace workbench
