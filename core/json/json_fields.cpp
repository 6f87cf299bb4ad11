// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_fields.h"

#include <nlohmann/json.hpp>

namespace workbench {

JsonFields::JsonFields(const nlohmann::json& object) : m_object(object)
{
    if (!object.is_object()) {
        refuse("it is no JSON object");
    }
}

std::string JsonFields::text(const char* key) { return optionalText(key).value_or(std::string()); }

std::optional<std::string> JsonFields::optionalText(const char* key)
{
    const nlohmann::json* const value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        wrong(key, "text");
        return std::nullopt;
    }
    return value->get_ref<const std::string&>();
}

std::uint64_t JsonFields::count(const char* key) { return optionalCount(key).value_or(0); }

std::optional<std::uint64_t> JsonFields::optionalCount(const char* key)
{
    const nlohmann::json* const value = find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_number_unsigned()) {
        wrong(key, "whole number");
        return std::nullopt;
    }
    return value->get<std::uint64_t>();
}

double JsonFields::number(const char* key)
{
    const nlohmann::json* const value = find(key);
    if (value == nullptr) {
        return 0;
    }
    if (!value->is_number()) {
        wrong(key, "number");
        return 0;
    }
    return value->get<double>();
}

bool JsonFields::flag(const char* key)
{
    const nlohmann::json* const value = find(key);
    if (value == nullptr) {
        return false;
    }
    if (!value->is_boolean()) {
        wrong(key, "boolean");
        return false;
    }
    return value->get<bool>();
}

std::vector<std::string> JsonFields::texts(const char* key)
{
    std::vector<std::string> all;
    if (const nlohmann::json* const values = array(key)) {
        for (const nlohmann::json& value : *values) {
            if (!value.is_string()) {
                wrong(key, "array of texts");
                return {};
            }
            all.push_back(value.get_ref<const std::string&>());
        }
    }
    return all;
}

std::map<std::string, std::uint64_t> JsonFields::counts(const char* key)
{
    std::map<std::string, std::uint64_t> all;
    if (const nlohmann::json* const values = object(key)) {
        for (const auto& [name, value] : values->items()) {
            if (!value.is_number_unsigned()) {
                wrong(key, "object of whole numbers");
                return {};
            }
            all.emplace(name, value.get<std::uint64_t>());
        }
    }
    return all;
}

const nlohmann::json* JsonFields::object(const char* key)
{
    const nlohmann::json* const value = find(key);
    if (value != nullptr && !value->is_object()) {
        wrong(key, "object");
        return nullptr;
    }
    return value;
}

const nlohmann::json* JsonFields::array(const char* key)
{
    const nlohmann::json* const value = find(key);
    if (value != nullptr && !value->is_array()) {
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

const nlohmann::json* JsonFields::find(const char* key) const
{
    if (!m_object.is_object()) {
        return nullptr;
    }
    const auto found = m_object.find(key);
    return found == m_object.end() || found->is_null() ? nullptr : &*found;
}

void JsonFields::wrong(const char* key, std::string_view wanted)
{
    refuse('"' + std::string(key) + "\" is no " + std::string(wanted));
}

} // namespace workbench
