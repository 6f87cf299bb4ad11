// SPDX-License-Identifier: Apache-2.0
#include "core/json/plain_number.h"

#include "core/base/ascii.h"
#include "core/base/eight_characters.h"
#include "core/json/json_grammar.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

namespace workbench {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr int MostPlaces = 22; ///< 10^22 is the largest power of ten that a double holds exactly
constexpr std::size_t MostCounted = 18; ///< digits that are read at most; 17 may make a number here
constexpr unsigned MantissaBits = 53;
/// Below 2^52 half an ulp is less than half of one in the last digit: the text is the nearest to its double
/// of its length, and no text of one digit less, at least one away, can be read as that double.
constexpr std::uint64_t AllDiffer = std::uint64_t {1} << (MantissaBits - 1);
constexpr std::uint64_t MostDigits = 100'000'000'000'000'000; ///< 10^17

template <class Number, std::size_t Count> constexpr std::array<Number, Count> powersOf(Number base)
{
    std::array<Number, Count> powers {};
    Number power = 1;
    for (Number& entry : powers) {
        entry = power;
        power *= base;
    }
    return powers;
}

constexpr auto PowersOfTen = powersOf<double, MostPlaces + 1>(10);
constexpr auto WholePowersOfTen = powersOf<std::uint64_t, MostCounted + 1>(10);
constexpr auto PowersOfFive = powersOf<std::uint64_t, MostPlaces + 1>(5);

constexpr auto BitsOfFive = [] {
    std::array<unsigned, MostPlaces + 1> bits {};
    for (std::size_t places = 0; places < bits.size(); ++places) {
        bits[places] = static_cast<unsigned>(std::bit_width(PowersOfFive[places]));
    }
    return bits;
}();

/// floor(2^(63 + bits of the power) / power): dividing by 5^n is multiplying by these.
constexpr auto SharesOfFive = [] {
    std::array<std::uint64_t, MostPlaces + 1> shares {};
    for (std::size_t places = 1; places < shares.size(); ++places) { // 5^0 has none below 2^64
        shares[places]
            = static_cast<std::uint64_t>((Wide {1} << (63U + BitsOfFive[places])) / PowersOfFive[places]);
    }
    return shares;
}();

/// Digits at the beginning of eight characters.
struct DigitRun {
    unsigned count = 0;
    std::uint64_t number = 0;
};

/// All eight at a time: no digit is waited for, and no branch has to be guessed but that there are any.
DigitRun digitsOf(std::uint64_t eight)
{
    constexpr std::uint64_t HighHalves = 0xf0f0f0f0f0f0f0f0;
    const std::uint64_t others
        = ((eight & HighHalves) | (((eight + 0x0606060606060606) & HighHalves) >> 4U)) ^ 0x3333333333333333;
    const auto count = static_cast<unsigned>(std::countr_zero(others)) / 8;
    if (count == 0) {
        return {};
    }
    eight <<= 64 - 8 * count; // what stands behind them goes, zeros come in front
    // Neighbours are put together: digits to pairs, pairs to fours, fours to the whole.
    eight = ((eight & 0x0f0f0f0f0f0f0f0f) * (1 + (std::uint64_t {10} << 8U))) >> 8U;
    eight = ((eight & 0x00ff00ff00ff00ff) * (1 + (std::uint64_t {100} << 16U))) >> 16U;
    return {count, ((eight & 0x0000ffff0000ffff) * (1 + (std::uint64_t {10'000} << 32U))) >> 32U};
}

/// Reads on behind the digits that `digits` holds, and goes past them. False when more than 18 count.
bool takeDigits(const char*& at, const char* end, std::uint64_t& digits)
{
    while (end - at >= 8) {
        const DigitRun run = digitsOf(eightCharacters(at));
        if (digits >= WholePowersOfTen[MostCounted - run.count]) {
            return false;
        }
        digits = digits * WholePowersOfTen[run.count] + run.number;
        at += run.count;
        if (run.count < 8) {
            return true;
        }
    }
    while (at < end && isDigit(*at)) {
        if (digits >= WholePowersOfTen[MostCounted - 1]) {
            return false;
        }
        digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
        ++at;
    }
    return true;
}

/// The number digits / 10^places: 2^52 or more in up to 17 digits, at least one place. Sets nothing when the
/// answer would need more thought. Branches only where one side is hardly ever taken: whether a double lies
/// above or below its text cannot be guessed.
void readExactly(std::uint64_t digits, std::size_t places, PlainNumber& number)
{
    // digits * 2^shift = mantissa * five + rest, so that the number is mantissa * 2^(grown - shift - places)
    // but for the rest; all distances below are in units of 1 / (5^places * 2^(shift + places)).
    const std::uint64_t five = PowersOfFive[places];
    const auto bits = static_cast<unsigned>(std::bit_width(digits));
    if (MantissaBits + BitsOfFive[places] < bits) {
        return;
    }
    const unsigned shift = MantissaBits + BitsOfFive[places] - bits; // 52 at most
    // The share is less than one too small, and digits have fewer bits than are cut off: so is the quotient.
    const auto product = static_cast<Wide>(digits << (64 - bits)) * SharesOfFive[places];
    std::uint64_t quotient = static_cast<std::uint64_t>(product >> 64U) >> 10U;
    std::uint64_t rest = (digits << shift) - quotient * five; // no more than two fives
    if (rest >= five) {
        ++quotient;
        rest -= five;
    }
    const std::uint64_t grown = quotient >> MantissaBits; // 1 or 0
    const std::uint64_t ulp = five << grown;
    rest += five & (0 - (quotient & grown));
    if (2 * rest == ulp) {
        return;
    }
    const auto up = static_cast<std::uint64_t>(2 * rest > ulp);
    const std::uint64_t mantissa = (quotient >> grown) + up;
    constexpr std::uint64_t Lowest = std::uint64_t {1} << (MantissaBits - 1);
    if (mantissa <= Lowest || mantissa >= 2 * Lowest) {
        return;
    }
    constexpr std::uint64_t Bias = 1023 + MantissaBits - 1;
    const std::uint64_t exponent = Bias + grown - shift - places;
    number.value = std::bit_cast<double>((exponent << (MantissaBits - 1)) | (mantissa - Lowest));

    const auto twice = 2 * static_cast<std::int64_t>(rest - (ulp & (0 - up))); // text - double
    const std::int64_t unit = std::int64_t {1} << shift; // one more in the last digit
    const auto last = static_cast<std::int64_t>(digits % 10);
    const auto gap = static_cast<std::int64_t>(ulp);
    const std::int64_t nearest = std::min(unit - twice, unit + twice); // below 0: another of its length is
    const std::int64_t below = 2 * last * unit - twice; // to the texts of one digit less
    const std::int64_t above = 2 * (10 - last) * unit + twice;
    const std::int64_t shorter = std::min(below, above) - gap; // below 0: one of them will do
    if (nearest == 0 || shorter == 0) {
        return;
    }
    number.form = std::min(nearest, shorter) > 0 ? NumberForm::Canonical : NumberForm::Other;
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

PlainNumber readAnyPlainNumber(const char* text, const char* end)
{
    const char* at = text;
    const bool negative = at < end && *at == '-';
    at += negative ? 1 : 0;
    const char* const first = at;
    std::uint64_t digits = 0;
    while (at < end && isDigit(*at)) {
        if (digits >= WholePowersOfTen[MostCounted - 1]) {
            return measured(text, end);
        }
        digits = digits * 10 + static_cast<std::uint64_t>(*at - '0');
        ++at;
    }
    const auto whole = at - first;
    if (whole == 0 || (whole > 1 && *first == '0')) {
        return {}; // no number
    }
    std::ptrdiff_t places = 0;
    if (at < end && *at == '.') {
        const char* const point = at++;
        if (!takeDigits(at, end, digits)) {
            return measured(text, end);
        }
        places = at - point - 1;
        if (places == 0) {
            return measured(text, end);
        }
    }
    if (at < end && (*at == 'e' || *at == 'E' || *at == '.')) {
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
    if (digits < AllDiffer) {
        number.value = static_cast<double>(digits);
        if (places > 0) { // most are whole, and dividing is slow
            number.value /= PowersOfTen[static_cast<std::size_t>(places)];
        }
        number.form = places > 0 && at[-1] == '0' ? NumberForm::Other : NumberForm::Canonical;
    } else if (places > 0 && at[-1] != '0' && digits < MostDigits) {
        readExactly(digits, static_cast<std::size_t>(places), number);
    }
    if (number.form == NumberForm::Canonical && number.value < 1e-6) {
        number.form = NumberForm::Other; // written with an exponent
    }
    number.value = negative ? -number.value : number.value;
    return number;
}

} // namespace workbench
