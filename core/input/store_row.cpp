// SPDX-License-Identifier: Apache-2.0
#include "core/input/store_row.h"

#include "core/json/json_writer.h"
#include "core/json/number_format.h"
#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

/// Of a cell in a row that is too long: enough for a finding's shape.
constexpr std::size_t CutCellBytes = 4096;

/// Whether brackets and quotes close within the text and nothing at its top level could belong to what stands
/// around it. With that, a line in which it stands can be sound only if it is one sound value itself.
bool staysInside(std::string_view text)
{
    std::size_t depth = 0;
    bool something = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        switch (c) {
        case '"':
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                if (static_cast<unsigned char>(text[at]) < 0x20) {
                    return false; // also a line break, which would become a blank
                }
                at += text[at] == '\\' ? 1 : 0;
            }
            if (at >= text.size()) {
                return false;
            }
            something = true;
            break;
        case '{':
        case '[':
            ++depth;
            something = true;
            break;
        case '}':
        case ']':
            if (depth == 0) {
                return false;
            }
            --depth;
            break;
        case ',':
        case ':':
            if (depth == 0) {
                return false;
            }
            break;
        case ' ':
        case '\t':
        case '\n':
        case '\r':
            break;
        default:
            something = true;
        }
    }
    return depth == 0 && something;
}

void appendOnOneLine(std::string& out, std::string_view text)
{
    const std::size_t before = out.size();
    out += text;
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
        [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

} // namespace

StoreRowWriter::StoreRowWriter() : m_parser(defaultSchema(), LineShape::Example) {}

void StoreRowWriter::append(const StoreRow& row, std::string& out)
{
    // Nearly always the first will do.
    if (!compose(row, Care::Trusting) && !compose(row, Care::Doubting)) {
        static_cast<void>(compose(row, Care::Cutting));
    }
    out += m_line;
    out += '\n';
}

bool StoreRowWriter::compose(const StoreRow& row, Care care)
{
    m_line.assign(1, '{');
    for (std::size_t column = 0; column < row.size(); ++column) {
        const StoreCell& cell = row[column];
        if (cell.type == StoreCell::Type::Null) {
            continue;
        }
        m_line += m_line.size() == 1 ? "\"" : ",\"";
        m_line += StoreColumns[column];
        m_line += "\":";
        const bool json = column >= FirstJsonColumn;
        const bool cut = care == Care::Cutting && cell.text.size() > CutCellBytes;
        const std::string_view text = cut ? cell.text.substr(0, CutCellBytes) : cell.text;
        switch (cell.type) {
        case StoreCell::Type::Text:
            json && !cut ? addJson(text, care) : appendJsonString(m_line, text);
            break;
        case StoreCell::Type::Integer:
            m_line += std::to_string(cell.integer);
            break;
        case StoreCell::Type::Real:
            if (std::isfinite(cell.real)) {
                appendCanonicalNumber(m_line, cell.real);
            } else {
                m_line += "1e999"; // what it is in JSON: a number beyond all
            }
            break;
        case StoreCell::Type::Bytes:
            m_line += json ? "\"bytes, not text\"" : "[\"bytes, not text\"]";
            break;
        case StoreCell::Type::Null:
            break;
        }
    }
    m_line += '}';
    return m_line.size() <= MaxLineLength && isSound(m_line);
}

void StoreRowWriter::addJson(std::string_view text, Care care)
{
    bool sound = staysInside(text);
    if (sound && care != Care::Trusting) {
        m_probe.assign("{\"\":");
        appendOnOneLine(m_probe, text);
        m_probe += '}';
        sound = m_probe.size() <= MaxLineLength && isSound(m_probe);
    }
    sound ? appendOnOneLine(m_line, text) : appendJsonString(m_line, text);
}

bool StoreRowWriter::isSound(std::string& line)
{
    const std::size_t size = line.size();
    line.append(LinePadding, '\0');
    const bool sound = !m_parser.parse(std::string_view(line).substr(0, size)).malformed;
    line.resize(size);
    return sound;
}

} // namespace workbench
