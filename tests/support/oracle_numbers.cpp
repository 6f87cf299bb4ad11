// SPDX-License-Identifier: Apache-2.0
#include "tests/support/oracle.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <locale.h>

namespace workbench::oracle {

namespace {

/// printf and strtod with a point, whatever the process is set to.
class PlainLocale {
public:
    PlainLocale() : m_plain(newlocale(LC_ALL_MASK, "C", nullptr)), m_before(uselocale(m_plain)) {}
    ~PlainLocale()
    {
        uselocale(m_before);
        freelocale(m_plain);
    }
    PlainLocale(const PlainLocale&) = delete;
    PlainLocale& operator=(const PlainLocale&) = delete;
    PlainLocale(PlainLocale&&) = delete;
    PlainLocale& operator=(PlainLocale&&) = delete;

private:
    locale_t m_plain;
    locale_t m_before;
};

struct Decimal {
    std::string digits; ///< no zeros at the end
    int exponent = 0; ///< the value is 0.DIGITS times ten to this
};

bool readsBack(const std::string& digits, int exponent, double value)
{
    const std::string text = "0." + digits + "e" + std::to_string(exponent);
    return std::strtod(text.c_str(), nullptr) == value;
}

/// One up or down in the last digit; false when that would change the number of digits.
bool step(std::string& digits, int by)
{
    for (std::size_t at = digits.size(); at-- > 0;) {
        const int digit = digits[at] - '0' + by;
        if (digit >= 0 && digit <= 9) {
            digits[at] = static_cast<char>('0' + digit);
            return digits[0] != '0';
        }
        digits[at] = by > 0 ? '0' : '9';
    }
    return false;
}

/// The fewest digits that read back; among those the closest to the value.
Decimal shortest(double value)
{
    for (int count = 1; count <= 17; ++count) {
        std::array<char, 40> text {};
        std::snprintf(text.data(), text.size(), "%.*e", count - 1, value);
        const std::string printed = text.data(); // d.ddde±xx
        const std::size_t mark = printed.find('e');
        std::string digits = printed.substr(0, 1);
        if (count > 1) {
            digits += printed.substr(2, mark - 2);
        }
        const int exponent = std::atoi(printed.c_str() + mark + 1) + 1;
        // printf gives the closest decimal of this length. Where the gap to the next double below is half
        // the gap above, a neighbour may read back although the closest does not.
        for (const int by : {0, 1, -1}) {
            std::string tried = digits;
            if ((by == 0 || step(tried, by)) && readsBack(tried, exponent, value)) {
                while (tried.size() > 1 && tried.back() == '0') {
                    tried.pop_back();
                }
                return {.digits = tried, .exponent = exponent};
            }
        }
    }
    return {};
}

} // namespace

std::string formatNumber(double value)
{
    if (value == 0) {
        return "0";
    }
    const PlainLocale plain;
    const Decimal decimal = shortest(std::fabs(value));
    const std::string& digits = decimal.digits;
    const int k = static_cast<int>(digits.size());
    const int n = decimal.exponent;
    std::string text = value < 0 ? "-" : "";
    // ECMAScript, Number::toString, steps 7 to 10.
    if (k <= n && n <= 21) {
        return text + digits + std::string(static_cast<std::size_t>(n - k), '0');
    }
    if (0 < n && n <= 21) {
        return text + digits.substr(0, static_cast<std::size_t>(n)) + "."
            + digits.substr(static_cast<std::size_t>(n));
    }
    if (-6 < n && n <= 0) {
        return text + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    }
    text += digits[0];
    if (k > 1) {
        text += "." + digits.substr(1);
    }
    return text + "e" + (n - 1 < 0 ? "-" : "+") + std::to_string(std::abs(n - 1));
}

} // namespace workbench::oracle
