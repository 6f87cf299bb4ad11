// SPDX-License-Identifier: GPL-3.0-or-later
/// From what was typed to what core is asked for. Every error here is Usage and names its option, or is
/// about a file that was named.
#pragma once

#include "app/export/options.h"
#include "core/config/export_config.h"
#include "core/job/export_job.h"

namespace workbench {

[[nodiscard]] Result<ExportConfig> configOf(const CommandLine& line);
[[nodiscard]] Result<SchemaPtr> schemaOf(const CommandLine& line);
/// Without a row limit.
[[nodiscard]] Result<ExampleFilter> filterOf(const CommandLine& line, const Schema& schema);
[[nodiscard]] Result<unsigned> threadsOf(const CommandLine& line);
/// For `run` and `check`.
[[nodiscard]] Result<ExportRequest> exportRequestOf(const CommandLine& line);

} // namespace workbench
