// SPDX-License-Identifier: Apache-2.0
#include "tests/support/json_schema.h"

#include <algorithm>
#include <regex>
#include <set>

namespace workbench {

namespace {

using Json = nlohmann::json;

bool hasType(const Json& value, const std::string& type)
{
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array())
        || (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean())
        || (type == "integer" && value.is_number_integer()) || (type == "number" && value.is_number());
}

std::string objectFault(const Json& document, const Json& schema, const Json& value, const std::string& path)
{
    for (const Json& name : schema.value("required", Json::array())) {
        if (!value.contains(name.get<std::string>())) {
            return path + ": \"" + name.get<std::string>() + "\" is missing";
        }
    }
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(true));
    for (const auto& [name, member] : value.items()) {
        const std::string below = path + '.' + name;
        if (!properties.contains(name) && others.is_boolean() && !others.get<bool>()) {
            return below + ": is not described";
        }
        const Json& rule = properties.contains(name) ? properties[name] : others;
        if (rule.is_object()) {
            if (std::string fault = schemaFault(document, rule, member, below); !fault.empty()) {
                return fault;
            }
        }
    }
    return {};
}

} // namespace

const Json& resolved(const Json& document, const Json& node)
{
    return node.contains("$ref")
        ? document.at(Json::json_pointer(node.at("$ref").get<std::string>().substr(1)))
        : node;
}

std::string schemaFault(
    const Json& document, const Json& described, const Json& value, const std::string& path)
{
    static const std::set<std::string> Known {"type", "nullable", "enum", "required", "properties",
        "additionalProperties", "items", "pattern", "minimum", "maximum", "description"};
    const Json& schema = resolved(document, described);
    for (const auto& [keyword, unused] : schema.items()) {
        if (Known.count(keyword) == 0) {
            return path + ": the description uses " + keyword + ", which is not checked";
        }
    }
    if (value.is_null()) {
        return schema.value("nullable", false) ? "" : path + ": is null";
    }
    if (schema.contains("type") && !hasType(value, schema["type"].get<std::string>())) {
        return path + ": is no " + schema["type"].get<std::string>();
    }
    if (schema.contains("enum")
        && std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
        return path + ": is none of the values described";
    }
    if (schema.contains("pattern")
        && !std::regex_match(value.get<std::string>(), std::regex(schema["pattern"].get<std::string>()))) {
        return path + ": does not match " + schema["pattern"].get<std::string>();
    }
    if ((schema.contains("minimum") && value < schema["minimum"])
        || (schema.contains("maximum") && value > schema["maximum"])) {
        return path + ": is out of range";
    }
    if (value.is_object()) {
        return objectFault(document, schema, value, path);
    }
    if (value.is_array() && schema.contains("items")) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string fault
                = schemaFault(document, schema["items"], value[i], path + '[' + std::to_string(i) + ']');
            if (!fault.empty()) {
                return fault;
            }
        }
    }
    return {};
}

} // namespace workbench
