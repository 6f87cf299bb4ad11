// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_writer.h"

#include "core/base/utf8.h"
#include "core/json/number_format.h"

#include <utility>

namespace workbench {

void appendJsonString(std::string& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x80) {
            appendUtf8(out, nextCodePoint(text, at));
            continue;
        }
        ++at;
        switch (byte) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (byte < 0x20 || byte == 0x7f) {
                out += "\\u00";
                out += digits[byte >> 4U];
                out += digits[byte & 0x0fU];
            } else {
                out += static_cast<char>(byte);
            }
        }
    }
    out += '"';
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    separate();
    appendJsonString(m_out, name);
    m_out += m_levels.back().layout == Layout::Compact ? ":" : ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value)
{
    beforeValue();
    appendJsonString(m_out, value);
    return *this;
}

JsonWriter& JsonWriter::textOrNull(std::string_view value) { return value.empty() ? null() : text(value); }

JsonWriter& JsonWriter::count(std::uint64_t value)
{
    beforeValue();
    m_out += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::number(double value)
{
    beforeValue();
    appendCanonicalNumber(m_out, value);
    return *this;
}

JsonWriter& JsonWriter::flag(bool value)
{
    beforeValue();
    m_out += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null()
{
    beforeValue();
    m_out += "null";
    return *this;
}

std::string JsonWriter::take()
{
    m_out += '\n';
    m_levels.clear();
    return std::exchange(m_out, {});
}

JsonWriter& JsonWriter::begin(char bracket, Layout layout)
{
    beforeValue();
    // What lies in a line stays in that line.
    if (!m_levels.empty() && m_levels.back().layout != Layout::Lines) {
        layout = m_levels.back().layout;
    }
    m_out += bracket;
    m_levels.push_back({layout, true});
    return *this;
}

JsonWriter& JsonWriter::end(char bracket)
{
    const Level level = m_levels.back();
    m_levels.pop_back();
    if (level.layout == Layout::Lines && !level.empty) {
        m_out += '\n';
        m_out.append(2 * m_levels.size(), ' ');
    }
    m_out += bracket;
    return *this;
}

void JsonWriter::beforeValue()
{
    if (!std::exchange(m_afterKey, false)) {
        separate();
    }
}

void JsonWriter::separate()
{
    if (m_levels.empty()) {
        return;
    }
    Level& level = m_levels.back();
    if (!std::exchange(level.empty, false)) {
        m_out += level.layout == Layout::OneLine ? ", " : ",";
    }
    if (level.layout == Layout::Lines) {
        m_out += '\n';
        m_out.append(2 * m_levels.size(), ' ');
    }
}

} // namespace workbench
