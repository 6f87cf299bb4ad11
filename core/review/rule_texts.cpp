// SPDX-License-Identifier: Apache-2.0
#include "core/review/rule_texts.h"

#include "core/guard/known_limits.h"
#include "core/json/number_format.h"

namespace workbench {

namespace {

template <class Texts> std::string listed(const Texts& texts)
{
    std::string list;
    for (const auto& text : texts) {
        list.append(list.empty() ? "" : ", ").append(text);
    }
    return list;
}

/// 36600 → "36,600"
std::string grouped(double number)
{
    std::string text;
    appendCanonicalNumber(text, number);
    const std::size_t digitsBegin = number < 0 ? 1 : 0;
    std::size_t digitsEnd = text.find_first_not_of("0123456789", digitsBegin);
    if (digitsEnd == std::string::npos) {
        digitsEnd = text.size();
    }
    for (std::size_t at = digitsEnd; at > digitsBegin + 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string range(bool whole, double from, double to)
{
    return (whole ? "a whole number from " : "a number from ") + grouped(from) + " to " + grouped(to);
}

std::string allowedFeature(const Feature& feature)
{
    switch (feature.kind) {
    case FeatureKind::Enum:
        return listed(feature.values);
    case FeatureKind::Integer:
        return range(true, feature.min, feature.max);
    case FeatureKind::Number:
        return range(false, feature.min, feature.max);
    }
    return {};
}

} // namespace

std::string allowedAt(const Schema& schema, std::string_view path)
{
    constexpr std::string_view Features = "features.";
    if (path.starts_with(Features)) {
        const auto feature = schema.indexOf(path.substr(Features.size()));
        return feature ? allowedFeature(schema.features()[*feature]) : std::string();
    }
    if (path == "id") {
        return "[A-Za-z0-9_.:-], 1 to " + std::to_string(MaxIdLength) + " characters";
    }
    if (path == "created_at") {
        return "a time such as 2026-01-31T23:59:00Z";
    }
    if (path == "source") {
        return listed(schema.sources());
    }
    if (path == "industry_key") {
        return listed(schema.industries());
    }
    if (path == "feature_schema") {
        return schema.version();
    }
    if (path == "features") {
        return "an object";
    }
    if (path == "targets" || path == "labels") {
        return "an object or null";
    }
    if (path == "targets.boundary_class") {
        return listed(boundaryClasses());
    }
    if (path == "targets.pressure_keys") {
        return "a list of at most " + std::to_string(MaxPressureKeys) + " names";
    }
    if (path.starts_with("targets.pressure_keys[")) {
        return "[a-z0-9_], a letter first, 1 to " + std::to_string(MaxPressureKeyLength) + " characters";
    }
    if (path == "labels.reviewer_score") {
        return range(true, 0, MaxReviewerScore);
    }
    if (path == "labels.client_feedback") {
        return "up, down";
    }
    if (path == "labels.mapping_was_wrong" || path == "labels.outcome_next_step_chosen") {
        return "true or false";
    }
    return {};
}

} // namespace workbench
