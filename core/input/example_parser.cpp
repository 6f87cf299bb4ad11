// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_parser.h"

#include "core/base/utf8.h"
#include "core/guard/known_limits.h"
#include "core/input/example_slots.h"
#include "core/input/line_scanner.h"
#include "core/json/json_grammar.h"

#include <simdjson.h>

#include <algorithm>

namespace workbench {

namespace {

namespace ondemand = simdjson::ondemand;

/// Walks a whole line once with simdjson's On-Demand parser. On its own that parser lets a bad value pass
/// that nobody asks for; so everything is asked for: each literal, number, string and key is looked at.
class LineWalk {
public:
    LineWalk(const Schema& schema, LineShape shape, TrainingExample& example, std::string_view line,
        std::vector<std::string_view>& keys)
        : m_schema(schema)
        , m_shape(shape)
        , m_example(example)
        , m_line(line)
        , m_keys(keys)
    {
    }

    bool run(ondemand::document& document)
    {
        ondemand::object root;
        return document.get_object().get(root) == simdjson::SUCCESS && object(root, LineObject::Root, 1)
            && isAtEnd(document);
    }

private:
    static constexpr std::size_t FewKeys = 16;

    bool object(ondemand::object& members, LineObject which, std::size_t depth)
    {
        if (depth > MaxNesting) {
            return false;
        }
        const std::size_t firstKey = m_keys.size();
        std::size_t nextFeature = 0;
        for (auto member : members) {
            std::string_view key;
            ondemand::value value;
            if (member.unescaped_key().get(key) != simdjson::SUCCESS || !isSoundKey(key)
                || member.value().get(value) != simdjson::SUCCESS) {
                return false;
            }
            const bool ok = which == LineObject::Features ? feature(key, value, nextFeature, depth)
                                                          : this->member(which, key, value, depth);
            if (!ok) {
                return false;
            }
        }
        return keysDiffer(firstKey);
    }

    /// Nothing but blanks may follow the object.
    static bool isAtEnd(ondemand::document& document)
    {
        return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

    /// An escape may spell half a surrogate pair, which is no character.
    static bool isSoundKey(std::string_view key) { return isValidUtf8(key); }

    bool member(LineObject which, std::string_view key, ondemand::value& value, std::size_t depth)
    {
        m_keys.push_back(key);
        JsonValue read;
        const LineObject opened = objectOf(which, key);
        const bool isPressures = which == LineObject::Targets && key == "pressure_keys";
        if (!this->value(value, read, opened, depth, isPressures)) {
            return false;
        }
        if (JsonValue* const slot = slotOf(m_example, which, key, m_shape)) {
            *slot = read;
        }
        if (which == LineObject::Labels && read.type != JsonType::Null) {
            m_example.labelled = true;
            noteWithheldLabel(m_example, key);
        }
        if (which == LineObject::Root && key == "labels" && !read.isNothing()
            && read.type != JsonType::Object) {
            m_example.labelled = true;
        }
        return true;
    }

    bool feature(std::string_view key, ondemand::value& value, std::size_t& expected, std::size_t depth)
    {
        const auto& features = m_schema.features();
        std::optional<std::size_t> place;
        if (expected < features.size() && features[expected].key == key) {
            place = expected; // keys nearly always come in schema order
        } else {
            place = m_schema.indexOf(key);
        }
        JsonValue read;
        if (!this->value(value, read, LineObject::Unused, depth, false)) {
            return false;
        }
        if (!place) {
            m_keys.push_back(key);
            noteWithheldFeature(m_example, key);
            return true;
        }
        JsonValue& slot = m_example.features[*place];
        if (slot.type != JsonType::Absent) {
            return false; // a duplicate key
        }
        slot = read;
        expected = *place + 1;
        return true;
    }

    bool value(ondemand::value& value, JsonValue& out, LineObject opened, std::size_t depth, bool isPressures)
    {
        ondemand::json_type type {};
        if (value.type().get(type) != simdjson::SUCCESS) {
            return false;
        }
        switch (type) {
        case ondemand::json_type::object: {
            out.type = JsonType::Object;
            out.text = rest(value);
            ondemand::object members;
            if (value.get_object().get(members) != simdjson::SUCCESS) {
                return false;
            }
            return object(members, opened, depth + 1);
        }
        case ondemand::json_type::array:
            out.type = JsonType::Array;
            out.text = rest(value);
            return array(value, depth + 1, isPressures);
        case ondemand::json_type::string:
            out.type = JsonType::String;
            return string(value, out.text);
        case ondemand::json_type::number:
            out.type = JsonType::Number;
            out.text = trimJsonEnd(value.raw_json_token());
            return isJsonNumber(out.text);
        case ondemand::json_type::boolean:
            out.type = JsonType::Boolean;
            out.text = trimJsonEnd(value.raw_json_token());
            return out.text == "true" || out.text == "false";
        case ondemand::json_type::null:
            out.type = JsonType::Null;
            out.text = trimJsonEnd(value.raw_json_token());
            return out.text == "null";
        }
        return false;
    }

    bool array(ondemand::value& value, std::size_t depth, bool isPressures)
    {
        ondemand::array items;
        if (depth > MaxNesting || value.get_array().get(items) != simdjson::SUCCESS) {
            return false;
        }
        for (auto item : items) {
            ondemand::value element;
            JsonValue read;
            if (item.get(element) != simdjson::SUCCESS
                || !this->value(element, read, LineObject::Unused, depth, false)) {
                return false;
            }
            if (isPressures) {
                ++m_example.pressureKeyCount;
                if (m_example.pressureKeyItems.size() <= MaxPressureKeys) {
                    m_example.pressureKeyItems.push_back(read);
                }
            }
        }
        return true;
    }

    static bool string(ondemand::value& value, std::string_view& out)
    {
        const bool escaped = std::string_view(value.raw_json_token()).find('\\') != std::string_view::npos;
        return value.get_string().get(out) == simdjson::SUCCESS && (!escaped || isValidUtf8(out));
    }

    /// The line from a container's bracket on; cut to the container where it is shown.
    std::string_view rest(ondemand::value& value) const
    {
        const std::string_view token = value.raw_json_token();
        return m_line.substr(static_cast<std::size_t>(token.data() - m_line.data()));
    }

    /// Forgets the keys from `first` on; false when two are equal.
    bool keysDiffer(std::size_t first)
    {
        const auto begin = m_keys.begin() + static_cast<std::ptrdiff_t>(first);
        bool differ = true;
        if (m_keys.size() - first <= FewKeys) {
            for (auto it = begin; differ && it != m_keys.end(); ++it) {
                differ = std::find(begin, it, *it) == it;
            }
        } else {
            std::sort(begin, m_keys.end());
            differ = std::adjacent_find(begin, m_keys.end()) == m_keys.end();
        }
        m_keys.resize(first);
        return differ;
    }

    const Schema& m_schema;
    LineShape m_shape;
    TrainingExample& m_example;
    std::string_view m_line;
    std::vector<std::string_view>& m_keys; ///< of the objects that are open, innermost last
};

} // namespace

struct ExampleParser::State {
    State(SchemaPtr of, LineShape as) : schema(std::move(of)), shape(as), scanner(*schema, as) {}

    SchemaPtr schema;
    LineShape shape;
    LineScanner scanner;
    ondemand::parser parser;
    TrainingExample example;
    std::vector<std::string_view> keys;
};

ExampleParser::ExampleParser(SchemaPtr schema, LineShape shape)
    : m_state(std::make_unique<State>(std::move(schema), shape))
{
}

ExampleParser::~ExampleParser() = default;
ExampleParser::ExampleParser(ExampleParser&&) noexcept = default;
ExampleParser& ExampleParser::operator=(ExampleParser&&) noexcept = default;

const TrainingExample& ExampleParser::parse(std::string_view line)
{
    TrainingExample& example = m_state->example;
    example.clear(m_state->schema->features().size());
    example.line = line;
    return m_state->scanner.scan(line, example) ? example : parseGenerally(line);
}

const TrainingExample& ExampleParser::parseGenerally(std::string_view line)
{
    static_assert(LinePadding >= simdjson::SIMDJSON_PADDING);
    State& state = *m_state;
    const std::size_t featureCount = state.schema->features().size();
    state.example.clear(featureCount);
    state.keys.clear();
    state.example.line = line;
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + LinePadding);
    ondemand::document document;
    const bool wellFormed = line.size() <= MaxLineLength
        && state.parser.iterate(padded).get(document) == simdjson::SUCCESS
        && LineWalk(*state.schema, state.shape, state.example, line, state.keys).run(document);
    return wellFormed ? state.example : malformed(line);
}

const TrainingExample& ExampleParser::malformed(std::string_view beginning)
{
    TrainingExample& example = m_state->example;
    example.clear(m_state->schema->features().size());
    example.line = beginning;
    example.malformed = true;
    return example;
}

} // namespace workbench
