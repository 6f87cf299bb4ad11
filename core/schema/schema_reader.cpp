// SPDX-License-Identifier: Apache-2.0
// Schema::parse and Schema::load: from a file's text to the parts that Schema::make checks.
#include "core/base/file.h"
#include "core/base/quoted.h"
#include "core/guard/text_problem.h"
#include "core/json/strict_json.h"
#include "core/schema/schema.h"
#include "core/schema/schema_features.h"

#include <algorithm>
#include <initializer_list>

namespace workbench {

namespace {

constexpr std::uint64_t MaxSchemaBytes = 4U << 20;

/// Ends the reading of a schema with the sentence that says why; caught in Schema::parse.
struct Fault {
    std::string why;
};

void requireKnownKeys(
    const JsonNode& object, std::initializer_list<std::string_view> known, const std::string& which)
{
    for (const JsonMember& member : *object.object()) {
        if (std::find(known.begin(), known.end(), member.key) == known.end()) {
            throw Fault {which + "has the unknown key " + shownText(member.key)};
        }
    }
}

std::string textOf(const JsonNode& object, const char* key, const std::string& which)
{
    const JsonNode* const found = object.member(key);
    if (found == nullptr) {
        throw Fault {which + "lacks " + inQuotes(key)};
    }
    if (found->text() == nullptr) {
        throw Fault {which + "has a " + inQuotes(key) + " that is not a string"};
    }
    return *found->text();
}

double numberOf(const JsonNode& object, const char* key, const std::string& which)
{
    const JsonNode* const found = object.member(key);
    if (found == nullptr) {
        throw Fault {which + "lacks " + inQuotes(key)};
    }
    const auto number = found->number();
    if (!number) {
        throw Fault {which + "has a " + inQuotes(key) + " that is not a number"};
    }
    return *number;
}

std::vector<std::string> valuesOf(const JsonNode& object, const std::string& which)
{
    if (!object.holdsArray("values")) {
        throw Fault {which + "is an enum and lacks an array \"values\""};
    }
    std::vector<std::string> values;
    for (const JsonNode& value : object.items("values")) {
        if (value.text() == nullptr) {
            throw Fault {which + "lists a value that is not a string"};
        }
        values.push_back(*value.text());
    }
    return values;
}

Feature featureOf(const JsonNode& object, std::size_t place)
{
    std::string which = "feature " + std::to_string(place + 1) + " ";
    if (object.object() == nullptr) {
        throw Fault {which + "is not an object"};
    }
    Feature feature;
    feature.key = textOf(object, "key", which);
    which = "feature " + std::to_string(place + 1) + ", " + shownText(feature.key) + ", ";

    const std::string kind = textOf(object, "kind", which);
    const auto knownKind = kindFromName(kind);
    if (!knownKind) {
        throw Fault {which + "has the kind " + shownText(kind) + "; allowed: enum, integer, number"};
    }
    feature.kind = *knownKind;

    const std::string family = textOf(object, "family", which);
    const auto knownFamily = familyFromName(family);
    if (!knownFamily) {
        throw Fault {which + "has the family " + shownText(family)
            + "; allowed: context, volume, timing, revenue, ratio, flag"};
    }
    feature.family = *knownFamily;

    if (feature.kind == FeatureKind::Enum) {
        requireKnownKeys(object, {"key", "kind", "family", "values"}, which);
        feature.values = valuesOf(object, which);
    } else {
        requireKnownKeys(object, {"key", "kind", "family", "min", "max", "unit"}, which);
        feature.min = numberOf(object, "min", which);
        feature.max = numberOf(object, "max", which);
        feature.unit = object.member("unit") != nullptr ? textOf(object, "unit", which) : std::string();
    }
    return feature;
}

std::vector<Feature> featuresOf(const JsonNode& document)
{
    if (!document.holdsArray("features")) {
        throw Fault {"it lacks an array \"features\""};
    }
    const JsonNode::Array& list = document.items("features");
    std::vector<Feature> features;
    features.reserve(list.size());
    for (const JsonNode& object : list) {
        features.push_back(featureOf(object, features.size()));
    }
    return features;
}

Error refusal(std::string_view where, const Fault& fault)
{
    return {ErrorCode::Usage, std::string(where) + ": " + fault.why, std::string(where)};
}

} // namespace

Result<std::vector<Feature>> listedFeatures(const JsonNode& document, std::string_view where)
{
    try {
        return featuresOf(document);
    } catch (const Fault& fault) {
        return refusal(where, fault);
    }
}

Result<SchemaPtr> Schema::parse(std::string_view json, std::string_view where)
{
    const auto document = parseStrictJson(json, where);
    if (!document) {
        return document.error();
    }
    try {
        if (document->object() == nullptr) {
            throw Fault {"it is not a JSON object"};
        }
        requireKnownKeys(*document, {"name", "version", "features"}, "it ");
        std::string name = textOf(*document, "name", "it ");
        std::string version = textOf(*document, "version", "it ");
        return make(std::move(name), std::move(version), featuresOf(*document), where);
    } catch (const Fault& fault) {
        return refusal(where, fault);
    }
}

Result<SchemaPtr> Schema::load(const std::string& path)
{
    const auto text = readFile(path, MaxSchemaBytes);
    if (!text) {
        return text.error();
    }
    return parse(*text, path);
}

} // namespace workbench
