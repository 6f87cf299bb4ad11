// SPDX-License-Identifier: Apache-2.0
/// Text of others in a message: it cannot carry control characters or a whole file.
#pragma once

#include <string>
#include <string_view>

namespace workbench {

/// `text` between double quotes: control, hidden and undecodable characters as `?`, cut after
/// `limit` characters with `...`, without what has a token's shape: it may have been put in the wrong place.
/// For options, keys and file names; never for a value of a row.
[[nodiscard]] std::string inQuotes(std::string_view text, std::size_t limit = 80);

/// The first `limit` characters of `text`, control, hidden and undecodable ones as `instead`.
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit, char32_t instead = U'?');

/// What stands in place of a token.
inline constexpr std::string_view RedactedToken = "[token]";

/// `text` with what has the shape of the Hub's tokens replaced: `hf_` and ten or more letters and digits.
[[nodiscard]] std::string withoutTokenShapes(std::string_view text);

} // namespace workbench
