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

constexpr std::uint64_t WindowBytes = 8U << 20;

/// Finds lines by their bytes, which is quick, and then asks the parser whether it is the id that matched.
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
            const SourceLine first = m_index.sourceLine(m_next);
            if (first.length > MaxLineLength) {
                ++m_next; // malformed: it has no id
                continue;
            }
            if (auto searched = searchWindow(first, windowEnd(first)); !searched) {
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
            if (next.file != first.file || next.offset + next.length - first.offset > WindowBytes) {
                break;
            }
            end = next.offset + next.length;
        }
        return end;
    }

    Result<void> searchWindow(const SourceLine& first, std::uint64_t end)
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
        const auto bytes = std::string_view(m_window).substr(0, length);
        std::vector<RowNumber> candidates;
        addRowsWith(m_text, first, bytes, candidates);
        addRowsWith(m_escape, first, bytes, candidates);
        std::sort(candidates.begin(), candidates.end());
        candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
        std::erase_if(candidates, [&](RowNumber row) {
            const SourceLine line = m_index.sourceLine(row);
            const auto place = static_cast<std::size_t>(line.offset - first.offset);
            return !isHit(bytes.substr(place, line.length));
        });
        if (!candidates.empty()) {
            m_found(candidates);
        }
        return {};
    }

    void addRowsWith(std::string_view needle, const SourceLine& first, std::string_view bytes,
        std::vector<RowNumber>& rows) const
    {
        for (std::size_t at = 0; at < bytes.size();) {
            const void* hit = ::memmem(bytes.data() + at, bytes.size() - at, needle.data(), needle.size());
            if (hit == nullptr) {
                return;
            }
            at = static_cast<std::size_t>(static_cast<const char*>(hit) - bytes.data());
            if (const auto row = m_index.rowAt(first.file, first.offset + at)) {
                rows.push_back(*row);
                const SourceLine line = m_index.sourceLine(*row);
                at = static_cast<std::size_t>(line.offset + line.length - first.offset); // one hit is enough
            } else {
                ++at;
            }
        }
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
