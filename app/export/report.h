// SPDX-License-Identifier: GPL-3.0-or-later
/// What an export or a check came to, for people: the ledger, splits, rejections.
#pragma once

#include "app/export/output.h"
#include "core/job/export_job.h"

#include <string>

namespace workbench {

/// `lastLine` names the sum: "Exported", "To export".
[[nodiscard]] std::string reportText(
    const ExportOutcome& outcome, const Schema& schema, const char* lastLine, const Output& output);

/// A line for labels that found no example and one for names that are no ids; empty when there are none.
[[nodiscard]] std::string labelWarning(const LabelSummary& labels);

} // namespace workbench
