// SPDX-License-Identifier: Apache-2.0
/// Why a value may not leave: rule, place and shape, never the value (contract, section 5).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workbench {

/// The eleven rules, in the order of the contract.
enum class Rule : std::uint8_t {
    Email,
    Phone,
    Address,
    TooLong,
    UnexpectedString,
    WrongType,
    NotFinite,
    OutOfRange,
    MissingField,
    SchemaMismatch,
    Malformed,
};

inline constexpr std::size_t RuleCount = 11;

[[nodiscard]] std::string_view ruleName(Rule rule); ///< "email", "too_long", …
[[nodiscard]] std::optional<Rule> ruleFromName(std::string_view name);

struct Finding {
    Rule rule = Rule::Malformed;
    std::string
        path; ///< "features.window_days": allowlisted names only, so safe to show. Empty: the whole line.
    std::string masked; ///< Shape, not value: letters become x, digits 9; 40 characters at most.

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// Rows that broke each rule; a row counts once per rule, whatever the number of its findings.
using RuleCounts = std::array<std::uint64_t, RuleCount>;

} // namespace workbench
