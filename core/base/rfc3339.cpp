// SPDX-License-Identifier: Apache-2.0
#include "core/base/rfc3339.h"

#include <array>

namespace workbench {

namespace {

using namespace std::chrono;

/// Reads exactly `count` ASCII digits at `at`; -1 when they are not there.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size()) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const char c = text[i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<sys_days> parseDay(std::string_view text)
{
    const int y = digits(text, 0, 4);
    const int m = digits(text, 5, 2);
    const int d = digits(text, 8, 2);
    if (y < 0 || m < 0 || d < 0 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const year_month_day date {year {y}, month {static_cast<unsigned>(m)}, day {static_cast<unsigned>(d)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return sys_days {date};
}

void putDigits(char* out, int value, int count)
{
    for (int i = count - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

std::optional<Rfc3339Time> parseRfc3339(std::string_view text)
{
    // The shortest is "2026-01-01T00:00:00Z".
    if (text.size() < 20) {
        return std::nullopt;
    }
    const auto date = parseDay(text.substr(0, 10));
    const char separator = text[10];
    if (!date || (separator != 'T' && separator != 't' && separator != ' ')) {
        return std::nullopt;
    }
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || text[13] != ':'
        || text[16] != ':') {
        return std::nullopt;
    }
    std::size_t at = 19;
    Rfc3339Time result;
    int millis = 0;
    if (text[at] == '.') {
        ++at;
        int place = 100;
        const std::size_t first = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            millis += (text[at] - '0') * place;
            place /= 10;
            ++at;
        }
        if (at == first) {
            return std::nullopt;
        }
        result.hasFraction = true;
    }
    minutes offset {0};
    if (at == text.size()) {
        return std::nullopt;
    }
    if (text[at] == 'Z' || text[at] == 'z') {
        ++at;
    } else if (text[at] == '+' || text[at] == '-') {
        const int offsetHours = digits(text, at + 1, 2);
        const int offsetMinutes = digits(text, at + 4, 2);
        if (offsetHours < 0 || offsetHours > 23 || offsetMinutes < 0 || offsetMinutes > 59
            || text[at + 3] != ':') {
            return std::nullopt;
        }
        offset = hours {offsetHours} + minutes {offsetMinutes};
        if (text[at] == '-') {
            offset = -offset;
        }
        at += 6;
    } else {
        return std::nullopt;
    }
    if (at != text.size()) {
        return std::nullopt;
    }
    result.time = UtcTime {*date} + hours {hour} + minutes {minute} - offset + seconds {second}
        + milliseconds {millis};
    return result;
}

std::optional<UtcTime> parseDateOrTime(std::string_view text)
{
    if (text.size() == 10) {
        const auto date = parseDay(text);
        return date ? std::optional<UtcTime> {UtcTime {*date}} : std::nullopt;
    }
    const auto time = parseRfc3339(text);
    // What could not be written again is no time to filter by.
    return time && !formatRfc3339(time->time).empty() ? std::optional<UtcTime> {time->time} : std::nullopt;
}

bool appendRfc3339(std::string& out, const Rfc3339Time& time)
{
    const auto date = floor<days>(time.time);
    const year_month_day ymd {date};
    const int y = static_cast<int>(ymd.year());
    if (y < 0 || y > 9999) {
        return false;
    }
    const hh_mm_ss<milliseconds> clock {time.time - date};
    std::array<char, 24> text {};
    putDigits(text.data(), y, 4);
    text[4] = '-';
    putDigits(text.data() + 5, static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
    text[7] = '-';
    putDigits(text.data() + 8, static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
    text[10] = 'T';
    putDigits(text.data() + 11, static_cast<int>(clock.hours().count()), 2);
    text[13] = ':';
    putDigits(text.data() + 14, static_cast<int>(clock.minutes().count()), 2);
    text[16] = ':';
    putDigits(text.data() + 17, static_cast<int>(clock.seconds().count()), 2);
    if (time.hasFraction) {
        text[19] = '.';
        putDigits(text.data() + 20, static_cast<int>(clock.subseconds().count()), 3);
        out.append(text.data(), 23);
    } else {
        out.append(text.data(), 19);
    }
    out.push_back('Z');
    return true;
}

bool isCanonicalRfc3339(std::string_view text)
{
    constexpr std::size_t Whole = std::string_view("2026-01-01T00:00:00Z").size();
    constexpr std::size_t WithMillis = Whole + std::string_view(".000").size();
    return (text.size() == Whole || text.size() == WithMillis) && text[10] == 'T' && text.back() == 'Z';
}

std::string formatRfc3339(UtcTime time, bool withMillis)
{
    std::string text;
    if (!appendRfc3339(text, {time, withMillis})) {
        text.clear();
    }
    return text;
}

} // namespace workbench
