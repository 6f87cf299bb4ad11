// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_parser.h"
#include "core/review/selection.h"
#include "core/review/source_file.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace workbench {

namespace {

// The first hits are waited for; what comes later is read in few pieces.
constexpr std::uint64_t FirstWindowBytes = 256U << 10;
constexpr std::uint64_t LargestWindowBytes = 8U << 20;

bool holdsBytes(std::string_view text, std::string_view part)
{
    return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

/// Ids that hold a text.
class HoldsText {
public:
    static constexpr bool TellsIds = false;

    explicit HoldsText(std::string_view text) : m_text(text)
    {
        // A line may spell any character of the id as an escape; short ones exist for these only.
        const bool mayBeShort = std::any_of(text.begin(), text.end(),
            [](char c) { return c == '"' || c == '\\' || c == '/' || static_cast<unsigned char>(c) < 0x20; });
        if (mayBeShort) {
            m_escape = "\\";
        }
    }

    /// False only where no id in the line, spelt anyhow, can be meant.
    [[nodiscard]] bool mayBeIn(std::string_view line) const
    {
        return holdsBytes(line, m_text) || holdsBytes(line, m_escape);
    }
    [[nodiscard]] bool isMeant(std::string_view id) const { return holdsBytes(id, m_text); }

private:
    std::string_view m_text;
    std::string_view m_escape = "\\u";
};

/// Some ids as they are.
class IsOneOf {
public:
    static constexpr bool TellsIds = true;

    explicit IsOneOf(const std::set<std::string, std::less<>>& ids) : m_ids(ids) {}

    [[nodiscard]] bool mayBeIn(std::string_view /*line*/) const { return true; }
    [[nodiscard]] bool isMeant(std::string_view id) const { return m_ids.contains(id); }

private:
    const std::set<std::string, std::less<>>& m_ids;
};

/// Looks for lines by their bytes, which is quick, and then asks the parser whether it is the id that
/// matched.
template <class Wanted> class IdSearch {
public:
    /// Answers whether to go on.
    using Found = std::function<bool(std::span<const RowNumber>, std::span<const std::string>)>;

    IdSearch(const ExampleIndex& index, Wanted wanted, Found found, const std::stop_token& stop)
        : m_index(index)
        , m_wanted(std::move(wanted))
        , m_found(std::move(found))
        , m_stop(stop)
        , m_parser(index.schema(), LineShape::Example)
    {
    }

    Result<void> run()
    {
        while (!m_enough && m_next < m_index.rows()) {
            if (m_stop.stop_requested()) {
                return cancelledError();
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
        m_ids.clear();
        for (RowNumber row = begin; row < m_next; ++row) {
            const SourceLine at = m_index.sourceLine(row);
            const auto line = std::string_view(m_window).substr(
                static_cast<std::size_t>(at.offset - first.offset), at.length);
            if (mayHit(line) && isHit(line)) {
                hits.push_back(row);
            }
        }
        if (!hits.empty()) {
            m_enough = !m_found(hits, m_ids);
        }
        return {};
    }

    /// False only where no parser could find what is wanted in the id. Lines nearly always begin with it, and
    /// one with a second id is malformed, so that most need no look at the rest.
    [[nodiscard]] bool mayHit(std::string_view line) const
    {
        constexpr std::string_view Beginning = R"({"id":")";
        if (!line.starts_with(Beginning)) {
            return m_wanted.mayBeIn(line);
        }
        line.remove_prefix(Beginning.size());
        const std::string_view id = line.substr(0, line.find('"'));
        return m_wanted.isMeant(id) || id.find('\\') != std::string_view::npos;
    }

    bool isHit(std::string_view line)
    {
        const TrainingExample& example = m_parser.parse(line);
        const bool hit
            = !example.malformed && example.id.type == JsonType::String && m_wanted.isMeant(example.id.text);
        if (Wanted::TellsIds && hit) {
            m_ids.emplace_back(example.id.text);
        }
        return hit;
    }

    const ExampleIndex& m_index;
    Wanted m_wanted;
    Found m_found;
    const std::stop_token& m_stop;
    ExampleParser m_parser;
    std::optional<SourceFile> m_source;
    std::uint32_t m_file = 0; ///< of m_source
    std::string m_window;
    std::uint64_t m_windowBytes = FirstWindowBytes;
    std::vector<std::string> m_ids; ///< of the hits in the window, if they are to be told
    RowNumber m_next = 0; ///< to be looked at
    bool m_enough = false; ///< whoever is told wants no more
};

} // namespace

Result<void> searchById(const ExampleIndex& index, std::string_view text,
    const std::function<void(std::span<const RowNumber>)>& found, std::stop_token stop)
{
    if (text.empty()) {
        return {};
    }
    const auto tell = [&found](std::span<const RowNumber> rows, std::span<const std::string> /*ids*/) {
        found(rows);
        return true;
    };
    return IdSearch<HoldsText>(index, HoldsText(text), tell, stop).run();
}

Result<std::map<std::string, RowNumber, std::less<>>> findById(
    const ExampleIndex& index, const std::set<std::string, std::less<>>& ids, std::stop_token stop)
{
    std::map<std::string, RowNumber, std::less<>> rows;
    const auto note = [&](std::span<const RowNumber> hits, std::span<const std::string> spelt) {
        for (std::size_t hit = 0; hit < hits.size(); ++hit) {
            rows.emplace(spelt[hit], hits[hit]); // the first one stays
        }
        return rows.size() < ids.size();
    };
    if (!ids.empty()) {
        if (auto searched = IdSearch<IsOneOf>(index, IsOneOf(ids), note, stop).run(); !searched) {
            return searched.error();
        }
    }
    return rows;
}

} // namespace workbench
