// SPDX-License-Identifier: Apache-2.0
#include "core/json/number_format.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace workbench {

void appendCanonicalNumber(std::string& out, double value)
{
    // Small whole numbers are most of what a row holds.
    if (value >= -9007199254740991.0 && value <= 9007199254740991.0) {
        const auto whole = static_cast<std::int64_t>(value);
        if (static_cast<double>(whole) == value) { // also turns -0 into 0
            std::array<char, 24> text {};
            const auto end = std::to_chars(text.data(), text.data() + text.size(), whole).ptr;
            out.append(text.data(), static_cast<std::size_t>(end - text.data()));
            return;
        }
    }
    // The shortest digits and the exponent: "d.ddde±xx". ECMAScript Number::toString then says how they are
    // laid out; with k digits and the decimal point after the first n of them:
    std::array<char, 40> scientific {};
    const auto end = std::to_chars(
        scientific.data(), scientific.data() + scientific.size(), value, std::chars_format::scientific)
                         .ptr;
    std::string_view text(scientific.data(), static_cast<std::size_t>(end - scientific.data()));
    if (text.front() == '-') {
        out.push_back('-');
        text.remove_prefix(1);
    }
    const std::size_t mark = text.find('e');
    int exponent = 0;
    const char* exponentText = text.data() + mark + 1 + (text[mark + 1] == '+' ? 1 : 0);
    std::from_chars(exponentText, text.data() + text.size(), exponent);

    std::array<char, 24> digits {};
    std::size_t k = 0;
    for (const char c : text.substr(0, mark)) {
        if (c != '.') {
            digits[k++] = c;
        }
    }
    const std::string_view all(digits.data(), k);
    const int n = exponent + 1;
    const int count = static_cast<int>(k);
    if (count <= n && n <= 21) {
        out.append(all).append(static_cast<std::size_t>(n - count), '0');
    } else if (0 < n && n <= 21) {
        out.append(all.substr(0, static_cast<std::size_t>(n))).push_back('.');
        out.append(all.substr(static_cast<std::size_t>(n)));
    } else if (-6 < n && n <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-n), '0').append(all);
    } else {
        out.push_back(all.front());
        if (k > 1) {
            out.push_back('.');
            out.append(all.substr(1));
        }
        out.push_back('e');
        out.push_back(n - 1 < 0 ? '-' : '+');
        std::array<char, 8> power {};
        const int magnitude = n - 1 < 0 ? 1 - n : n - 1;
        const auto powerEnd = std::to_chars(power.data(), power.data() + power.size(), magnitude).ptr;
        out.append(power.data(), static_cast<std::size_t>(powerEnd - power.data()));
    }
}

} // namespace workbench
