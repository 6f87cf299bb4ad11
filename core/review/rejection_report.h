// SPDX-License-Identifier: Apache-2.0
/// The masked report of a selection as a file: JSON lines or CSV.
#pragma once

#include "core/base/result.h"
#include "core/review/selection.h"

#include <string>

namespace workbench {

enum class ReportFormat : std::uint8_t { JsonLines, Csv };

/// Whole or not at all; replaces an existing file. Errors: Io naming the file.
[[nodiscard]] Result<void> saveRejectionReport(
    const Selection& selection, const std::string& path, ReportFormat format);

} // namespace workbench
