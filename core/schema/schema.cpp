// SPDX-License-Identifier: Apache-2.0
#include "core/schema/schema.h"

#include "core/base/sha256.h"
#include "core/json/number_format.h"
#include "core/schema/schema_rules.h"

#include <algorithm>
#include <array>

namespace workbench {

namespace {

// Contract, section 5.
constexpr std::array<std::string_view, 7> BoundaryClasses {
    "healthy", "confirm_mappings", "stable", "follow_up", "capacity", "pricing", "unknown"};
constexpr std::array<std::string_view, 10> BlockedPrefixes {"rag_", "website_", "tool_", "raw_", "content_",
    "summary_", "description_", "notes_", "context_", "narrative_"};

// What a row's own fields may say when the schema has no feature of that name (signals_v1.tsv).
constexpr std::array<std::string_view, 2> DefaultSources {"mock", "real"};
constexpr std::array<std::string_view, 6> DefaultIndustries {
    "hvac", "plumbing", "electrical", "landscaping", "cleaning", "unknown"};
constexpr std::array<std::string_view, 4> DefaultWindowRules {
    "last_90_days", "cap_100_closed", "last_12_months", "custom"};

template <class Texts> std::string joined(const Texts& texts, char separator)
{
    std::string out;
    for (const auto& text : texts) {
        if (!out.empty()) {
            out += separator;
        }
        out += text;
    }
    return out;
}

std::string joinedKeys(const std::vector<Feature>& features)
{
    std::vector<std::string_view> keys;
    keys.reserve(features.size());
    for (const Feature& feature : features) {
        keys.push_back(feature.key);
    }
    return joined(keys, ',');
}

std::string shortHash(const std::string& text) { return Sha256::of(text).substr(0, 8); }

/// The text that schema.h describes.
std::string canonicalText(const std::string& version, const std::vector<Feature>& features)
{
    std::string text = "signals-workbench schema 1\n" + version + '\n';
    for (const Feature& feature : features) {
        text += feature.key;
        text += '\t';
        text += kindName(feature.kind);
        text += '\t';
        if (feature.kind == FeatureKind::Enum) {
            text += joined(feature.values, '|');
        } else {
            appendCanonicalNumber(text, feature.min);
            text += '\t';
            appendCanonicalNumber(text, feature.max);
        }
        text += '\n';
    }
    return text;
}

void appendFeatureJson(std::string& out, const Feature& feature)
{
    // Nothing here needs escapes: the rules let no quote, backslash or control character into a schema.
    out += R"({"key": ")" + feature.key + R"(", "kind": ")";
    out += kindName(feature.kind);
    out += R"(", "family": ")";
    out += familyName(feature.family);
    if (feature.kind == FeatureKind::Enum) {
        out += R"(", "values": [)";
        for (std::size_t place = 0; place < feature.values.size(); ++place) {
            out += (place == 0 ? "\"" : ", \"") + feature.values[place] + '"';
        }
        out += "]}";
        return;
    }
    out += R"(", "min": )";
    appendCanonicalNumber(out, feature.min);
    out += R"(, "max": )";
    appendCanonicalNumber(out, feature.max);
    if (!feature.unit.empty()) {
        out += R"(, "unit": ")" + feature.unit + '"';
    }
    out += '}';
}

} // namespace

Result<SchemaPtr> Schema::make(
    std::string name, std::string version, std::vector<Feature> features, std::string_view where)
{
    if (const auto fault = faultOfSchema(name, version, features)) {
        return Error {ErrorCode::Usage, std::string(where) + ": " + *fault, std::string(where)};
    }
    const std::shared_ptr<Schema> schema(new Schema); // the constructor is private
    schema->m_name = std::move(name);
    schema->m_version = std::move(version);
    schema->m_features = std::move(features);
    for (std::size_t place = 0; place < schema->m_features.size(); ++place) {
        schema->m_index.emplace(schema->m_features[place].key, place);
    }
    const std::string keys = joinedKeys(schema->m_features);
    schema->m_hash = shortHash(schema->m_version + ':' + keys);
    schema->m_modelHash = shortHash(keys);
    schema->m_fingerprint = Sha256::of(canonicalText(schema->m_version, schema->m_features));

    const auto closedSet = [&schema](std::string_view key, std::span<const std::string_view> otherwise) {
        const auto place = schema->indexOf(key);
        return place ? schema->m_features[*place].values
                     : std::vector<std::string>(otherwise.begin(), otherwise.end());
    };
    schema->m_sources = closedSet("source", DefaultSources);
    schema->m_industries = closedSet("industry_key", DefaultIndustries);
    schema->m_windowRules = closedSet("window_rule", DefaultWindowRules);
    return SchemaPtr(schema);
}

std::optional<std::size_t> Schema::indexOf(std::string_view key) const
{
    const auto found = m_index.find(key);
    return found == m_index.end() ? std::nullopt : std::optional(found->second);
}

std::string Schema::toJson() const
{
    std::string out
        = "{\n  \"name\": \"" + m_name + "\",\n  \"version\": \"" + m_version + "\",\n  \"features\": [\n";
    for (std::size_t place = 0; place < m_features.size(); ++place) {
        out += "    ";
        appendFeatureJson(out, m_features[place]);
        out += place + 1 < m_features.size() ? ",\n" : "\n";
    }
    out += "  ]\n}\n";
    return out;
}

std::span<const std::string_view> boundaryClasses() { return BoundaryClasses; }

std::span<const std::string_view> blockedPrefixes() { return BlockedPrefixes; }

} // namespace workbench
