// SPDX-License-Identifier: Apache-2.0
/// What in a dataset_info.json does not fit together, or does not fit the rows.
#pragma once

#include "core/bundle/dataset_info.h"
#include "core/job/scan.h"
#include "core/schema/schema.h"

#include <string>
#include <vector>

namespace workbench {

/// Of the document alone. Sentences that never hold a value of it.
[[nodiscard]] std::vector<std::string> faultsOfInfo(const DatasetInfo& info, const Schema& schema);
/// Of its counts, once the rows were counted again.
[[nodiscard]] std::vector<std::string> faultsOfCounts(
    const DatasetInfo& info, const Schema& schema, const ScanSummary& counted);

} // namespace workbench
