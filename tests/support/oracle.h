// SPDX-License-Identifier: Apache-2.0
/// The guard a second time: deliberately simple, slow, and written from the contract alone.
///
/// It shares no rule, parser, pattern or number formatter with core; of core it uses the schema as data
/// and the names of rules. tst_oracle_comparison holds the two against each other.
#pragma once

#include "core/guard/finding.h"
#include "core/guard/withheld.h"
#include "core/schema/schema.h"

#include <string>
#include <string_view>
#include <vector>

namespace workbench::oracle {

struct Answer {
    std::vector<Finding> findings; ///< empty: the row may leave
    std::string line; ///< canonical, with its newline; empty when rejected
    WithheldCounts withheld {}; ///< all zero for a malformed line

    [[nodiscard]] bool accepted() const { return findings.empty(); }
};

/// Contract, sections 5 and 6, for one line without its newline.
[[nodiscard]] Answer judge(std::string_view line, const Schema& schema);

/// The line as it would be had its labels never lain in a file of their own: fields of `file` over the
/// line's. A file that is no JSON object becomes a string, unless it is null.
[[nodiscard]] std::string withLabels(std::string_view line, std::string_view file);

/// ECMAScript Number::toString, found by trying 1 to 17 digits. `value` must be finite.
[[nodiscard]] std::string formatNumber(double value);

/// The shape of a value: at most 40 code points.
[[nodiscard]] std::string mask(std::string_view value);

/// The time as it is written out, or nothing when it is no RFC 3339 time. An empty string never comes back.
[[nodiscard]] std::string canonicalTime(std::string_view text);

/// Email, Phone, Address, TooLong: those that hit, in this order.
[[nodiscard]] std::vector<Rule> patternRules(std::string_view text);

/// An access token or a card number in an id or a key.
[[nodiscard]] bool isSecret(const std::string& name);

} // namespace workbench::oracle
