// SPDX-License-Identifier: Apache-2.0
/// A source line as it may be shown: its structure and the shapes of its values, never a value.
#pragma once

#include "core/schema/schema.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

struct MaskedLine {
    /// The line as indented JSON: strings and numbers masked, keys shown only when they are known names.
    /// For a line that is not JSON the shape of its first 400 characters.
    std::string text;
    /// A range of bytes in `text`.
    struct Mark {
        std::size_t begin = 0;
        std::size_t end = 0;
        friend bool operator==(const Mark&, const Mark&) = default;
    };
    std::vector<Mark>
        marks; ///< one for each of the row's findings, in order; empty where there is nothing to mark
    std::size_t moreFeatures = 0; ///< features left out for brevity (" … 42 more features")
};

/// `line` is one JSON object; `paths` those of the row's findings.
[[nodiscard]] MaskedLine maskJsonLine(
    const Schema& schema, std::string_view line, std::span<const std::string> paths);
/// For a line that is not: its one finding is about the whole of it.
[[nodiscard]] MaskedLine maskRawLine(std::string_view line);

} // namespace workbench
