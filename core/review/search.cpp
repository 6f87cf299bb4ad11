// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_parser.h"
#include "core/review/selection.h"
#include "core/review/source_file.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

namespace workbench {

namespace {

// The first hits are waited for; what comes later is read in few pieces.
constexpr std::uint64_t FirstWindowBytes = 256U << 10;
constexpr std::uint64_t LargestWindowBytes = 8U << 20;

/// Looks for lines by their bytes, which is quick, and then asks the parser whether it is the id that
/// matched.
class IdSearch {
public:
    IdSearch(const ExampleIndex& index, std::string_view text,
        const std::function<void(std::span<const RowNumber>)>& found, const std::stop_token& stop)
        : m_index(index)
        , m_text(text)
        , m_found(found)
        , m_stop(stop)
        , m_escape("\\u")
        , m_parser(index.schema(), LineShape::Example)
    {
        // A line may spell any character of the id as an escape; short ones exist for these only.
        const bool mayBeShort = std::any_of(text.begin(), text.end(),
            [](char c) { return c == '"' || c == '\\' || c == '/' || static_cast<unsigned char>(c) < 0x20; });
        if (mayBeShort) {
            m_escape = "\\";
        }
    }

    Result<void> run()
    {
        while (m_next < m_index.rows()) {
            if (m_stop.stop_requested()) {
                return Error {ErrorCode::Cancelled, "cancelled", {}};
            }
            const RowNumber begin = m_next;
            const SourceLine first = m_index.sourceLine(begin);
            if (first.length > MaxLineLength) {
                ++m_next; // malformed: it has no id
                continue;
            }
            if (auto searched = searchWindow(begin, first, windowEnd(first)); !searched) {
                return searched;
            }
        }
        return {};
    }

private:
    /// Where the last whole row ends that fits beside `first`; m_next goes behind it.
    std::uint64_t windowEnd(const SourceLine& first)
    {
        std::uint64_t end = first.offset + first.length;
        for (++m_next; m_next < m_index.rows(); ++m_next) {
            const SourceLine next = m_index.sourceLine(m_next);
            if (next.file != first.file || next.offset + next.length - first.offset > m_windowBytes) {
                break;
            }
            end = next.offset + next.length;
        }
        m_windowBytes = std::min(2 * m_windowBytes, LargestWindowBytes);
        return end;
    }

    /// Rows `begin` to m_next, of which `first` is the first one's line.
    Result<void> searchWindow(RowNumber begin, const SourceLine& first, std::uint64_t end)
    {
        if (!m_source || m_file != first.file) {
            auto source = SourceFile::open(m_index.files().files[first.file]);
            if (!source) {
                return source.error();
            }
            m_source.emplace(std::move(*source));
            m_file = first.file;
        }
        const auto length = static_cast<std::size_t>(end - first.offset);
        if (auto read = m_source->read(first, length, m_window, m_stop); !read) {
            return read;
        }
        std::vector<RowNumber> hits;
        for (RowNumber row = begin; row < m_next; ++row) {
            const SourceLine at = m_index.sourceLine(row);
            const auto line = std::string_view(m_window).substr(
                static_cast<std::size_t>(at.offset - first.offset), at.length);
            if (mayHit(line) && isHit(line)) {
                hits.push_back(row);
            }
        }
        if (!hits.empty()) {
            m_found(hits);
        }
        return {};
    }

    /// False only where no parser could find the text in the id. Lines nearly always begin with it, and one
    /// with a second id is malformed, so that most need no look at the rest.
    [[nodiscard]] bool mayHit(std::string_view line) const
    {
        constexpr std::string_view Beginning = R"({"id":")";
        if (!line.starts_with(Beginning)) {
            return has(line, m_text) || has(line, m_escape);
        }
        line.remove_prefix(Beginning.size());
        const std::string_view id = line.substr(0, line.find('"'));
        return has(id, m_text) || id.find('\\') != std::string_view::npos;
    }

    static bool has(std::string_view text, std::string_view part)
    {
        return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
    }

    bool isHit(std::string_view line)
    {
        const TrainingExample& example = m_parser.parse(line);
        return !example.malformed && example.id.type == JsonType::String
            && example.id.text.find(m_text) != std::string_view::npos;
    }

    const ExampleIndex& m_index;
    std::string_view m_text;
    const std::function<void(std::span<const RowNumber>)>& m_found;
    const std::stop_token& m_stop;
    std::string_view m_escape;
    ExampleParser m_parser;
    std::optional<SourceFile> m_source;
    std::uint32_t m_file = 0; ///< of m_source
    std::string m_window;
    std::uint64_t m_windowBytes = FirstWindowBytes;
    RowNumber m_next = 0; ///< to be looked at
};

} // namespace

Result<void> searchById(const ExampleIndex& index, std::string_view text,
    const std::function<void(std::span<const RowNumber>)>& found, std::stop_token stop)
{
    if (text.empty()) {
        return {};
    }
    return IdSearch(index, text, found, stop).run();
}

} // namespace workbench
