// SPDX-License-Identifier: Apache-2.0
/// What RFC 8259 calls JSON and what it does not, case by case. The names say it as public suites do: y_ has
/// to be read, n_ must not be, and of i_ the contract says what the standard leaves open.
#pragma once

#include <string>
#include <vector>

namespace workbench {

struct JsonCase {
    std::string name;
    std::string text; ///< without a line break, for it has to stand in a line
};

/// To stand where a value stands.
[[nodiscard]] std::vector<JsonCase> jsonValues();
/// Whole lines.
[[nodiscard]] std::vector<JsonCase> jsonLines();

} // namespace workbench
