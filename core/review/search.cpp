// SPDX-License-Identifier: Apache-2.0
#include "core/review/selection.h"
#include "core/review/source_file.h"
#include "core/review/source_lines.h"

#include <algorithm>
#include <cstring>

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
        if (m_index.rows() == 0) {
            return {};
        }
        const SourceLine last = m_index.sourceLine(static_cast<RowNumber>(m_index.rows() - 1));
        for (std::uint32_t file = 0; file <= last.file; ++file) {
            const auto& listed = m_index.files().files[file];
            const std::uint64_t end = file < last.file ? listed.bytes : last.offset + last.length;
            if (auto searched = searchFile(file, end); !searched) {
                return searched;
            }
        }
        return {};
    }

private:
    Result<void> searchFile(std::uint32_t file, std::uint64_t end)
    {
        auto source = SourceFile::open(m_index.files().files[file]);
        if (!source) {
            return source.error();
        }
        const std::uint64_t overlap = std::max(m_text.size(), m_escape.size()) - 1;
        std::string window;
        for (std::uint64_t begin = 0; begin < end; begin += WindowBytes) {
            if (m_stop.stop_requested()) {
                return Error {ErrorCode::Cancelled, "cancelled", {}};
            }
            const std::uint64_t length = std::min(WindowBytes + overlap, end - begin);
            if (auto read = source->read(begin, static_cast<std::size_t>(length), window); !read) {
                return read.error();
            }
            const auto bytes = std::string_view(window).substr(0, static_cast<std::size_t>(length));
            std::vector<RowNumber> candidates;
            addRowsWith(m_text, file, begin, bytes, candidates);
            addRowsWith(m_escape, file, begin, bytes, candidates);
            std::sort(candidates.begin(), candidates.end());
            candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
            if (auto verified = verify(candidates); !verified) {
                return verified;
            }
        }
        return {};
    }

    void addRowsWith(std::string_view needle, std::uint32_t file, std::uint64_t begin, std::string_view bytes,
        std::vector<RowNumber>& rows) const
    {
        for (std::size_t at = 0; at < bytes.size();) {
            const void* hit = ::memmem(bytes.data() + at, bytes.size() - at, needle.data(), needle.size());
            if (hit == nullptr) {
                return;
            }
            at = static_cast<std::size_t>(static_cast<const char*>(hit) - bytes.data());
            if (const auto row = m_index.rowAt(file, begin + at)) {
                rows.push_back(*row);
                const SourceLine line = m_index.sourceLine(*row);
                at = static_cast<std::size_t>(line.offset + line.length - begin); // one hit a row is enough
            } else {
                ++at;
            }
        }
    }

    Result<void> verify(std::span<const RowNumber> candidates)
    {
        std::vector<RowNumber> rows;
        // A line that reaches over a window's edge may come twice.
        auto read
            = forEachExample(m_index, candidates, m_stop, [&](RowNumber row, const TrainingExample& example) {
                  const bool isNew = !m_any || row > m_lastRow;
                  if (isNew && !example.malformed && example.id.type == JsonType::String
                      && example.id.text.find(m_text) != std::string_view::npos) {
                      rows.push_back(row);
                      m_lastRow = row;
                      m_any = true;
                  }
              });
        if (read && !rows.empty()) {
            m_found(rows);
        }
        return read;
    }

    const ExampleIndex& m_index;
    std::string_view m_text;
    const std::function<void(std::span<const RowNumber>)>& m_found;
    const std::stop_token& m_stop;
    std::string_view m_escape;
    RowNumber m_lastRow = 0; ///< that was found
    bool m_any = false;
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
