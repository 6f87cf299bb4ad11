// SPDX-License-Identifier: Apache-2.0
#include "core/json/plain_number.h"

#include "core/json/json_grammar.h"

#include <array>
#include <bit>
#include <cstring>
#include <string_view>

namespace workbench {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr int MostPlaces = 22; ///< 10^22 is the largest power of ten that a double holds exactly
constexpr int MostDigits = 17;
constexpr std::uint64_t SafeInteger = 1'000'000'000'000'000; ///< 10^15
constexpr int MantissaBits = 53;

constexpr auto PowersOfTen = [] {
    std::array<double, MostPlaces + 1> powers {};
    double power = 1;
    for (double& entry : powers) {
        entry = power;
        power *= 10;
    }
    return powers;
}();

constexpr auto PowersOfFive = [] {
    std::array<std::uint64_t, MostPlaces + 1> powers {};
    std::uint64_t power = 1;
    for (std::uint64_t& entry : powers) {
        entry = power;
        power *= 5;
    }
    return powers;
}();

bool isDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

/// Eight characters at a time: whether all are digits, and the number they make.
bool areDigits(std::uint64_t eight)
{
    constexpr std::uint64_t HighHalves = 0xf0f0f0f0f0f0f0f0;
    return ((eight & HighHalves) | (((eight + 0x0606060606060606) & HighHalves) >> 4U)) == 0x3333333333333333;
}

std::uint64_t numberOf(std::uint64_t eight)
{
    // Neighbours are put together: digits to pairs, pairs to fours, fours to the whole.
    eight = ((eight & 0x0f0f0f0f0f0f0f0f) * (1 + (std::uint64_t {10} << 8U))) >> 8U;
    eight = ((eight & 0x00ff00ff00ff00ff) * (1 + (std::uint64_t {100} << 16U))) >> 16U;
    return ((eight & 0x0000ffff0000ffff) * (1 + (std::uint64_t {10'000} << 32U))) >> 32U;
}

std::uint64_t eightAt(const char* at)
{
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof(eight));
    return eight;
}

std::uint64_t distance(std::int64_t value) { return static_cast<std::uint64_t>(value < 0 ? -value : value); }

/// The number digits / 10^places with 16 or 17 digits, the last of them not 0, at least one place.
/// Sets nothing when the answer would need more thought.
void readExactly(std::uint64_t digits, int places, PlainNumber& number)
{
    // digits * 2^shift = mantissa * five + rest, so that the number is mantissa * 2^(grown - shift - places)
    // but for the rest; all distances below are in units of 1 / (5^places * 2^(shift + places)).
    const std::uint64_t five = PowersOfFive[static_cast<std::size_t>(places)];
    const int shift
        = MantissaBits - static_cast<int>(std::bit_width(digits)) + static_cast<int>(std::bit_width(five));
    if (shift < 0) {
        return;
    }
    const Wide scaled = static_cast<Wide>(digits) << static_cast<unsigned>(shift);
    const auto quotient = static_cast<std::uint64_t>(scaled / five);
    const auto rest = static_cast<std::uint64_t>(scaled - static_cast<Wide>(quotient) * five);
    const unsigned grown = quotient >> static_cast<unsigned>(MantissaBits) != 0 ? 1 : 0;
    std::uint64_t mantissa = quotient >> grown;
    const std::uint64_t ulp = five << grown;
    auto error = static_cast<std::int64_t>(rest + ((quotient & grown) != 0 ? five : 0)); // text - double
    const std::uint64_t twice = distance(error) * 2;
    if (twice > ulp || (twice == ulp && (mantissa & 1U) != 0)) {
        ++mantissa;
        error -= static_cast<std::int64_t>(ulp);
    }
    constexpr std::uint64_t Lowest = std::uint64_t {1} << (MantissaBits - 1);
    if (mantissa <= Lowest || mantissa >= 2 * Lowest) {
        return;
    }
    constexpr int Bias = 1023 + MantissaBits - 1;
    const int exponent = static_cast<int>(grown) - shift - places + Bias;
    const double value = std::bit_cast<double>(
        (static_cast<std::uint64_t>(exponent) << (MantissaBits - 1)) | (mantissa - Lowest));

    const std::int64_t unit = std::int64_t {1} << static_cast<unsigned>(shift); // one more in the last digit
    const auto last = static_cast<std::int64_t>(digits % 10);
    const std::uint64_t own = 2 * distance(error);
    const std::uint64_t below = 2 * distance(error - last * unit); // to the texts of one digit less
    const std::uint64_t above = 2 * distance(error + (10 - last) * unit);
    if (own == static_cast<std::uint64_t>(unit) || below == ulp || above == ulp) {
        return;
    }
    const bool nearest = own < static_cast<std::uint64_t>(unit);
    number.value = value;
    number.form = nearest && below > ulp && above > ulp ? NumberForm::Canonical : NumberForm::Other;
}

/// A spelling that is left to others: only measured.
PlainNumber measured(const char* text, const char* end)
{
    const char* at = text;
    while (at < end && (isDigit(*at) || *at == '-' || *at == '+' || *at == '.' || *at == 'e' || *at == 'E')) {
        ++at;
    }
    PlainNumber number;
    const auto length = static_cast<std::size_t>(at - text);
    number.length = isJsonNumber(std::string_view(text, length)) ? length : 0;
    return number;
}

} // namespace

PlainNumber readPlainNumber(const char* text, const char* end)
{
    const char* at = text;
    const bool negative = at < end && *at == '-';
    at += negative ? 1 : 0;
    const char* const first = at;
    const char* const limit = end - first > MostDigits + 1 ? first + MostDigits + 2 : end;
    std::uint64_t digits = 0; // at most 19 of them: no overflow
    while (at < limit && isDigit(*at)) {
        digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
        ++at;
    }
    const auto whole = at - first;
    if (whole == 0 || (whole > 1 && *first == '0')) {
        return {}; // no number
    }
    int places = 0;
    if (at < limit && *at == '.') {
        const char* const point = at++;
        // Zeros in front of the first digit that counts need no room in `digits`.
        const char* const fractionLimit
            = end - point > MostPlaces + 1 && digits == 0 ? point + MostPlaces + 2 : limit;
        constexpr bool FirstIsLowest = std::endian::native == std::endian::little;
        constexpr std::uint64_t RoomForEight = 10'000'000'000; // digits stays below 10^18
        while (FirstIsLowest && fractionLimit - at >= 8 && digits < RoomForEight && areDigits(eightAt(at))) {
            digits = digits * 100'000'000 + numberOf(eightAt(at));
            at += 8;
        }
        while (at < fractionLimit && isDigit(*at)) {
            digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
            ++at;
            if (digits >= SafeInteger * 1000) {
                return measured(text, end);
            }
        }
        places = static_cast<int>(at - point) - 1;
        if (places == 0) {
            return measured(text, end);
        }
    }
    if (at < end && (isDigit(*at) || *at == 'e' || *at == 'E' || *at == '.')) {
        return measured(text, end);
    }
    PlainNumber number;
    number.length = static_cast<std::size_t>(at - text);
    if (digits == 0 || places > MostPlaces) {
        if (number.length == 1) {
            number.form = NumberForm::Canonical; // "0"
        }
        return number;
    }
    if (digits < SafeInteger) {
        number.value = static_cast<double>(digits);
        if (places > 0) { // most are whole, and dividing is slow
            number.value /= PowersOfTen[static_cast<std::size_t>(places)];
        }
        number.form = places > 0 && at[-1] == '0' ? NumberForm::Other : NumberForm::Canonical;
    } else if (places > 0 && at[-1] != '0' && digits < SafeInteger * 100) {
        readExactly(digits, places, number);
    }
    if (number.form == NumberForm::Canonical && number.value < 1e-6) {
        number.form = NumberForm::Other; // written with an exponent
    }
    number.value = negative ? -number.value : number.value;
    return number;
}

} // namespace workbench
