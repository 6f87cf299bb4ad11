// SPDX-License-Identifier: Apache-2.0
/// What `guard` says of one stream once it has ended well: the sheet that comes with a shard's rows.
#pragma once

#include "core/base/result.h"
#include "core/input/example_filter.h"
#include "core/job/scan.h"
#include "core/schema/schema.h"

#include <map>
#include <string>
#include <string_view>

namespace workbench {

struct GuardSummary {
    std::string schemaVersion;
    std::string schemaHash;
    std::string schemaFingerprint;
    ExampleFilter filter;
    std::uint64_t read = 0;
    std::uint64_t matched = 0;
    std::uint64_t accepted = 0;
    std::uint64_t rejected = 0;
    RuleCounts rejectionsByRule {};
    WithheldCounts withheld {};
    std::string rowsSha256; ///< over the rows as they were written

    /// `rowsSha256` is the caller's to fill in.
    [[nodiscard]] static GuardSummary of(
        const ScanSummary& scan, const Schema& schema, const ExampleFilter& filter);
    [[nodiscard]] bool operator==(const GuardSummary&) const = default;
};

/// A JSON document with a newline.
[[nodiscard]] std::string toJson(const GuardSummary& summary);
/// Errors: Io naming `where`: no such document, or one whose counts do not add up.
[[nodiscard]] Result<GuardSummary> parseGuardSummary(std::string_view json, const std::string& where);

/// Only rules that were broken, only reasons that there were.
[[nodiscard]] std::map<std::string, std::uint64_t> rulesByName(const RuleCounts& counts);
[[nodiscard]] std::map<std::string, std::uint64_t> withheldByName(const WithheldCounts& counts);

} // namespace workbench
