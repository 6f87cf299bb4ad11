// SPDX-License-Identifier: Apache-2.0
/// What a bundle says of itself: dataset_info.json (contract, section 6).
#pragma once

#include "core/base/result.h"
#include "core/bundle/split_plan.h"
#include "core/guard/finding.h"
#include "core/guard/withheld.h"
#include "core/input/example_filter.h"
#include "core/schema/schema.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

using NamedCounts = std::map<std::string, std::uint64_t>;

struct BundleFile {
    std::uint64_t bytes = 0;
    std::uint64_t rows = 0; ///< 0 for files that hold none
    std::string sha256;
};

struct DatasetInfo {
    std::string generatedAt; ///< RFC 3339
    std::string generator; ///< "signals-workbench 0.1.0"
    std::string jobId;
    std::string schemaName;
    std::string schemaVersion;
    std::string schemaHash;
    std::string schemaFingerprint;
    std::vector<Feature> features; ///< in order; only keys are known for bundles of other makers
    bool featureDetailsKnown = true;
    std::uint64_t totalRows = 0;
    std::uint64_t rejectedRows = 0;
    NamedCounts rejectionsByRule; ///< rules that struck only
    std::uint64_t withheldFields = 0;
    NamedCounts withheldByReason; ///< names of withheld.h, those that occurred
    NamedCounts bySource;
    NamedCounts byIndustry;
    NamedCounts splits;
    SplitStrategy splitStrategy = SplitStrategy::None;
    ExampleFilter filters;
    std::map<std::string, BundleFile>
        files; ///< path in the bundle → what it holds; not dataset_info.json itself
};

/// The counts that are not 0, by their names: one of each for every place.
[[nodiscard]] NamedCounts namedCounts(
    const std::vector<std::string>& names, const std::vector<std::uint64_t>& counts);

/// Two-space indented JSON in the order of the contract, with a newline at the end.
[[nodiscard]] std::string toJson(const DatasetInfo& info);
/// Errors: Usage when it is no such document. `where` names it.
[[nodiscard]] Result<DatasetInfo> parseDatasetInfo(std::string_view json, std::string_view where);

/// README.md of the bundle: YAML for the Hub's loader, then a page for a stranger.
[[nodiscard]] std::string datasetCard(const DatasetInfo& info, const Schema& schema);
/// The card's line on program, time and job, so that these can be compared with what dataset_info.json says.
[[nodiscard]] std::string provenanceLine(const DatasetInfo& info);

} // namespace workbench
