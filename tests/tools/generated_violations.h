// SPDX-License-Identifier: Apache-2.0
/// Ways in which an example may not leave: all eleven rules, each in several spellings.
#pragma once

#include "tests/tools/generated_example.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace workbench {

inline constexpr std::size_t ViolatedRules = 11;

/// The rule a number stands for: violation 0 breaks the first, 1 the second, …
[[nodiscard]] std::string_view violatedRule(std::uint64_t violation);

/// Breaks the example by the rule and spelling that the number stands for. All values are invented:
/// 555-01xx numbers, example.com, streets called Example.
void violate(GeneratedExample& example, std::uint64_t violation);

/// `malformed` is done to the finished line (without its newline); other rules leave it alone.
void damage(std::string& line, std::uint64_t violation);

} // namespace workbench
