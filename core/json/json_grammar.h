// SPDX-License-Identifier: Apache-2.0
/// Small checks of JSON text that stands alone (RFC 8259).
#pragma once

#include <string_view>

namespace workbench {

/// `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`, all of the text.
[[nodiscard]] bool isJsonNumber(std::string_view text);

/// Blanks of JSON taken off the end.
[[nodiscard]] std::string_view trimJsonEnd(std::string_view text);

/// The array or object that `text` starts with, up to its closing bracket. `text` must hold valid JSON.
[[nodiscard]] std::string_view containerExtent(std::string_view text);

} // namespace workbench
