// SPDX-License-Identifier: Apache-2.0
#include "tests/support/oracle.h"

#include "tests/support/example_builder.h"
#include "tests/support/oracle_json.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <regex>

namespace workbench::oracle {

namespace {

using Kind = Node::Kind;

const std::vector<std::string> BoundaryClasses {
    "healthy", "confirm_mappings", "stable", "follow_up", "capacity", "pricing", "unknown"};
const std::vector<std::string> BlockedPrefixes {"rag_", "website_", "tool_", "raw_", "content_", "summary_",
    "description_", "notes_", "context_", "narrative_"};

bool contains(const std::vector<std::string>& set, const std::string& text)
{
    return std::find(set.begin(), set.end(), text) != set.end();
}

bool matches(const std::string& text, const std::regex& pattern)
{
    return text.size() <= 200 && std::regex_match(text, pattern);
}

const std::regex IdForm("[A-Za-z0-9_.:-]{1,64}");
const std::regex UuidForm("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
const std::regex UlidForm("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}");
const std::regex DigestForm("[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");
const std::regex PressureKeyForm("[a-z][a-z0-9_]{0,63}");

std::string quoted(const std::string& safe) { return '"' + safe + '"'; }

/// One row being judged: each function writes a value's canonical text and notes what is wrong with it.
class Row {
public:
    Row(const Node& node, const Schema& schema) : m_node(node), m_schema(schema) {}

    Answer answer()
    {
        std::string line = R"({"example_id":)"
            + required("id", [this](const Node& n, const std::string& p) { return id(n, p); });
        line += R"(,"created_at":)"
            + required("created_at", [this](const Node& n, const std::string& p) { return time(n, p); });
        line += R"(,"source":)" + required("source", [this](const Node& n, const std::string& p) {
            return member(n, p, m_schema.sources());
        });
        line += R"(,"industry_key":)" + required("industry_key", [this](const Node& n, const std::string& p) {
            return member(n, p, m_schema.industries());
        });
        version();
        line += R"(,"schema_version":)" + quoted(m_schema.version());
        line += R"(,"schema_hash":)" + quoted(m_schema.hash());
        const std::string all = features();
        line += R"(,"window_rule":)" + m_windowRule + R"(,"features":)" + all;
        line += R"(,"targets":)" + targets();
        line += R"(,"labels":)" + labels() + "}\n";
        if (m_answer.findings.empty()) {
            m_answer.line = std::move(line);
        }
        return std::move(m_answer);
    }

private:
    void note(Rule rule, const std::string& path, std::string_view value)
    {
        m_answer.findings.push_back({.rule = rule, .path = path, .masked = mask(value)});
    }

    /// A string that may not leave: what the patterns say, else `otherwise`.
    std::string refuse(const Node& node, const std::string& path, Rule otherwise)
    {
        std::vector<Rule> rules;
        if (node.kind == Kind::String) {
            rules = patternRules(node.text);
        }
        if (rules.empty()) {
            rules.push_back(otherwise);
        }
        for (const Rule rule : rules) {
            note(rule, path, node.shown());
        }
        return "null";
    }

    /// What belongs there is a string, but not this value.
    std::string refuseText(const Node& node, const std::string& path)
    {
        return refuse(node, path, node.kind == Kind::String ? Rule::UnexpectedString : Rule::WrongType);
    }

    template <class Write> std::string required(const std::string& path, Write write)
    {
        const Node* node = m_node.find(path);
        if (node == nullptr) {
            note(Rule::MissingField, path, "");
            return "null";
        }
        return write(*node, path);
    }

    std::string id(const Node& node, const std::string& path)
    {
        const bool grammar = node.kind == Kind::String && matches(node.text, IdForm);
        const bool letter = node.text.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
            != std::string::npos;
        const bool wellKnown = letter
            && (matches(node.text, UuidForm) || matches(node.text, UlidForm)
                || matches(node.text, DigestForm));
        if (grammar && (wellKnown || (patternRules(node.text).empty() && !isSecret(node.text)))) {
            return quoted(node.text);
        }
        return refuseText(node, path);
    }

    std::string time(const Node& node, const std::string& path)
    {
        if (node.kind == Kind::String && node.text.size() <= 100) {
            const std::string written = canonicalTime(node.text);
            if (!written.empty()) {
                return quoted(written);
            }
        }
        return refuseText(node, path);
    }

    std::string member(const Node& node, const std::string& path, const std::vector<std::string>& set)
    {
        return node.kind == Kind::String && contains(set, node.text) ? quoted(node.text)
                                                                     : refuseText(node, path);
    }

    void version()
    {
        const Node* node = m_node.find("feature_schema");
        if (node == nullptr || node->kind != Kind::String || node->text != m_schema.version()) {
            note(Rule::SchemaMismatch, "feature_schema", shownOf("feature_schema"));
        }
    }

    /// Nothing for an absent member, "null" for null.
    std::string_view shownOf(std::string_view key) const
    {
        for (const auto& [name, node] : m_node.members) {
            if (name == key) {
                return node.shown();
            }
        }
        return {};
    }

    std::string number(const Node& node, const std::string& path, double min, double max, bool whole)
    {
        if (node.kind == Kind::String) {
            return refuse(node, path, Rule::UnexpectedString);
        }
        if (node.kind != Kind::Number) {
            return refuse(node, path, Rule::WrongType);
        }
        const double value = std::strtod(std::string(node.raw).c_str(), nullptr);
        if (!std::isfinite(value)) {
            return refuse(node, path, Rule::NotFinite);
        }
        if (value < min || value > max || (whole && value != std::floor(value))) {
            return refuse(node, path, Rule::OutOfRange);
        }
        return formatNumber(value);
    }

    std::string features()
    {
        m_windowRule = "null";
        const Node* object = m_node.find("features");
        if (object == nullptr || object->kind != Kind::Object) {
            note(Rule::MissingField, "features", "");
            return "{}";
        }
        for (const auto& [key, value] : object->members) {
            if (!m_schema.indexOf(key)) {
                countWithheld(key);
            }
        }
        std::string text;
        for (const Feature& feature : m_schema.features()) {
            const Node* value = object->find(feature.key);
            const std::string path = "features." + feature.key;
            std::string written = "null";
            if (value != nullptr) {
                written = feature.kind == FeatureKind::Enum
                    ? member(*value, path, feature.values)
                    : number(*value, path, feature.min, feature.max, feature.kind == FeatureKind::Integer);
            }
            if (feature.key == "window_rule") {
                m_windowRule = written;
            }
            text += (text.empty() ? "" : ",") + quoted(feature.key) + ":" + written;
        }
        return "{" + text + "}";
    }

    void countWithheld(const std::string& key)
    {
        std::size_t reason = WithheldNotAllowlisted;
        for (std::size_t i = 0; i < BlockedPrefixes.size(); ++i) {
            if (key.starts_with(BlockedPrefixes[i])) {
                reason = i;
            }
        }
        ++m_answer.withheld.at(reason);
    }

    /// The members of an object that may be missing; what is neither object nor null is refused.
    const Node* optionalObject(const std::string& path)
    {
        const Node* node = m_node.find(path);
        if (node != nullptr && node->kind != Kind::Object) {
            note(Rule::WrongType, path, node->shown());
            return nullptr;
        }
        return node;
    }

    std::string targets()
    {
        const Node* object = optionalObject("targets");
        std::string boundary = "null";
        std::string keys = "[]";
        if (object != nullptr) {
            if (const Node* node = object->find("boundary_class")) {
                boundary = member(*node, "targets.boundary_class", BoundaryClasses);
            }
            if (const Node* node = object->find("pressure_keys")) {
                keys = pressureKeys(*node, "targets.pressure_keys");
            }
        }
        return R"({"boundary_class":)" + boundary + R"(,"pressure_keys":)" + keys + "}";
    }

    std::string pressureKeys(const Node& node, const std::string& path)
    {
        if (node.kind != Kind::Array) {
            return refuse(node, path, Rule::WrongType);
        }
        if (node.items.size() > 16) {
            note(Rule::OutOfRange, path, node.shown());
        }
        std::string text;
        for (std::size_t i = 0; i < node.items.size() && i < 16; ++i) {
            const Node& item = node.items[i];
            const std::string place = path + "[" + std::to_string(i) + "]";
            const bool good = item.kind == Kind::String && matches(item.text, PressureKeyForm)
                && patternRules(item.text).empty() && !isSecret(item.text);
            text += (i == 0 ? "" : ",") + (good ? quoted(item.text) : refuseText(item, place));
        }
        return "[" + text + "]";
    }

    std::string labels()
    {
        const Node* object = optionalObject("labels");
        std::string score = "null";
        std::string feedback = "null";
        std::string wrong = "null";
        std::string chosen = "null";
        if (object != nullptr) {
            if (const Node* node = object->find("reviewer_score")) {
                score = number(*node, "labels.reviewer_score", 0, 5, true);
            }
            if (const Node* node = object->find("client_feedback")) {
                feedback = member(*node, "labels.client_feedback", {"up", "down"});
            }
            wrong = boolean(*object, "mapping_was_wrong");
            chosen = boolean(*object, "outcome_next_step_chosen");
            m_answer.withheld.at(WithheldReviewerNotes) += object->find("reviewer_notes") != nullptr ? 1 : 0;
            m_answer.withheld.at(WithheldFeedbackReason)
                += object->find("client_feedback_reason") != nullptr ? 1 : 0;
        }
        return R"({"reviewer_score":)" + score + R"(,"client_feedback":)" + feedback
            + R"(,"mapping_was_wrong":)" + wrong + R"(,"outcome_next_step_chosen":)" + chosen + "}";
    }

    std::string boolean(const Node& object, const std::string& key)
    {
        const Node* node = object.find(key);
        if (node == nullptr) {
            return "null";
        }
        return node->kind == Kind::Boolean ? std::string(node->raw)
                                           : refuse(*node, "labels." + key, Rule::WrongType);
    }

    const Node& m_node;
    const Schema& m_schema;
    std::string m_windowRule;
    Answer m_answer;
};

} // namespace

Answer judge(std::string_view line, const Schema& schema)
{
    const std::optional<Node> node = parseLine(line);
    if (!node) {
        Answer answer;
        answer.findings.push_back({.rule = Rule::Malformed, .path = "", .masked = mask(line)});
        return answer;
    }
    return Row(*node, schema).answer();
}

std::string withLabels(std::string_view line, std::string_view file)
{
    const auto row = parseLine(line);
    const auto over = parseLine(file);
    if (!row || (!over && file == "null")) {
        return std::string(line);
    }
    const Node* const own = row->find("labels");
    if (own != nullptr && own->kind != Kind::Object) {
        return std::string(line);
    }
    std::vector<Member> all;
    for (const auto& member : own == nullptr ? std::vector<Member> {} : own->members) {
        const auto same = [&](const auto& other) { return other.name == member.name; };
        if (over && std::none_of(over->members.begin(), over->members.end(), same)) {
            all.push_back(member);
        }
    }
    std::string labels = over ? "{" : quotedJson(file);
    if (over) {
        all.insert(all.end(), over->members.begin(), over->members.end());
        for (const auto& [key, value] : all) {
            labels += (labels.size() == 1 ? "" : ",") + quotedJson(key) + ':' + std::string(value.raw);
        }
        labels += '}';
    }
    std::string text = "{\"labels\":" + labels;
    for (const auto& [key, value] : row->members) {
        text += key == "labels" ? std::string() : ',' + quotedJson(key) + ':' + std::string(value.raw);
    }
    return text + '}';
}

} // namespace workbench::oracle
