// SPDX-License-Identifier: GPL-3.0-or-later
/// What `push` and `run --push` share.
#pragma once

#include "app/export/output.h"
#include "core/job/push_job.h"

#include <stop_token>

namespace workbench {

/// Publishes with a progress bar, and tells people how it ended.
[[nodiscard]] PushResult pushBundle(const PushJob& job, Output& output, const std::stop_token& stop);
[[nodiscard]] int exitCodeOf(const PushResult& result);

} // namespace workbench
