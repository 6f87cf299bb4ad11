// SPDX-License-Identifier: Apache-2.0
/// Shards that `guard` filtered on any machine, checked and ready to become one bundle.
#pragma once

#include "core/base/result.h"
#include "core/guard/finding.h"
#include "core/input/example_files.h"
#include "core/job/guard_summary.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace workbench {

/// `NAME.rows.jsonl` (guard's stdout), `NAME.rejections.jsonl` (its stderr) and `NAME.summary.json`
/// (`--summary`): the summary comes last, so a shard without one did not end well.
struct Shard {
    std::string name;
    ExampleFile rows;
    ExampleFile report;
    GuardSummary summary;
};

struct ShardSet {
    std::string folder;
    std::vector<Shard> shards; ///< in bytewise order of their names
    GuardSummary total; ///< of all; schema and filter are those of each
    /// Pairs of names: neither let a row through, and their reports and counts are the same. Perhaps one is
    /// there twice; nobody can tell from what is left of its input.
    std::vector<std::pair<std::string, std::string>> alike;

    [[nodiscard]] std::vector<ExampleFile> rows() const;
};

/// Reads everything but the rows' contents, and hashes those. `expected`: how many there have to be.
/// Errors: Io naming the shard: a file of it is missing, its rows are not those of its summary, two shards
/// hold the same rows, its report is not masked or does not agree with its summary, shards were guarded by
/// different filters or each with a row limit; not `expected` shards, or none. SchemaMismatch: another schema
/// than `schema`. Cancelled.
[[nodiscard]] Result<ShardSet> readShards(const std::string& folder, const Schema& schema,
    std::optional<std::uint64_t> expected, const std::stop_token& stop);

/// Each finding of a shard's report with its line in the shard's input. Errors: Io, Cancelled; what `take`
/// answers.
[[nodiscard]] Result<void> forEachFinding(const Shard& shard, const Schema& schema,
    const std::function<Result<void>(std::uint64_t, const Finding&)>& take, const std::stop_token& stop);

} // namespace workbench
