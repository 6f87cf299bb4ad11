// SPDX-License-Identifier: Apache-2.0
#include "core/review/row_loader.h"

#include "core/base/utf8.h"
#include "core/input/example_parser.h"
#include "core/input/labelled_parser.h"
#include "core/json/json_pieces.h"
#include "core/review/source_file.h"

#include <algorithm>
#include <deque>

namespace workbench {

namespace {

constexpr std::size_t OpenFiles = 16;
/// Of a line that is too long to be parsed only this much is read.
constexpr std::size_t RawLineBytes = 64U << 10;

/// The first `limit` characters.
std::string_view firstCharacters(std::string_view text, std::size_t limit)
{
    std::size_t at = 0;
    for (std::size_t count = 0; count < limit && at < text.size(); ++count) {
        (void)nextCodePoint(text, at);
    }
    return text.substr(0, at);
}

} // namespace

struct RowLoader::State {
    explicit State(IndexPtr examples)
        : index(std::move(examples))
        , parser(index->schema(), LineShape::Example, index->files().labels)
        , guard(index->schema())
    {
    }

    IndexPtr index;
    LabelledParser parser;
    PiiGuard guard;
    TrainingExample malformed;
    std::string buffer;
    std::deque<std::pair<std::uint32_t, SourceFile>> open; ///< oldest first

    Result<SourceFile*> file(std::uint32_t number)
    {
        const auto known = std::find_if(
            open.begin(), open.end(), [number](const auto& entry) { return entry.first == number; });
        if (known != open.end()) {
            return &known->second;
        }
        auto opened = SourceFile::open(index->files().files[number]);
        if (!opened) {
            return opened.error();
        }
        if (open.size() == OpenFiles) {
            open.pop_front();
        }
        open.emplace_back(number, std::move(*opened));
        return &open.back().second;
    }

    /// The row's line in `buffer`; a line that is too long to be parsed is cut.
    Result<std::string_view> line(RowNumber row, const std::stop_token& stop)
    {
        const SourceLine at = index->sourceLine(row);
        const auto source = file(at.file);
        if (!source) {
            return source.error();
        }
        const std::size_t length = at.length > MaxLineLength ? RawLineBytes : at.length;
        if (auto read = (*source)->read(at, length, buffer, stop); !read) {
            return read.error();
        }
        return std::string_view(buffer).substr(0, length);
    }

    /// Its `line` is the text with the labels that lie in a file of their own.
    Result<const TrainingExample*> parse(RowNumber row, std::string_view line)
    {
        if (index->sourceLine(row).length > MaxLineLength) {
            malformed.clear(index->schema()->features().size());
            malformed.malformed = true;
            malformed.line = line;
            return &malformed;
        }
        return parser.parse(line);
    }
};

RowLoader::RowLoader(IndexPtr index) : m_state(std::make_unique<State>(std::move(index))) {}
RowLoader::~RowLoader() = default;
RowLoader::RowLoader(RowLoader&&) noexcept = default;
RowLoader& RowLoader::operator=(RowLoader&&) noexcept = default;

Result<LoadedRow> RowLoader::load(RowNumber row, const std::stop_token& stop)
{
    const auto line = m_state->line(row, stop);
    if (!line) {
        return line.error();
    }
    const auto example = m_state->parse(row, *line);
    if (!example) {
        return example.error();
    }
    return LoadedRow {row, m_state->index->sourceLine(row), m_state->guard.explain(**example)};
}

Result<MaskedLine> RowLoader::maskedLine(RowNumber row, const std::stop_token& stop)
{
    const auto line = m_state->line(row, stop);
    if (!line) {
        return line.error();
    }
    const auto example = m_state->parse(row, *line);
    if (!example) {
        return example.error();
    }
    if ((*example)->malformed) {
        return maskRawLine(*line);
    }
    std::vector<std::string> paths;
    for (const auto& finding : m_state->index->findingsOf(row)) {
        paths.push_back(m_state->index->paths()[finding.path]);
    }
    return maskJsonLine(*m_state->index->schema(), (*example)->line, paths);
}

Result<std::string> RowLoader::reveal(
    const IndexedFinding& finding, std::size_t limit, const std::stop_token& stop)
{
    const auto line = m_state->line(finding.row, stop);
    if (!line) {
        return line.error();
    }
    std::string raw;
    if (finding.rule == Rule::Malformed) {
        return std::string(firstCharacters(*line, limit));
    }
    const auto example = m_state->parse(finding.row, *line);
    if (!example) {
        return example.error();
    }
    if (const auto piece = pieceAt((*example)->line, m_state->index->paths()[finding.path])) {
        raw = plainText(*piece);
    }
    return std::string(firstCharacters(raw, limit));
}

std::string indentCanonical(std::string_view canonicalLine)
{
    std::string text;
    std::size_t depth = 0;
    bool inString = false;
    bool inArray = false; // arrays hold short names and stay on their line
    const auto startLine = [&] {
        text.push_back('\n');
        text.append(depth * 2, ' ');
    };
    for (std::size_t at = 0; at < canonicalLine.size(); ++at) {
        const char c = canonicalLine[at];
        if (inString) {
            text.push_back(c);
            if (c == '\\' && at + 1 < canonicalLine.size()) {
                text.push_back(canonicalLine[++at]);
            }
            inString = c != '"';
            continue;
        }
        switch (c) {
        case '{':
            text.push_back(c);
            ++depth;
            startLine();
            break;
        case '}':
            --depth;
            startLine();
            text.push_back(c);
            break;
        case ',':
            text.push_back(c);
            if (inArray) {
                text.push_back(' ');
            } else {
                startLine();
            }
            break;
        case ':':
            text += ": ";
            break;
        case '\n':
            break;
        default:
            inString = c == '"';
            inArray = (inArray || c == '[') && c != ']';
            text.push_back(c);
        }
    }
    return text;
}

} // namespace workbench
