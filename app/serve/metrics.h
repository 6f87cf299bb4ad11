// SPDX-License-Identifier: GPL-3.0-or-later
/// Figures in Prometheus' text form.
#pragma once

#include "core/job/job_queue.h"

#include <string>

namespace workbench {

inline constexpr const char* MetricsType = "text/plain; version=0.0.4; charset=utf-8";

[[nodiscard]] std::string metricsText(const QueueFigures& figures);

} // namespace workbench
