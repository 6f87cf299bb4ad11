// SPDX-License-Identifier: Apache-2.0
#include "core/input/labelled_parser.h"

#include "core/base/utf8.h"
#include "core/json/json_grammar.h"
#include "core/json/json_pieces.h"

#include <algorithm>
#include <vector>

namespace workbench {

namespace {

constexpr std::string_view Key = "\"labels\":";
constexpr std::size_t KeptCharacters = 2000; ///< of a file that is no object: as many as may be revealed

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view text)
{
    if (text.starts_with(Utf8ByteOrderMark)) {
        text.remove_prefix(Utf8ByteOrderMark.size());
    }
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    return trimJsonEnd(text);
}

/// A JSON string of any bytes, of their first characters: what is not UTF-8 becomes U+FFFD.
std::string asString(std::string_view bytes, std::size_t most = KeptCharacters)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string text = "\"";
    std::size_t at = 0;
    for (std::size_t count = 0; at < bytes.size() && count < most; ++count) {
        const char32_t c = nextCodePoint(bytes, at);
        if (c < 0x20) {
            text += "\\u00";
            text += {Digits[c >> 4U], Digits[c & 15U]};
            continue;
        }
        if (c == U'"' || c == U'\\') {
            text += '\\';
        }
        appendUtf8(text, c);
    }
    return text + '"';
}

/// Members of one object: the key with escapes undone, and both as they are written.
struct Member {
    std::string key;
    std::string_view value;
};

std::vector<Member> membersOf(std::string_view object)
{
    std::vector<Member> members;
    forEachPiece(object, [&](std::string_view key, std::string_view value) {
        members.push_back({std::string(key), value});
    });
    return members;
}

/// `base`, and `top` over it.
std::string mergedObject(std::string_view base, std::string_view top)
{
    const std::vector<Member> over = membersOf(top);
    std::vector<Member> all = membersOf(base);
    std::erase_if(all, [&](const Member& member) {
        return std::ranges::any_of(over, [&](const Member& other) { return other.key == member.key; });
    });
    all.insert(all.end(), over.begin(), over.end());
    std::string text = "{";
    for (const Member& member : all) {
        text += (text.size() == 1 ? "" : ",") + asString(member.key, member.key.size()) + ':';
        text += member.value;
    }
    return text + '}';
}

} // namespace

LabelledParser::LabelledParser(const SchemaPtr& schema, LineShape shape, LabelFilesPtr labels)
    : m_labels(std::move(labels))
    , m_parser(schema, shape)
    , m_fileParser(schema, LineShape::Example)
{
}

const TrainingExample& LabelledParser::malformed(std::string_view beginning)
{
    m_sidecar.reset();
    return m_parser.malformed(beginning);
}

const TrainingExample& LabelledParser::parseAlone(std::string_view line)
{
    const TrainingExample& example = m_parser.parse(line);
    m_sidecar = m_labels && !example.malformed && example.id.type == JsonType::String
        ? m_labels->find(example.id.text)
        : std::nullopt;
    return example;
}

Result<const TrainingExample*> LabelledParser::parse(std::string_view line)
{
    const TrainingExample& example = parseAlone(line);
    if (!m_sidecar || (!example.labelsObject.isNothing() && example.labelsObject.type != JsonType::Object)) {
        return &example;
    }
    if (auto read = m_labels->read(*m_sidecar, m_file); !read) {
        return read.error();
    }
    const std::string_view text = trimmed(m_file);
    if (text == "null" && !m_labels->isTooLarge(*m_sidecar)) {
        return &example;
    }
    const auto object = objectOf(text);
    if (object) {
        setLabels(example,
            example.labelsObject.type == JsonType::Object
                ? mergedObject(containerExtent(example.labelsObject.text), *object)
                : *object);
        const TrainingExample& merged = parseMerged();
        if (!merged.malformed) {
            return &merged;
        }
        // Too deep or too long inside the line: it is the file's fault, not the line's.
        setLabels(m_parser.parse(line), asString(*object));
        return &parseMerged();
    }
    setLabels(example, asString(text));
    return &parseMerged();
}

std::optional<std::string> LabelledParser::objectOf(std::string_view text)
{
    if (m_labels->isTooLarge(*m_sidecar)) {
        return std::nullopt;
    }
    std::string object(text);
    object.append(LinePadding, '\0');
    if (m_fileParser.parseGenerally(std::string_view(object).substr(0, text.size())).malformed) {
        return std::nullopt;
    }
    object.resize(text.size());
    // In JSON that is sound line breaks stand between values only; as blanks they keep the merged line a
    // line.
    std::ranges::replace_if(
        object, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return object;
}

void LabelledParser::setLabels(const TrainingExample& example, std::string_view value)
{
    const std::string_view line = example.line;
    const JsonValue& labels = example.labelsObject;
    m_merged.clear();
    if (labels.type == JsonType::Absent) {
        const std::size_t inside = line.find('{') + 1;
        m_merged.append(line.substr(0, inside)).append(Key).append(value).append(",");
        m_merged.append(line.substr(inside));
        return;
    }
    const auto begin = static_cast<std::size_t>(labels.text.data() - line.data());
    const std::size_t length
        = labels.type == JsonType::Object ? containerExtent(labels.text).size() : labels.text.size();
    m_merged.append(line.substr(0, begin)).append(value).append(line.substr(begin + length));
}

const TrainingExample& LabelledParser::parseMerged()
{
    const std::size_t length = m_merged.size();
    m_merged.append(LinePadding, '\0');
    return m_parser.parse(std::string_view(m_merged).substr(0, length));
}

} // namespace workbench
