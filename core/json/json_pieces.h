// SPDX-License-Identifier: Apache-2.0
/// Finds values in the text of a line that the parser has found to be JSON, without building anything.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// Pieces are views of the JSON text: strings with their quotes, objects with their braces. On text that is
/// not JSON the answers make no sense, but nothing outside the text is touched.
using PieceFn = std::function<void(std::string_view key, std::string_view value)>;

/// Each member of an object in its order; keys with escapes undone. For an array the key is empty.
void forEachPiece(std::string_view container, const PieceFn& take);

/// "features.window_days", "targets.pressure_keys[3]": the value at a finding's path; the whole for "".
[[nodiscard]] std::optional<std::string_view> pieceAt(std::string_view object, std::string_view path);

/// The text of a string piece with its escapes undone; any other piece as it is.
[[nodiscard]] std::string plainText(std::string_view piece);

} // namespace workbench
