// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_fields.h"

namespace workbench {

JsonFields::JsonFields(const JsonNode& object) : m_object(object)
{
    if (object.object() == nullptr) {
        refuse("it is no JSON object");
    }
}

std::string JsonFields::text(const char* key) { return optionalText(key).value_or(std::string()); }

std::optional<std::string> JsonFields::optionalText(const char* key)
{
    const JsonNode* const value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->text() == nullptr) {
        wrong(key, "text");
        return std::nullopt;
    }
    return *value->text();
}

std::uint64_t JsonFields::count(const char* key) { return optionalCount(key).value_or(0); }

std::optional<std::uint64_t> JsonFields::optionalCount(const char* key)
{
    const JsonNode* const value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto count = value->count();
    if (!count) {
        wrong(key, "whole number");
    }
    return count;
}

double JsonFields::number(const char* key)
{
    const JsonNode* const value = find(key);
    if (value == nullptr) {
        return 0;
    }
    const auto number = value->number();
    if (!number) {
        wrong(key, "number");
    }
    return number.value_or(0);
}

bool JsonFields::flag(const char* key)
{
    const JsonNode* const value = find(key);
    if (value == nullptr) {
        return false;
    }
    const auto flag = value->flag();
    if (!flag) {
        wrong(key, "boolean");
    }
    return flag.value_or(false);
}

std::vector<std::string> JsonFields::texts(const char* key)
{
    std::vector<std::string> all;
    if (const JsonNode* const values = array(key)) {
        for (const JsonNode& value : *values->array()) {
            if (value.text() == nullptr) {
                wrong(key, "array of texts");
                return {};
            }
            all.push_back(*value.text());
        }
    }
    return all;
}

std::map<std::string, std::uint64_t> JsonFields::counts(const char* key)
{
    std::map<std::string, std::uint64_t> all;
    if (const JsonNode* const values = object(key)) {
        for (const auto& [name, value] : *values->object()) {
            const auto count = value.count();
            if (!count) {
                wrong(key, "object of whole numbers");
                return {};
            }
            all.emplace(name, *count);
        }
    }
    return all;
}

const JsonNode* JsonFields::object(const char* key)
{
    const JsonNode* const value = find(key);
    if (value != nullptr && value->object() == nullptr) {
        wrong(key, "object");
        return nullptr;
    }
    return value;
}

const JsonNode* JsonFields::array(const char* key)
{
    const JsonNode* const value = find(key);
    if (value != nullptr && value->array() == nullptr) {
        wrong(key, "array");
        return nullptr;
    }
    return value;
}

bool JsonFields::has(const char* key) const { return find(key) != nullptr; }

void JsonFields::refuse(std::string_view what)
{
    if (m_fault.empty()) {
        m_fault = what;
    }
}

const JsonNode* JsonFields::find(const char* key) const
{
    const JsonNode* const found = m_object.member(key);
    return found == nullptr || found->isNull() ? nullptr : found;
}

void JsonFields::wrong(const char* key, std::string_view wanted)
{
    refuse('"' + std::string(key) + "\" is no " + std::string(wanted));
}

} // namespace workbench
