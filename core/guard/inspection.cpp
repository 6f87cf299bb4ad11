// SPDX-License-Identifier: Apache-2.0
#include "core/guard/inspection.h"

#include "core/base/rfc3339.h"
#include "core/base/same_text.h"
#include "core/guard/known_limits.h"
#include "core/guard/known_safe.h"
#include "core/guard/mask.h"
#include "core/guard/secret_shapes.h"
#include "core/guard/text_patterns.h"
#include "core/json/json_grammar.h"
#include "core/json/number_text.h"
#include "core/row/row_values.h"

#include <array>
#include <charconv>

namespace workbench {

namespace {

constexpr std::uint8_t NotInSet = 255;

/// Of a text of the ids' or the keys' grammar.
bool holdsOnlyAName(std::string_view text) { return !findPatternsInName(text).any() && !holdsSecret(text); }

} // namespace

std::string PiiGuard::Inspection::Place::path() const
{
    std::string text(parent);
    if (!parent.empty() && !name.empty()) {
        text.push_back('.');
    }
    text.append(name);
    if (item != NoItem) {
        std::array<char, 24> digits {};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), item).ptr;
        text.append("[").append(digits.data(), static_cast<std::size_t>(end - digits.data())).append("]");
    }
    return text;
}

void PiiGuard::Inspection::run()
{
    exampleId();
    createdAt();
    static constexpr Place sourcePlace {"", "source"};
    m_out.append(",\"source\":");
    m_source = closedSet(m_guard.m_schema->sources(), m_example.source, sourcePlace, Need::Required);
    static constexpr Place industryPlace {"", "industry_key"};
    m_out.append(",\"industry_key\":");
    m_industry
        = closedSet(m_guard.m_schema->industries(), m_example.industryKey, industryPlace, Need::Required);
    featureSchema();
    m_out.append(m_guard.m_schemaPart);
    windowRule();
    features();
    targets();
    labels();
    m_out.append("}\n");
}

void PiiGuard::Inspection::exampleId()
{
    const JsonValue& id = m_example.id;
    static constexpr Place place {"", "id"};
    const std::size_t first = m_findings.size();
    m_out.append("{\"example_id\":\"");
    const std::size_t begin = m_out.size();
    if (id.isNothing()) {
        report(Rule::MissingField, place, "");
    } else if (id.type != JsonType::String) {
        refuseType(id, place);
    } else if (!isExampleId(id.text) || (!isMachineId(id.text) && !holdsOnlyAName(id.text))) {
        refuseString(id, place, Rule::UnexpectedString);
    }
    if (m_findings.size() > first) {
        refused(first);
    } else {
        m_out.append(id.text);
        wrote(hiddenValue(), begin);
    }
    m_out.push_back('"');
}

void PiiGuard::Inspection::createdAt()
{
    const JsonValue& value = m_example.createdAt;
    static constexpr Place place {"", "created_at"};
    const std::size_t first = m_findings.size();
    m_out.append(",\"created_at\":\"");
    const std::size_t begin = m_out.size();
    std::optional<Rfc3339Time> time;
    if (value.isNothing()) {
        report(Rule::MissingField, place, "");
    } else if (value.type != JsonType::String) {
        refuseType(value, place);
    } else if (value.text.size() > MaxStringLength || !(time = parseRfc3339(value.text))) {
        refuseString(value, place, Rule::UnexpectedString);
    } else if (isCanonicalRfc3339(value.text)) {
        m_out.append(value.text); // nearly all are
    } else if (std::string text; appendRfc3339(text, *time)) {
        m_out.append(text);
    } else {
        refuseString(value, place, Rule::UnexpectedString);
    }
    if (m_findings.size() > first) {
        refused(first);
    } else {
        wrote(static_cast<double>(time->time.time_since_epoch().count()), begin);
    }
    m_out.push_back('"');
}

void PiiGuard::Inspection::featureSchema()
{
    const JsonValue& value = m_example.featureSchema;
    const Schema& schema = *m_guard.m_schema;
    const std::size_t first = m_findings.size();
    if (value.type != JsonType::String || !sameText(value.text, schema.version())) {
        report(Rule::SchemaMismatch, {"", "feature_schema"}, value);
        refused(first);
        refused(first);
        return;
    }
    // Both come from the schema, not from the example.
    addValues(0, 2);
    if (m_cells) {
        m_cells->push_back({GuardedCell::State::Value, schema.version(), std::nullopt});
        m_cells->push_back({GuardedCell::State::Value, schema.hash(), std::nullopt});
    }
}

void PiiGuard::Inspection::windowRule()
{
    // The feature's value once more, in front of the features; judged and reported where the feature stands.
    const auto& rules = m_guard.m_schema->windowRules(); // the feature's values
    if (m_guard.m_windowRule && m_example.featuresObject.type == JsonType::Object) {
        const std::size_t known = placeOfValue(*m_guard.m_windowRule);
        if (known < rules.size()) {
            const std::size_t begin = m_out.size();
            m_out.append("\"").append(rules[known]).append("\"");
            wrote(static_cast<double>(known), begin);
            return;
        }
    }
    wroteNull();
}

std::size_t PiiGuard::Inspection::placeOfValue(std::size_t place) const
{
    const auto& set = m_guard.m_schema->features()[place].values;
    if (m_example.featuresPlain) {
        const double read = m_example.plain.values[place];
        return isNullValue(read) ? set.size() : static_cast<std::size_t>(read);
    }
    const JsonValue& value = m_example.features[place];
    return value.type == JsonType::String ? placeIn(set, value.text) : set.size();
}

void PiiGuard::Inspection::features()
{
    const auto& features = m_guard.m_schema->features();
    if (m_example.featuresObject.type != JsonType::Object) {
        const std::size_t first = m_findings.size();
        report(Rule::MissingField, {"", "features"}, "");
        for (std::size_t i = 0; i < features.size(); ++i) {
            refused(first);
        }
        return;
    }
    if (m_cells == nullptr && m_example.featuresPlain && allInRange()) {
        copyFeatures();
        return;
    }
    for (std::size_t i = 0; i < features.size(); ++i) {
        m_out.append(m_guard.m_featureHeads[i]);
        feature(i, m_example.feature(i));
    }
}

void PiiGuard::Inspection::feature(std::size_t place, const JsonValue& value)
{
    const Feature& feature = m_guard.m_schema->features()[place];
    if (feature.kind == FeatureKind::Enum) {
        closedSet(feature.values, value, {"features", feature.key}, Need::Optional);
    } else {
        number(
            value, {"features", feature.key}, feature.min, feature.max, feature.kind == FeatureKind::Integer);
    }
}

void PiiGuard::Inspection::targets()
{
    const JsonValue& targets = m_example.targetsObject;
    if (!targets.isNothing() && targets.type != JsonType::Object) {
        const std::size_t first = m_findings.size();
        report(Rule::WrongType, {"", "targets"}, targets);
        refused(first);
        refused(first);
        return;
    }
    m_out.append("},\"targets\":{\"boundary_class\":");
    static constexpr Place boundaryPlace {"targets", "boundary_class"};
    closedSet(boundaryClasses(), m_example.boundaryClass, boundaryPlace, Need::Optional);
    m_out.append(",\"pressure_keys\":");
    pressureKeys(m_example.pressureKeys);
    m_out.push_back('}');
}

void PiiGuard::Inspection::pressureKeys(const JsonValue& value)
{
    static constexpr Place place {"targets", "pressure_keys"};
    const std::size_t first = m_findings.size();
    const std::size_t begin = m_out.size();
    m_out.push_back('[');
    if (value.type == JsonType::String) {
        refuseString(value, place, Rule::WrongType);
    } else if (!value.isNothing() && value.type != JsonType::Array) {
        report(Rule::WrongType, place, value);
    } else {
        if (m_example.pressureKeyCount > MaxPressureKeys) {
            report(Rule::OutOfRange, place, value);
        }
        const std::size_t looked = std::min(m_example.pressureKeyItems.size(), MaxPressureKeys);
        for (std::size_t i = 0; i < looked; ++i) {
            const JsonValue& item = m_example.pressureKeyItems[i];
            if (item.type != JsonType::String) {
                refuseType(item, {"targets", "pressure_keys", i});
            } else if (!isPressureKey(item.text) || !holdsOnlyAName(item.text)) {
                refuseString(item, {"targets", "pressure_keys", i}, Rule::UnexpectedString);
            } else {
                m_out.append(i == 0 ? "\"" : ",\"").append(item.text).push_back('"');
            }
        }
    }
    m_out.push_back(']');
    if (m_findings.size() > first) {
        refused(first);
        return;
    }
    m_pressureBegin = begin;
    m_pressureLength = m_out.size() - begin;
    wrote(0, begin);
}

void PiiGuard::Inspection::labels()
{
    const JsonValue& labels = m_example.labelsObject;
    if (!labels.isNothing() && labels.type != JsonType::Object) {
        const std::size_t first = m_findings.size();
        report(Rule::WrongType, {"", "labels"}, labels);
        for (int i = 0; i < 4; ++i) {
            refused(first);
        }
        return;
    }
    static constexpr std::array<std::string_view, 2> Feedback {"up", "down"};
    static constexpr Place scorePlace {"labels", "reviewer_score"};
    static constexpr Place feedbackPlace {"labels", "client_feedback"};
    static constexpr Place wrongPlace {"labels", "mapping_was_wrong"};
    static constexpr Place chosenPlace {"labels", "outcome_next_step_chosen"};
    m_out.append(",\"labels\":{\"reviewer_score\":");
    number(m_example.reviewerScore, scorePlace, 0, MaxReviewerScore, true);
    m_out.append(",\"client_feedback\":");
    closedSet(
        std::span<const std::string_view>(Feedback), m_example.clientFeedback, feedbackPlace, Need::Optional);
    m_out.append(",\"mapping_was_wrong\":");
    boolean(m_example.mappingWasWrong, wrongPlace);
    m_out.append(",\"outcome_next_step_chosen\":");
    boolean(m_example.outcomeNextStepChosen, chosenPlace);
    m_out.push_back('}');
}

std::uint8_t PiiGuard::Inspection::closedSet(
    std::span<const std::string> set, const JsonValue& value, const Place& place, Need need)
{
    return member(set, value, place, need);
}

std::uint8_t PiiGuard::Inspection::closedSet(
    std::span<const std::string_view> set, const JsonValue& value, const Place& place, Need need)
{
    return member(set, value, place, need);
}

template <class Text>
std::uint8_t PiiGuard::Inspection::member(
    std::span<const Text> set, const JsonValue& value, const Place& place, Need need)
{
    const std::size_t first = m_findings.size();
    if (value.isNothing()) {
        if (need == Need::Optional) {
            wroteNull();
            return NotInSet;
        }
        report(Rule::MissingField, place, "");
    } else if (value.type != JsonType::String) {
        refuseType(value, place);
    } else {
        const std::size_t known = placeIn(set, value.text);
        if (known < set.size()) {
            const std::size_t begin = m_out.size();
            m_out.append("\"").append(set[known]).append("\"");
            wrote(static_cast<double>(known), begin);
            return static_cast<std::uint8_t>(known);
        }
        refuseString(value, place, Rule::UnexpectedString);
    }
    refused(first);
    return NotInSet;
}

void PiiGuard::Inspection::number(
    const JsonValue& value, const Place& place, double min, double max, bool whole)
{
    const std::size_t first = m_findings.size();
    if (value.isNothing()) {
        wroteNull();
        return;
    }
    if (value.type == JsonType::String) {
        refuseString(value, place, Rule::UnexpectedString);
    } else if (value.type != JsonType::Number) {
        refuseType(value, place);
    } else {
        const std::optional<double> number
            = value.form == NumberForm::Unread ? parseJsonNumber(value.text) : value.number;
        if (!number) {
            report(Rule::NotFinite, place, value.text);
        } else if (*number < min || *number > max || (whole && !isWhole(*number))) {
            report(Rule::OutOfRange, place, value.text);
        } else {
            const std::size_t begin = m_out.size();
            if (value.form == NumberForm::Canonical) {
                m_out.append(value.text);
            } else {
                std::string text;
                appendCanonicalNumber(text, value.text, *number);
                m_out.append(text);
            }
            wrote(*number, begin);
            return;
        }
    }
    refused(first);
}

void PiiGuard::Inspection::boolean(const JsonValue& value, const Place& place)
{
    const std::size_t first = m_findings.size();
    if (value.isNothing()) {
        wroteNull();
        return;
    }
    if (value.type == JsonType::Boolean) {
        const std::size_t begin = m_out.size();
        m_out.append(value.text);
        wrote(value.text == "true" ? 1 : 0, begin);
        return;
    }
    if (value.type == JsonType::String) {
        refuseString(value, place, Rule::WrongType);
    } else {
        refuseType(value, place);
    }
    refused(first);
}

void PiiGuard::Inspection::refuseString(const JsonValue& value, const Place& place, Rule otherwise)
{
    const TextPatterns found = findPatterns(value.text);
    if (found.email) {
        report(Rule::Email, place, value.text);
    }
    if (found.phone) {
        report(Rule::Phone, place, value.text);
    }
    if (found.address) {
        report(Rule::Address, place, value.text);
    }
    if (found.tooLong) {
        report(Rule::TooLong, place, value.text);
    }
    if (!found.any()) {
        report(otherwise, place, value.text);
    }
}

void PiiGuard::Inspection::refuseType(const JsonValue& value, const Place& place)
{
    report(Rule::WrongType, place, value);
}

void PiiGuard::Inspection::report(Rule rule, const Place& place, std::string_view raw)
{
    m_findings.push_back({rule, place.path(), maskShape(raw)});
}

void PiiGuard::Inspection::report(Rule rule, const Place& place, const JsonValue& value)
{
    const bool container = value.type == JsonType::Array || value.type == JsonType::Object;
    report(rule, place, container ? containerExtent(value.text) : value.text);
}

void PiiGuard::Inspection::wroteNull()
{
    m_out.append("null");
    addValue(nullValue());
    if (m_cells) {
        m_cells->emplace_back();
    }
}

void PiiGuard::Inspection::wrote(double code, std::size_t begin)
{
    addValue(code);
    if (m_cells) {
        std::string_view text = m_out.from(begin);
        if (text.size() >= 2 && text.front() == '"') {
            text = text.substr(1, text.size() - 2);
        }
        m_cells->push_back({GuardedCell::State::Value, std::string(text), std::nullopt});
    }
}

void PiiGuard::Inspection::refused(std::size_t firstFinding)
{
    addValue(hiddenValue());
    if (m_cells) {
        const Finding& finding = m_findings[firstFinding];
        m_cells->push_back({GuardedCell::State::Refused, finding.masked, finding.rule});
    }
}

} // namespace workbench
