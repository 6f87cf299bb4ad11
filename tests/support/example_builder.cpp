// SPDX-License-Identifier: Apache-2.0
#include "tests/support/example_builder.h"

#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace workbench {

namespace {

std::string numberText(double value)
{
    std::array<char, 64> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::string objectText(const std::vector<std::pair<std::string, std::string>>& members)
{
    std::string text = "{";
    for (const auto& [key, value] : members) {
        text += (text.size() > 1 ? "," : "") + quotedJson(key) + ":" + value;
    }
    return text + "}";
}

} // namespace

std::string quotedJson(std::string_view text)
{
    static constexpr std::string_view Digits = "0123456789abcdef";
    std::string quoted = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (byte < 0x20) {
            quoted += "\\u00";
            quoted += Digits[byte >> 4U];
            quoted += Digits[byte & 15U];
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

ExampleBuilder::ExampleBuilder() : ExampleBuilder(*defaultSchema()) {}

ExampleBuilder::ExampleBuilder(const Schema& schema)
{
    m_top = {{"id", R"("Vz3kNFzfe-XTRaG0uuqwe")"}, {"created_at", R"("2026-11-22T15:19:39.983Z")"},
        {"run_id", R"("mock_run_1")"}, {"source", R"("mock")"}, {"industry_key", R"("hvac")"},
        {"feature_schema", quotedJson(schema.version())}, {"pipeline_version", R"("0.1.0")"},
        {"features", ""}, {"targets", ""}, {"labels", ""}};
    for (const Feature& feature : schema.features()) {
        std::string value;
        if (feature.kind == FeatureKind::Enum) {
            value = quotedJson(feature.values.front());
        } else if (feature.kind == FeatureKind::Integer) {
            value = "1";
        } else {
            value = feature.max > 1 ? "1.5" : "0.625";
        }
        m_features.emplace_back(feature.key, std::move(value));
    }
    m_targets = {{"pressure_keys", R"(["capacity_squeeze","fragility"])"}, {"boundary_class", R"("stable")"}};
    m_labels = {{"reviewer_score", "4"}, {"client_feedback", R"("up")"}, {"mapping_was_wrong", "false"},
        {"outcome_next_step_chosen", "true"}};
}

ExampleBuilder::Members& ExampleBuilder::membersOf(std::string_view& path)
{
    const auto inside = [&path](std::string_view prefix) {
        const bool is = path.starts_with(prefix);
        path.remove_prefix(is ? prefix.size() : 0);
        return is;
    };
    if (inside("features.")) {
        return m_features;
    }
    if (inside("targets.")) {
        return m_targets;
    }
    if (inside("labels.")) {
        return m_labels;
    }
    const auto named = [&path](const auto& member) { return member.first == path; };
    const bool bareFeature = std::ranges::none_of(m_top, named) && std::ranges::any_of(m_features, named);
    return bareFeature ? m_features : m_top;
}

ExampleBuilder& ExampleBuilder::raw(std::string_view path, std::string json)
{
    Members& members = membersOf(path);
    const auto at
        = std::ranges::find_if(members, [path](const auto& member) { return member.first == path; });
    if (at == members.end()) {
        members.emplace_back(path, std::move(json));
    } else {
        at->second = std::move(json);
    }
    return *this;
}

ExampleBuilder& ExampleBuilder::without(std::string_view path)
{
    Members& members = membersOf(path);
    std::erase_if(members, [path](const auto& member) { return member.first == path; });
    return *this;
}

ExampleBuilder& ExampleBuilder::with(std::string_view path, double value)
{
    return raw(path, numberText(value));
}

ExampleBuilder& ExampleBuilder::with(std::string_view path, int value)
{
    return raw(path, std::to_string(value));
}

ExampleBuilder& ExampleBuilder::with(std::string_view path, bool value)
{
    return raw(path, value ? "true" : "false");
}

ExampleBuilder& ExampleBuilder::with(std::string_view path, const char* value)
{
    return raw(path, quotedJson(value));
}

ExampleBuilder& ExampleBuilder::with(std::string_view path, const std::string& value)
{
    return raw(path, quotedJson(value));
}

ExampleBuilder& ExampleBuilder::with(std::string_view path, std::nullptr_t /*value*/)
{
    return raw(path, "null");
}

std::string ExampleBuilder::json() const
{
    Members all = m_top;
    for (auto& [key, value] : all) {
        if (value.empty()) {
            value = objectText(key == "features" ? m_features : key == "targets" ? m_targets : m_labels);
        }
    }
    return objectText(all);
}

} // namespace workbench
