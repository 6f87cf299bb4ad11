// SPDX-License-Identifier: Apache-2.0
#include "core/hub/retry_delay.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <random>
#include <string>

namespace workbench {

namespace {

using namespace std::chrono;

std::optional<long> number(std::string_view text)
{
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() || value < 0) {
        return std::nullopt;
    }
    return value;
}

/// The value of `;name=` in a RateLimit header such as `"api";r=0;t=231`; blanks may stand behind the `;`.
std::optional<long> parameter(std::string_view header, std::string_view name)
{
    for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';')) {
        header.remove_prefix(at + 1);
        header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
        if (header.starts_with(name) && header.substr(name.size()).starts_with('=')) {
            return number(header.substr(name.size() + 1));
        }
    }
    return std::nullopt;
}

milliseconds capped(seconds wait) { return std::clamp<milliseconds>(wait, seconds {0}, LongestWait); }

} // namespace

bool isRetryable(int status)
{
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

std::optional<milliseconds> askedDelay(const HttpAnswer& answer, system_clock::time_point now)
{
    const std::string_view limit = answer.header("RateLimit");
    if (answer.status == 429 && parameter(limit, "r") == 0L) {
        if (const auto reset = parameter(limit, "t")) {
            return capped(seconds {std::min(*reset, LongestWait.count()) + 1});
        }
    }
    const std::string after(answer.header("Retry-After"));
    if (after.empty()) {
        return std::nullopt;
    }
    if (after.find_first_not_of("0123456789") == std::string::npos) {
        const auto asked = number(after);
        return capped(seconds {std::min(asked.value_or(LongestWait.count()), LongestWait.count())});
    }
    const std::time_t date = curl_getdate(after.c_str(), nullptr);
    if (date < 0) {
        return std::nullopt;
    }
    // Counted from the server's own clock: this computer's may be wrong by hours.
    const std::time_t sent = curl_getdate(std::string(answer.header("Date")).c_str(), nullptr);
    const auto from = sent < 0 ? now : system_clock::from_time_t(sent);
    return capped(duration_cast<seconds>(system_clock::from_time_t(date) - from) + seconds {1});
}

milliseconds backoffDelay(int tries)
{
    constexpr int LastDoubling = 3;
    const milliseconds full = seconds {1 << std::min(tries, LastDoubling)};
    thread_local std::minstd_rand random {std::random_device {}()};
    std::uniform_int_distribution<long> shorter(0, full.count() / 4);
    return full - milliseconds {shorter(random)};
}

} // namespace workbench
