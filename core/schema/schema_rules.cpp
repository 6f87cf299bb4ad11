// SPDX-License-Identifier: Apache-2.0
#include "core/schema/schema_rules.h"

#include "core/base/ascii.h"
#include "core/base/quoted.h"
#include "core/guard/text_problem.h"
#include "core/schema/schema.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace workbench {

namespace {

constexpr std::size_t MaxNameLength = 64;
constexpr std::size_t MaxUnitLength = 24;
/// Beyond it neighbouring whole numbers share one double, and a bound would not mean what it says.
constexpr double LargestWhole = 9007199254740992.0;

bool consistsOf(std::string_view text, std::size_t limit, bool (*fits)(char))
{
    return text.size() <= limit && std::all_of(text.begin(), text.end(), fits);
}

/// [A-Za-z0-9_.-]{1,64}
bool isName(std::string_view text)
{
    return !text.empty()
        && consistsOf(text, MaxNameLength, [](char c) { return isNameCharacter(c) || c == '.'; });
}

/// [a-z0-9_]{1,64}: enum values leave as strings and name split files.
bool isEnumValue(std::string_view text)
{
    return !text.empty()
        && consistsOf(text, MaxNameLength, [](char c) { return isLower(c) || isDigit(c) || c == '_'; });
}

/// [a-z][a-z0-9_]{0,63}
bool isKey(std::string_view text) { return isEnumValue(text) && isLower(text.front()); }

/// Units are shown in the card: short, and no mark that Markdown or JSON reads.
bool isUnit(std::string_view text)
{
    return consistsOf(text, MaxUnitLength, [](char c) {
        return isAlphanumeric(c) || std::string_view(" %/().+-_$").find(c) != std::string_view::npos;
    });
}

std::optional<std::string> faultOfValues(const Feature& feature)
{
    if (feature.values.empty()) {
        return "lists no values";
    }
    if (feature.values.size() > MaxEnumValues) {
        return "lists more than " + std::to_string(MaxEnumValues) + " values";
    }
    std::unordered_set<std::string_view> seen;
    for (const std::string& value : feature.values) {
        if (!isEnumValue(value)) {
            return "lists the value " + shownText(value) + "; a value is 1 to 64 of a-z, 0-9 and _";
        }
        if (const auto problem = problemOfText(value)) {
            return "has " + *problem + " as value " + std::to_string(seen.size() + 1);
        }
        if (!seen.insert(value).second) {
            return "lists the value " + inQuotes(value) + " twice";
        }
    }
    return std::nullopt;
}

std::optional<std::string> faultOfRange(const Feature& feature)
{
    if (!feature.values.empty()) {
        return "has both values and a range";
    }
    if (!std::isfinite(feature.min) || !std::isfinite(feature.max)) {
        return "has a bound that is not a finite number";
    }
    if (feature.min > feature.max) {
        return "has a min above its max";
    }
    if (feature.kind == FeatureKind::Integer) {
        for (const double bound : {feature.min, feature.max}) {
            if (std::trunc(bound) != bound || std::abs(bound) > LargestWhole) {
                return "is an integer, but a bound is not a whole number of at most 2^53";
            }
        }
    }
    return std::nullopt;
}

bool isRowField(std::string_view key)
{
    return key == "source" || key == "industry_key" || key == "window_rule";
}

std::optional<std::string> faultOfFeature(const Feature& feature)
{
    if (!isKey(feature.key)) {
        return "has a key that is not [a-z][a-z0-9_]{0,63}";
    }
    if (const auto problem = problemOfText(feature.key)) {
        return "has " + *problem + " in its key";
    }
    if (const auto prefix = blockedPrefixOf(feature.key)) {
        return "starts with the blocked prefix " + inQuotes(*prefix);
    }
    if (feature.family == Family::Targets || feature.family == Family::Labels) {
        return "is in a family that is not for features";
    }
    if (isRowField(feature.key) && feature.kind != FeatureKind::Enum) {
        return "has to be an enum, for every row has a field of this name";
    }
    if (!isUnit(feature.unit)) {
        return "has a unit that is not at most 24 of letters, digits, spaces and %/().+-_$";
    }
    if (const auto problem = problemOfText(feature.unit)) {
        return "has " + *problem + " in its unit";
    }
    return feature.kind == FeatureKind::Enum ? faultOfValues(feature) : faultOfRange(feature);
}

} // namespace

std::optional<std::string_view> blockedPrefixOf(std::string_view key)
{
    for (const std::string_view prefix : blockedPrefixes()) {
        if (key.starts_with(prefix)) {
            return prefix;
        }
    }
    return std::nullopt;
}

std::optional<std::string> faultOfSchema(
    std::string_view name, std::string_view version, const std::vector<Feature>& features)
{
    if (!isName(name)) {
        return "its name is not 1 to 64 of A-Z, a-z, 0-9, _, . and -";
    }
    if (!isName(version)) {
        return "its version is not 1 to 64 of A-Z, a-z, 0-9, _, . and -";
    }
    if (const auto problem = problemOfText(name)) {
        return "its name holds " + *problem;
    }
    if (const auto problem = problemOfText(version)) {
        return "its version holds " + *problem;
    }
    if (features.empty()) {
        return "it lists no features";
    }
    if (features.size() > MaxFeatures) {
        return "it lists more than " + std::to_string(MaxFeatures) + " features";
    }
    std::unordered_set<std::string_view> seen;
    for (std::size_t place = 0; place < features.size(); ++place) {
        const Feature& feature = features[place];
        const std::string which
            = "feature " + std::to_string(place + 1) + ", " + shownText(feature.key) + ", ";
        if (auto fault = faultOfFeature(feature)) {
            return which + *fault;
        }
        if (!seen.insert(feature.key).second) {
            return which + "is listed twice";
        }
    }
    return std::nullopt;
}

} // namespace workbench
