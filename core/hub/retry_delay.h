// SPDX-License-Identifier: Apache-2.0
/// How long to wait before a request is tried again (hub protocol, sections 10.2 and 10.3).
#pragma once

#include "core/hub/http.h"

#include <chrono>
#include <optional>

namespace workbench {

inline constexpr int MaxRetries = 5;
inline constexpr std::chrono::seconds LongestWait {300};

/// 408, 429, 500, 502, 503, 504.
[[nodiscard]] bool isRetryable(int status);

/// What the server asks for: `RateLimit` with r=0 (t + 1 s), else `Retry-After` in seconds or as an HTTP
/// date, counted from the answer's own Date. Nothing when it asks for nothing. `now` stands in for a Date.
[[nodiscard]] std::optional<std::chrono::milliseconds> askedDelay(
    const HttpAnswer& answer, std::chrono::system_clock::time_point now);

/// 1, 2, 4, 8, 8 s for tries 0 to 4, each shortened by up to a quarter so that clients do not march in step.
[[nodiscard]] std::chrono::milliseconds backoffDelay(int tries);

} // namespace workbench
