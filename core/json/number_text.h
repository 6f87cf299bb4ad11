// SPDX-License-Identifier: Apache-2.0
/// From a JSON number's text to its value and its canonical text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// The nearest double of a JSON number (isJsonNumber), 0 when it is too small to tell from 0.
/// Nothing when it overflows.
[[nodiscard]] std::optional<double> parseJsonNumber(std::string_view text);

/// True when `text`, a JSON number, already is the canonical form of its value beyond doubt. (False is
/// no proof that it is not.) At most 15 significant digits name one double each, so their shortest form is
/// the one without needless zeros.
[[nodiscard]] bool isPlainlyCanonical(std::string_view text);

/// Appends the canonical form: the text itself when that is plain, else the value formatted anew.
void appendCanonicalNumber(std::string& out, std::string_view text, double value);

} // namespace workbench
