// SPDX-License-Identifier: Apache-2.0
/// How long a request is waited for. libcurl's own limits count whole seconds.
#pragma once

#include "core/hub/http.h"

#include <curl/curl.h>

#include <chrono>
#include <cstdint>

namespace workbench {

/// Watches one exchange from its beginning: its silence and its length.
class Patience {
public:
    explicit Patience(const HttpRequest& request);

    /// No byte has moved for HttpRequest::stall. While a connection is being made libcurl's own limit counts,
    /// not this one.
    [[nodiscard]] bool isSilent(CURL* easy, std::uint64_t headerBytes);
    /// HttpRequest::total is over, with the time that the body may take on the slowest line.
    [[nodiscard]] bool isOver() const;

private:
    using Clock = std::chrono::steady_clock;

    const HttpRequest& m_request;
    Clock::time_point m_begun;
    Clock::time_point m_lastByte;
    std::uint64_t m_moved = 0;
};

} // namespace workbench
