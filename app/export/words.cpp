// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace workbench {

namespace {

/// With one digit behind the point.
std::string tenths(double value)
{
    std::array<char, 64> text {};
    const auto end
        = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1).ptr;
    return {text.data(), end};
}

} // namespace

std::string sized(std::uint64_t bytes)
{
    if (bytes < 1000) {
        return counted(bytes, "byte", "bytes");
    }
    auto value = static_cast<double>(bytes);
    for (const char* unit : {"kB", "MB", "GB"}) {
        value /= 1000;
        if (value < 999.95) {
            return tenths(value) + ' ' + unit;
        }
    }
    return tenths(value / 1000) + " TB";
}

std::string lasting(double seconds)
{
    if (seconds < 9.95) {
        return tenths(seconds) + " s";
    }
    if (seconds < 90) {
        return grouped(static_cast<std::uint64_t>(std::llround(seconds))) + " s";
    }
    return grouped(static_cast<std::uint64_t>(std::llround(seconds / 60))) + " min";
}

std::string roughly(double seconds)
{
    const auto whole = static_cast<std::uint64_t>(std::llround(std::max(1.0, seconds)));
    return whole < 90 ? grouped(whole) + " s" : grouped((whole + 30) / 60) + " min";
}

std::string padded(std::string text, std::size_t width)
{
    text.append(width - std::min(width, text.size()), ' ');
    return text;
}

std::string paddedLeft(std::string text, std::size_t width)
{
    text.insert(0, width - std::min(width, text.size()), ' ');
    return text;
}

} // namespace workbench
