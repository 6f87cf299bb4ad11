// SPDX-License-Identifier: Apache-2.0
#include "core/json/number_text.h"

#include "core/base/ascii.h"
#include "core/json/number_format.h"

#include <charconv>
#include <cstdint>

namespace workbench {

namespace {

/// For a number that std::from_chars found out of range: whether it is too large rather than too small.
bool overflows(std::string_view text)
{
    constexpr std::int64_t Huge = std::int64_t {1} << 40;
    const std::size_t mark = text.find_first_of("eE");
    std::int64_t exponent = 0;
    if (mark != std::string_view::npos) {
        std::size_t at = mark + 1;
        const bool negative = text[at] == '-';
        if (text[at] == '-' || text[at] == '+') {
            ++at;
        }
        for (; at < text.size() && exponent < Huge; ++at) {
            exponent = exponent * 10 + (text[at] - '0');
        }
        exponent = negative ? -exponent : exponent;
    }
    // The decimal exponent of the first digit that is not 0.
    std::int64_t place = 0;
    bool afterPoint = false;
    bool seen = false;
    for (const char c : text.substr(0, mark)) {
        if (c == '.') {
            afterPoint = true;
        } else if (isDigit(c)) {
            seen = seen || c != '0';
            if (afterPoint && !seen) {
                --place;
            } else if (!afterPoint && seen) {
                ++place;
            }
        }
    }
    return place + exponent > 0;
}

} // namespace

std::optional<double> parseJsonNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        return overflows(text) ? std::nullopt : std::optional<double> {0.0};
    }
    return value;
}

bool isPlainlyCanonical(std::string_view text)
{
    constexpr std::size_t SafeDigits = 15;
    std::size_t at = !text.empty() && text.front() == '-' ? 1 : 0;
    const std::size_t firstDigit = at;
    if (at == text.size()) {
        return false;
    }
    if (text[at] == '0') {
        // "0" alone or "0.ddd"; "-0" is written 0.
        if (at + 1 == text.size()) {
            return firstDigit == 0;
        }
        if (text[at + 1] != '.') {
            return false;
        }
        std::size_t zeros = 0;
        for (at += 2; at < text.size() && text[at] == '0'; ++at) {
            ++zeros;
        }
        // Below 1e-6 the canonical form has an exponent.
        if (zeros > 5 || text.size() - at > SafeDigits || at == text.size()) {
            return false;
        }
    } else if (text.size() - at > SafeDigits + 1) {
        return false;
    }
    bool point = text[firstDigit] == '0';
    for (; at < text.size(); ++at) {
        if (text[at] == '.' && !point) {
            point = true;
        } else if (!isDigit(text[at])) {
            return false;
        }
    }
    if (!point) {
        return text.size() - firstDigit <= SafeDigits;
    }
    return text.back() != '0' && text.back() != '.';
}

void appendCanonicalNumber(std::string& out, std::string_view text, double value)
{
    if (isPlainlyCanonical(text)) {
        out.append(text);
    } else {
        appendCanonicalNumber(out, value);
    }
}

} // namespace workbench
