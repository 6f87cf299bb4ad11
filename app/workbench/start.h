// SPDX-License-Identifier: GPL-3.0-or-later
/// From arguments to what the workbench is started with.
#pragma once

#include "app/workbench/arguments.h"
#include "ui/bridge/workbench_state.h"

namespace workbench {

/// Reads env file, environment and schema. Errors: Usage, Io.
[[nodiscard]] Result<WorkbenchOptions> workbenchOptions(const Arguments& arguments);

/// What another start has to be told, too, for its folder to be shown by this one: a digest over all that is
/// configured. Empty: nobody else's folder is shown, for the token or the labels are this start's own.
[[nodiscard]] QString settingsDigest(const WorkbenchOptions& options);

/// Where the shipped sample stands, seen from the program; empty when it is not there.
[[nodiscard]] QString findSample(const QString& programFolder);

} // namespace workbench
