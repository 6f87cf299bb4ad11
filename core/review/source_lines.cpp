// SPDX-License-Identifier: Apache-2.0
#include "core/review/source_lines.h"

#include "core/input/example_parser.h"
#include "core/review/source_file.h"

#include <optional>
#include <string>

namespace workbench {

namespace {

constexpr std::uint64_t WindowBytes = 4U << 20;
/// Rather a second read than so many bytes that nobody wants.
constexpr std::uint64_t FurthestApart = 64U << 10;

/// The rows after `first` that are worth reading together with it, itself included.
std::size_t neighbours(const ExampleIndex& index, std::span<const RowNumber> rows, std::uint64_t& end)
{
    const SourceLine first = index.sourceLine(rows.front());
    end = first.offset + first.length;
    std::size_t count = 1;
    for (; count < rows.size(); ++count) {
        const SourceLine next = index.sourceLine(rows[count]);
        if (next.file != first.file || next.length > MaxLineLength || next.offset - end > FurthestApart
            || next.offset + next.length - first.offset > WindowBytes) {
            break;
        }
        end = next.offset + next.length;
    }
    return count;
}

} // namespace

Result<void> forEachExample(const ExampleIndex& index, std::span<const RowNumber> rows,
    const std::stop_token& stop, const std::function<void(RowNumber, const TrainingExample&)>& take)
{
    ExampleParser parser(index.schema(), LineShape::Example);
    std::optional<SourceFile> open;
    std::uint32_t openNumber = 0;
    std::string buffer;
    while (!rows.empty()) {
        if (stop.stop_requested()) {
            return cancelledError();
        }
        const SourceLine first = index.sourceLine(rows.front());
        if (first.length > MaxLineLength) {
            rows = rows.subspan(1);
            continue;
        }
        if (!open || openNumber != first.file) {
            auto opened = SourceFile::open(index.files().files[first.file]);
            if (!opened) {
                return opened.error();
            }
            open.emplace(std::move(*opened));
            openNumber = first.file;
        }
        std::uint64_t end = 0;
        const std::size_t count = neighbours(index, rows, end);
        if (auto read = open->read(first, static_cast<std::size_t>(end - first.offset), buffer, stop);
            !read) {
            return read.error();
        }
        for (const RowNumber row : rows.first(count)) {
            const SourceLine at = index.sourceLine(row);
            const auto place = static_cast<std::size_t>(at.offset - first.offset);
            take(row, parser.parse(std::string_view(buffer).substr(place, at.length)));
        }
        rows = rows.subspan(count);
    }
    return {};
}

} // namespace workbench
