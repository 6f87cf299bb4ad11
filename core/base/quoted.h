// SPDX-License-Identifier: Apache-2.0
/// Quoting what an operator typed, so that a message cannot carry control characters or a whole file.
#pragma once

#include <string>
#include <string_view>

namespace workbench {

/// `text` between double quotes: control, hidden and undecodable characters as `?`, cut after
/// `limit` characters with `...`. For options, keys and file names; never for a value of a row.
[[nodiscard]] std::string inQuotes(std::string_view text, std::size_t limit = 80);

} // namespace workbench
