// SPDX-License-Identifier: Apache-2.0
#include "tests/support/oracle_json.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <set>

namespace workbench::oracle {

namespace {

constexpr std::size_t MostNesting = 64;
constexpr std::size_t LongestLine = 16UL * 1024 * 1024;

/// First pass: keeps nothing and only says whether all is well.
class Judge final : public nlohmann::json::json_sax_t {
public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool string(string_t& /*value*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*elements*/) override
    {
        m_keys.emplace_back();
        return m_keys.size() <= MostNesting;
    }
    bool key(string_t& value) override { return m_keys.back().insert(value).second; }
    bool end_object() override
    {
        m_keys.pop_back();
        return true;
    }
    bool start_array(std::size_t /*elements*/) override
    {
        m_keys.emplace_back(); // no keys, but a level
        return m_keys.size() <= MostNesting;
    }
    bool end_array() override { return end_object(); }
    bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
        const nlohmann::detail::exception& /*error*/) override
    {
        return false;
    }

private:
    std::vector<std::set<std::string>> m_keys;
};

bool partOfNumber(char c)
{
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
}

/// The library refuses numbers that overflow a double, the contract does not: here they become a 0 each,
/// unless they are no number at all, which the library shall judge.
std::string withoutOverflow(std::string_view line)
{
    std::string result;
    bool inString = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (inString) {
            result += c;
            if (c == '\\' && at + 1 < line.size()) {
                result += line[++at];
            } else if (c == '"') {
                inString = false;
            }
        } else if ((c >= '0' && c <= '9') || c == '-') {
            std::string token;
            while (at < line.size() && partOfNumber(line[at])) {
                token += line[at++];
            }
            --at;
            char* end = nullptr;
            const bool overflows = std::isinf(std::strtod(token.c_str(), &end)) && *end == '\0';
            // Digits only in the place of the exponent keep a wrong spelling wrong: 01e999 → 01e0.
            result += overflows ? token.substr(0, token.find_first_of("eE")).substr(0, 300) + "e0" : token;
        } else {
            result += c;
            inString = c == '"';
        }
    }
    return result;
}

/// Second pass, over text that is known to be JSON: cuts it into nodes.
class Cutter {
public:
    explicit Cutter(std::string_view text) : m_text(text) {}

    Node value()
    {
        skipSpace();
        const std::size_t start = m_at;
        Node node;
        switch (m_text[m_at]) {
        case '{':
            node.kind = Node::Kind::Object;
            for (++m_at; next() != '}'; skipComma()) {
                std::string key = value().text;
                skipSpace();
                ++m_at; // the colon
                node.members.push_back({std::move(key), value()});
            }
            ++m_at;
            break;
        case '[':
            node.kind = Node::Kind::Array;
            for (++m_at; next() != ']'; skipComma()) {
                node.items.push_back(value());
            }
            ++m_at;
            break;
        case '"':
            node.kind = Node::Kind::String;
            for (++m_at; m_text[m_at] != '"'; ++m_at) {
                m_at += m_text[m_at] == '\\' ? 1 : 0;
            }
            ++m_at;
            node.text = nlohmann::json::parse(m_text.substr(start, m_at - start)).get<std::string>();
            break;
        default:
            while (m_at < m_text.size()
                && std::string_view(" \t\r\n,]}").find(m_text[m_at]) == std::string_view::npos) {
                ++m_at;
            }
            node.kind = m_text[start] == 'n'                   ? Node::Kind::Null
                : m_text[start] == 't' || m_text[start] == 'f' ? Node::Kind::Boolean
                                                               : Node::Kind::Number;
        }
        node.raw = m_text.substr(start, m_at - start);
        return node;
    }

private:
    void skipSpace()
    {
        while (std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos) {
            ++m_at;
        }
    }
    char next()
    {
        skipSpace();
        return m_text[m_at];
    }
    void skipComma() { m_at += next() == ',' ? 1 : 0; }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

const Node* Node::find(std::string_view key) const
{
    for (const auto& [name, node] : members) {
        if (name == key) {
            return node.kind == Kind::Null ? nullptr : &node;
        }
    }
    return nullptr;
}

std::optional<Node> parseLine(std::string_view line)
{
    // The library takes a zero byte for the end and a byte order mark for nothing; both are wrong here.
    if (line.size() > LongestLine || line.find('\0') != std::string_view::npos
        || line.starts_with("\xef\xbb\xbf")) {
        return std::nullopt;
    }
    const std::string finite = withoutOverflow(line);
    Judge judge;
    if (!nlohmann::json::sax_parse(finite, &judge)) {
        return std::nullopt;
    }
    Node node = Cutter(line).value();
    if (node.kind != Node::Kind::Object) {
        return std::nullopt;
    }
    return node;
}

} // namespace workbench::oracle
