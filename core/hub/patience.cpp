// SPDX-License-Identifier: Apache-2.0
#include "core/hub/patience.h"

namespace workbench {

namespace {

constexpr std::uint64_t SlowestBytesPerSecond = std::uint64_t {16} << 10U;

} // namespace

std::chrono::milliseconds longestOf(const HttpRequest& request)
{
    const std::uint64_t bytes = request.body == nullptr ? 0 : request.body->size();
    return request.total + std::chrono::seconds {bytes / SlowestBytesPerSecond};
}

Patience::Patience(const HttpRequest& request)
    : m_request(request)
    , m_begun(Clock::now())
    , m_lastByte(m_begun)
{
}

bool Patience::isSilent(CURL* easy, std::uint64_t headerBytes)
{
    curl_off_t connected = 0;
    curl_off_t up = 0;
    curl_off_t down = 0;
    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &up);
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
    const std::uint64_t moved
        = static_cast<std::uint64_t>(up) + static_cast<std::uint64_t>(down) + headerBytes;
    if (connected == 0 || moved != m_moved) {
        m_moved = moved;
        m_lastByte = Clock::now();
    }
    return Clock::now() - m_lastByte >= m_request.stall;
}

bool Patience::isOver() const { return Clock::now() - m_begun >= longestOf(m_request); }

} // namespace workbench
