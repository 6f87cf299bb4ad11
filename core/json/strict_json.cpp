// SPDX-License-Identifier: Apache-2.0
#include "core/json/strict_json.h"

#include "core/guard/text_problem.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace workbench {

namespace {

constexpr std::size_t MaxDepth = 64;

/// Makes nodes of what the parser of nlohmann_json meets (its interface for that is json_sax). Each function
/// returns whether to go on.
class NodeBuilder {
public:
    explicit NodeBuilder(JsonFault& fault) : m_fault(fault) {}

    // NOLINTBEGIN(readability-identifier-naming): the names are those of json_sax
    bool null() { return add(JsonNode()); }
    bool boolean(bool value) { return add(JsonNode(value)); }
    bool number_integer(std::int64_t value) { return add(JsonNode(value)); }
    bool number_unsigned(std::uint64_t value) { return add(JsonNode(value)); }
    bool number_float(double value, const std::string& /*spelling*/) { return add(JsonNode(value)); }
    bool string(std::string& value) { return add(JsonNode(std::move(value))); }
    static bool binary(const nlohmann::json::binary_t& /*value*/) { return false; } // JSON has none

    bool start_object(std::size_t /*unknown*/) { return open(true); }
    bool start_array(std::size_t /*unknown*/) { return open(false); }
    bool key(std::string& name)
    {
        m_open.back().members.push_back({std::move(name), JsonNode()});
        return true;
    }
    bool end_object()
    {
        JsonNode::Object members = std::move(m_open.back().members);
        m_open.pop_back();
        JsonNode object(std::move(members)); // in the order of keys: equal ones are neighbours now
        const auto twice
            = std::ranges::adjacent_find(*object.object(), std::ranges::equal_to {}, &JsonMember::key);
        if (twice != object.object()->end()) {
            m_fault = {JsonFault::Kind::KeyTwice, 0, twice->key};
            return false;
        }
        return add(std::move(object));
    }
    bool end_array()
    {
        JsonNode array(std::move(m_open.back().items));
        m_open.pop_back();
        return add(std::move(array));
    }

    bool parse_error(std::size_t byte, const std::string& /*quoted*/, const nlohmann::json::exception& error)
    {
        // The library's own sentence quotes the text; ours says where to look.
        const bool isOverflow = dynamic_cast<const nlohmann::json::out_of_range*>(&error) != nullptr;
        m_fault = {isOverflow ? JsonFault::Kind::NumberTooLarge : JsonFault::Kind::NoJson, 0, {}};
        m_faultyByte = byte;
        return false;
    }
    // NOLINTEND(readability-identifier-naming)

    [[nodiscard]] JsonNode take() { return std::move(m_root); }
    [[nodiscard]] std::size_t faultyByte() const { return m_faultyByte; }

private:
    struct Container {
        bool isObject = false;
        JsonNode::Array items;
        JsonNode::Object members;
    };

    bool open(bool isObject)
    {
        if (m_open.size() == MaxDepth) {
            m_fault = {JsonFault::Kind::TooDeep, 0, {}};
            return false;
        }
        m_open.emplace_back().isObject = isObject;
        return true;
    }

    bool add(JsonNode value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
        } else if (m_open.back().isObject) {
            m_open.back().members.back().value = std::move(value);
        } else {
            m_open.back().items.push_back(std::move(value));
        }
        return true;
    }

    JsonFault& m_fault;
    std::size_t m_faultyByte = 0;
    std::vector<Container> m_open;
    JsonNode m_root;
};

} // namespace

std::optional<JsonNode> parseJson(std::string_view text, JsonFault* fault)
{
    JsonFault met;
    NodeBuilder builder(met);
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
        return builder.take();
    }
    if (fault != nullptr) {
        const std::string_view before = text.substr(0, builder.faultyByte());
        met.line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
        *fault = std::move(met);
    }
    return std::nullopt;
}

std::string jsonFaultText(const JsonFault& fault)
{
    switch (fault.kind) {
    case JsonFault::Kind::NoJson:
        break;
    case JsonFault::Kind::NumberTooLarge:
        return "it holds a number that is too large";
    case JsonFault::Kind::TooDeep:
        return "it nests deeper than " + std::to_string(MaxDepth);
    case JsonFault::Kind::KeyTwice:
        return "the key " + shownText(fault.key) + " stands twice in one object";
    }
    return "it is not JSON (line " + std::to_string(fault.line) + ")";
}

Error jsonError(const JsonFault& fault, std::string_view where)
{
    return {ErrorCode::Usage, std::string(where) + ": " + jsonFaultText(fault), std::string(where)};
}

Result<JsonNode> parseStrictJson(std::string_view text, std::string_view where)
{
    JsonFault fault;
    auto document = parseJson(text, &fault);
    if (!document) {
        return jsonError(fault, where);
    }
    return std::move(*document);
}

} // namespace workbench
