// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_node.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace workbench {

JsonNode::JsonNode() = default;
JsonNode::JsonNode(bool value) : m_value(value) {}
JsonNode::JsonNode(std::int64_t value) : m_value(value) {}
JsonNode::JsonNode(std::uint64_t value) : m_value(value) {}
JsonNode::JsonNode(double value) : m_value(value) {}
JsonNode::JsonNode(std::string value) : m_value(std::move(value)) {}
JsonNode::JsonNode(Array items) : m_value(std::move(items)) {}
JsonNode::JsonNode(const JsonNode& other) = default;
JsonNode::JsonNode(JsonNode&& other) noexcept = default;
JsonNode& JsonNode::operator=(const JsonNode& other) = default;
JsonNode& JsonNode::operator=(JsonNode&& other) noexcept = default;
JsonNode::~JsonNode() = default;

JsonNode::JsonNode(Object members)
{
    std::ranges::sort(members, {}, &JsonMember::key);
    m_value = std::move(members);
}

std::optional<bool> JsonNode::flag() const
{
    const bool* const value = std::get_if<bool>(&m_value);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<std::uint64_t> JsonNode::count() const
{
    const auto* const value = std::get_if<std::uint64_t>(&m_value);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<double> JsonNode::number() const
{
    if (const auto* const value = std::get_if<double>(&m_value)) {
        return *value;
    }
    if (const auto* const value = std::get_if<std::uint64_t>(&m_value)) {
        return static_cast<double>(*value);
    }
    if (const auto* const value = std::get_if<std::int64_t>(&m_value)) {
        return static_cast<double>(*value);
    }
    return std::nullopt;
}

const JsonNode* JsonNode::member(std::string_view key) const
{
    const Object* const members = object();
    if (members == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::lower_bound(*members, key, std::less<> {}, &JsonMember::key);
    return found != members->end() && found->key == key ? &found->value : nullptr;
}

std::string JsonNode::textOf(std::string_view key) const
{
    const JsonNode* const found = member(key);
    const std::string* const held = found == nullptr ? nullptr : found->text();
    return held == nullptr ? std::string() : *held;
}

std::optional<std::uint64_t> JsonNode::countOf(std::string_view key) const
{
    const JsonNode* const found = member(key);
    return found == nullptr ? std::nullopt : found->count();
}

std::optional<bool> JsonNode::flagOf(std::string_view key) const
{
    const JsonNode* const found = member(key);
    return found == nullptr ? std::nullopt : found->flag();
}

bool JsonNode::holdsArray(std::string_view key) const
{
    const JsonNode* const found = member(key);
    return found != nullptr && found->array() != nullptr;
}

const JsonNode::Array& JsonNode::items(std::string_view key) const
{
    static const Array None;
    const JsonNode* const found = member(key);
    const Array* const held = found == nullptr ? nullptr : found->array();
    return held == nullptr ? None : *held;
}

} // namespace workbench
