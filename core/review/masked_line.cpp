// SPDX-License-Identifier: Apache-2.0
#include "core/review/masked_line.h"

#include "core/base/utf8.h"
#include "core/guard/mask.h"
#include "core/json/json_pieces.h"

#include <algorithm>
#include <array>
#include <optional>

namespace workbench {

namespace {

constexpr std::size_t ShapeLength = 40;
constexpr std::size_t RawLineLength = 400;
constexpr std::size_t FirstFeatures = 8;
constexpr std::size_t FirstPieces = 24; ///< of any other object or array
constexpr std::size_t IndentWidth = 2;

/// The names of section 3: anything else may itself say something about a person.
constexpr std::array<std::string_view, 22> FieldNames {"id", "created_at", "run_id", "source", "industry_key",
    "feature_schema", "pipeline_version", "generator_version", "features", "targets", "pressure_keys",
    "boundary_class", "benchmark", "labels", "reviewer_score", "reviewer_notes", "client_feedback",
    "client_feedback_reason", "mapping_was_wrong", "outcome_next_step_chosen", "window_rule",
    "schema_version"};

/// Where a value stands, when findings could be about it.
using Place = std::optional<std::string>;

void appendShape(std::string& out, std::string_view text)
{
    out.push_back('"');
    for (const char c : maskShape(text, ShapeLength)) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
        }
        out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    }
    if (codePointCount(text, ShapeLength) > ShapeLength) {
        out += "…";
    }
    out.push_back('"');
}

class LineMasker {
public:
    LineMasker(const Schema& schema, std::span<const std::string> paths) : m_schema(schema), m_paths(paths)
    {
        m_line.marks.resize(paths.size());
    }

    MaskedLine mask(std::string_view line)
    {
        const auto object = pieceAt(line, {});
        write(object.value_or(std::string_view()), std::string(), 0);
        return std::move(m_line);
    }

private:
    [[nodiscard]] bool isKnown(std::string_view key) const
    {
        return std::find(FieldNames.begin(), FieldNames.end(), key) != FieldNames.end()
            || m_schema.indexOf(key).has_value();
    }

    /// Whether a finding is about this place or one inside it.
    [[nodiscard]] bool concerns(const Place& place) const
    {
        return place && std::any_of(m_paths.begin(), m_paths.end(), [&](const std::string& path) {
            return path.starts_with(*place)
                && (path.size() == place->size() || path[place->size()] == '.' || path[place->size()] == '[');
        });
    }

    [[nodiscard]] bool isOffending(const Place& place) const
    {
        return place && !place->empty() && std::find(m_paths.begin(), m_paths.end(), *place) != m_paths.end();
    }

    void write(std::string_view piece, const Place& place, std::size_t depth)
    {
        const std::size_t begin = m_line.text.size();
        switch (piece.empty() ? ' ' : piece.front()) {
        case '{':
        case '[':
            writeContainer(piece, place, depth);
            break;
        case '"':
            appendShape(m_line.text, plainText(piece));
            break;
        case 't':
        case 'f':
            // A boolean says little, but where it does not belong it is a rejected value like any other.
            m_line.text += isOffending(place) ? maskShape(piece, ShapeLength) : std::string(piece);
            break;
        case 'n':
            m_line.text += piece;
            break;
        default:
            for (const char c : piece.substr(0, ShapeLength)) {
                m_line.text.push_back(c >= '0' && c <= '9' ? '9' : c);
            }
        }
        if (isOffending(place)) {
            for (std::size_t finding = 0; finding < m_paths.size(); ++finding) {
                if (m_paths[finding] == *place) {
                    m_line.marks[finding] = {begin, m_line.text.size()};
                }
            }
        }
    }

    void writeContainer(std::string_view piece, const Place& place, std::size_t depth)
    {
        const bool isObject = piece.front() == '{';
        const bool isFeatures = isObject && place == "features";
        const std::size_t first = isFeatures ? FirstFeatures : FirstPieces;
        std::size_t count = 0;
        std::size_t leftOut = 0;
        m_line.text.push_back(piece.front());
        forEachPiece(piece, [&](std::string_view key, std::string_view value) {
            const Place inside = placeInside(place, key, isObject, count);
            if (count++ >= first && !concerns(inside)) {
                ++leftOut;
                return;
            }
            startLine(count > leftOut + 1, depth + 1);
            if (isObject) {
                if (isKnown(key)) {
                    m_line.text.append("\"").append(key).append("\"");
                } else {
                    appendShape(m_line.text, key);
                }
                m_line.text += ": ";
            }
            write(value, inside, depth + 1);
        });
        if (leftOut > 0) {
            startLine(count > leftOut, depth + 1);
            m_line.text += "… " + std::to_string(leftOut) + (isFeatures ? " more features" : " more");
            m_line.moreFeatures += isFeatures ? leftOut : 0;
        }
        if (count > 0) {
            startLine(false, depth);
        }
        m_line.text.push_back(isObject ? '}' : ']');
    }

    [[nodiscard]] Place placeInside(
        const Place& place, std::string_view key, bool isObject, std::size_t number) const
    {
        if (!place) {
            return std::nullopt;
        }
        if (!isObject) {
            return *place + '[' + std::to_string(number) + ']';
        }
        if (!isKnown(key)) { // a key that only looks like a path must not be taken for one
            return std::nullopt;
        }
        return place->empty() ? std::string(key) : *place + '.' + std::string(key);
    }

    void startLine(bool comma, std::size_t depth)
    {
        if (comma) {
            m_line.text.push_back(',');
        }
        m_line.text.push_back('\n');
        m_line.text.append(depth * IndentWidth, ' ');
    }

    const Schema& m_schema;
    std::span<const std::string> m_paths;
    MaskedLine m_line;
};

} // namespace

MaskedLine maskJsonLine(const Schema& schema, std::string_view line, std::span<const std::string> paths)
{
    return LineMasker(schema, paths).mask(line);
}

MaskedLine maskRawLine(std::string_view line)
{
    MaskedLine masked;
    masked.text = maskShape(line, RawLineLength);
    std::replace_if(
        masked.text.begin(), masked.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; },
        ' ');
    masked.marks.push_back({0, masked.text.size()});
    return masked;
}

} // namespace workbench
