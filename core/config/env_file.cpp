// SPDX-License-Identifier: Apache-2.0
// loadEnvFile and parseEnvFile: the syntax of dotenv tools (contract, section 2).
#include "core/base/ascii.h"
#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/config/export_config.h"

#include <filesystem>

namespace workbench {

namespace {

using Entries = std::map<std::string, std::string>;

constexpr std::uint64_t MaxEnvFileBytes = 1U << 20;

bool isBlank(char c) { return c == ' ' || c == '\t'; }

bool isKeyStart(char c) { return isLetter(c) || c == '_'; }

bool isKeyCharacter(char c) { return isNameCharacter(c) || c == '.'; }

/// BOM away; CRLF and lone CR to LF.
std::string plainText(std::string_view text)
{
    if (text.starts_with(Utf8ByteOrderMark)) {
        text.remove_prefix(3);
    }
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\r') {
            plain += text[at];
        } else if (at + 1 == text.size() || text[at + 1] != '\n') {
            plain += '\n';
        }
    }
    return plain;
}

class Reader {
public:
    Reader(std::string text, std::string_view where) : m_text(std::move(text)), m_where(where) {}

    Result<Entries> read()
    {
        Entries entries;
        while (m_at < m_text.size()) {
            skipBlanks();
            if (!atLineEnd() && peek() != '#') {
                if (const auto done = readEntry(entries); !done) {
                    return done.error();
                }
            }
            skipLine();
        }
        return entries;
    }

private:
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\n'; }
    [[nodiscard]] bool atLineEnd() const { return peek() == '\n'; }

    void skipBlanks()
    {
        while (isBlank(peek())) {
            ++m_at;
        }
    }

    void skipLine()
    {
        while (!atLineEnd()) {
            ++m_at;
        }
        ++m_at;
        ++m_line;
    }

    /// Never quotes the line: it may hold a token.
    [[nodiscard]] Error refusal(std::size_t line, const std::string& why) const
    {
        const std::string place = std::string(m_where) + ":" + std::to_string(line);
        return {ErrorCode::Usage, place + ": " + why, std::string(m_where)};
    }

    std::string readKey()
    {
        const std::size_t start = m_at;
        if (isKeyStart(peek())) {
            while (isKeyCharacter(peek())) {
                ++m_at;
            }
        }
        return m_text.substr(start, m_at - start);
    }

    Result<void> readEntry(Entries& entries)
    {
        std::string key = readKey();
        if (key == "export" && isBlank(peek())) {
            skipBlanks();
            if (peek() != '=') { // else the key itself is called export
                key = readKey();
            }
        }
        skipBlanks();
        if (key.empty() || peek() != '=') {
            return refusal(m_line, "this line is not KEY=value, a comment or blank");
        }
        ++m_at;
        skipBlanks();
        const auto value = readValue();
        if (!value) {
            return value.error();
        }
        if (value->find('\0') != std::string::npos) {
            return refusal(m_line, "the value of " + key + " holds a NUL character");
        }
        entries[key] = *value; // the last one of a key counts
        return {};
    }

    Result<std::string> readValue()
    {
        const char first = peek();
        if (first == '"' || first == '\'' || first == '`') {
            return readQuoted(first);
        }
        const std::size_t start = m_at;
        while (!atLineEnd() && !startsComment(start)) {
            ++m_at;
        }
        std::size_t end = m_at;
        while (end > start && isBlank(m_text[end - 1])) {
            --end;
        }
        return m_text.substr(start, end - start);
    }

    /// A `#` is part of a value unless a blank or nothing at all stands before it.
    [[nodiscard]] bool startsComment(std::size_t valueStart) const
    {
        return peek() == '#' && (m_at == valueStart || isBlank(m_text[m_at - 1]));
    }

    Result<std::string> readQuoted(char quote)
    {
        const std::size_t firstLine = m_line;
        std::string value;
        ++m_at;
        for (; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            if (m_text[m_at] == '\n') {
                ++m_line; // a quoted value may go over several lines
            }
            if (quote == '"' && m_text[m_at] == '\\' && m_at + 1 < m_text.size()) {
                ++m_at;
                appendEscaped(value, m_text[m_at]);
            } else {
                value += m_text[m_at];
            }
        }
        if (m_at == m_text.size()) {
            return refusal(firstLine, "the quote that opens here is never closed");
        }
        ++m_at;
        skipBlanks();
        if (!atLineEnd() && peek() != '#') {
            return refusal(m_line, "something stands behind the closing quote");
        }
        return value;
    }

    void appendEscaped(std::string& value, char c)
    {
        switch (c) {
        case 'n':
            value += '\n';
            break;
        case 'r':
            value += '\r';
            break;
        case 't':
            value += '\t';
            break;
        case '"':
        case '\\':
        case '$':
            value += c;
            break;
        case '\n':
            ++m_line;
            [[fallthrough]];
        default:
            value += '\\';
            value += c;
        }
    }

    std::string m_text;
    std::string_view m_where;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
};

} // namespace

Result<std::map<std::string, std::string>> parseEnvFile(std::string_view text, std::string_view where)
{
    return Reader(plainText(text), where).read();
}

Result<std::map<std::string, std::string>> loadEnvFile(const std::string& path, bool required)
{
    std::error_code ignored; // what cannot be looked at is reported when it is read
    const auto status = std::filesystem::status(path, ignored);
    if (!required && (!std::filesystem::exists(status) || std::filesystem::is_directory(status))) {
        return Entries {}; // a folder called .env is somebody's Python, not ours
    }
    const auto text = readFile(path, MaxEnvFileBytes);
    if (!text) {
        return text.error();
    }
    return parseEnvFile(*text, path);
}

} // namespace workbench
