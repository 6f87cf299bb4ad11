// SPDX-License-Identifier: Apache-2.0
/// Why there is nothing to export, said so that the next try can be another one.
#pragma once

#include "core/job/export_job.h"
#include "core/job/scan.h"

#include <stop_token>
#include <string>

namespace workbench {

/// Reads the files once more, without filters, when that tells which sources and industries there are.
[[nodiscard]] std::string whyNoRows(const ExportRequest& request, const ScanRequest& scanned,
    const ScanSummary& summary, std::stop_token stop);

/// "phone (12 rows)": the rule that struck most.
[[nodiscard]] std::string mostFrequentRule(const RuleCounts& counts);

} // namespace workbench
