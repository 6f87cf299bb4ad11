// SPDX-License-Identifier: Apache-2.0
/// The time, handed in: nothing else in core asks the system what time it is.
#pragma once

#include <chrono>
#include <functional>

namespace workbench {

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds left out.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Answers the present time. Tests hand in one that stands still.
using Clock = std::function<UtcTime()>;

/// The system's real-time clock.
[[nodiscard]] Clock systemClock();

} // namespace workbench
