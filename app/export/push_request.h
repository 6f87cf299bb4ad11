// SPDX-License-Identifier: GPL-3.0-or-later
/// From what was typed and set to a push.
#pragma once

#include "app/export/options.h"
#include "app/export/output.h"
#include "core/job/push_job.h"

namespace workbench {

/// Waits are told to `output`, which has to outlive the job. Errors: Usage naming option or key; Io.
/// What only refuses a push (no token, switched off, offline) is no error here.
[[nodiscard]] Result<PushJob> pushJobOf(const CommandLine& line, Output& output);

} // namespace workbench
