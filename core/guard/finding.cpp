// SPDX-License-Identifier: Apache-2.0
#include "core/guard/finding.h"

#include <algorithm>

namespace workbench {

namespace {

constexpr std::array<std::string_view, RuleCount> Names {"email", "phone", "address", "too_long",
    "unexpected_string", "wrong_type", "not_finite", "out_of_range", "missing_field", "schema_mismatch",
    "malformed"};

} // namespace

std::string_view ruleName(Rule rule) { return Names[static_cast<std::size_t>(rule)]; }

std::optional<Rule> ruleFromName(std::string_view name)
{
    const auto found = std::find(Names.begin(), Names.end(), name);
    if (found == Names.end()) {
        return std::nullopt;
    }
    return static_cast<Rule>(found - Names.begin());
}

} // namespace workbench
