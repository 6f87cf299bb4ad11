// SPDX-License-Identifier: Apache-2.0
/// A text cut into the lines that count, as simply as the contract says it (section 3).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace workbench {

struct PlainLine {
    std::uint64_t number = 0; ///< counted from 1, blank lines included
    std::string_view text; ///< without its newline
};

/// All but blank ones (spaces, tabs, CR); a byte order mark at the text's start belongs to no line.
[[nodiscard]] inline std::vector<PlainLine> plainLines(std::string_view text)
{
    std::vector<PlainLine> lines;
    if (text.starts_with("\xef\xbb\xbf")) {
        text.remove_prefix(3);
    }
    for (std::uint64_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            lines.push_back({number, line});
        }
    }
    return lines;
}

} // namespace workbench
