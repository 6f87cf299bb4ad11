// SPDX-License-Identifier: Apache-2.0
/// How long a request is waited for. libcurl's own limits count whole seconds.
#pragma once

#include "core/hub/http.h"

#include <curl/curl.h>

#include <chrono>
#include <cstdint>

namespace workbench {

/// HttpRequest::total, and a second for each 16 KiB of the body: the slowest line that is waited for.
[[nodiscard]] std::chrono::milliseconds longestOf(const HttpRequest& request);

/// Watches one exchange from its beginning: its silence and its length.
class Patience {
public:
    explicit Patience(const HttpRequest& request);

    /// No byte has moved for HttpRequest::stall. While a connection is being made libcurl's own limit counts,
    /// not this one.
    [[nodiscard]] bool isSilent(CURL* easy, std::uint64_t headerBytes);
    /// longestOf() is over.
    [[nodiscard]] bool isOver() const;

private:
    using Clock = std::chrono::steady_clock;

    const HttpRequest& m_request;
    Clock::time_point m_begun;
    Clock::time_point m_lastByte;
    std::uint64_t m_moved = 0;
};

} // namespace workbench
