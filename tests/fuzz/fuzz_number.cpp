// SPDX-License-Identifier: Apache-2.0
// A number's text: its value is the C library's, its canonical text that of a formatter that tries all
// lengths.
#include "core/json/json_grammar.h"
#include "core/json/number_format.h"
#include "core/json/number_text.h"
#include "core/json/plain_number.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"
#include "tests/support/oracle.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace workbench::fuzz {

namespace {

/// By the bits, but that -0 is 0.
bool same(double a, double b)
{
    return (a == 0 && b == 0) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

} // namespace

void readNumber(std::string_view input)
{
    const std::vector<char> exact(
        input.begin(), input.end()); // so that a sanitizer sees what is read behind it
    const std::string_view text(exact.data(), exact.size());
    const PlainNumber plain = readAnyPlainNumber(exact.data(), exact.data() + exact.size());
    promise(
        plain.length == 0 || isJsonNumber(text.substr(0, plain.length)), "what was measured is no number");
    if (!isJsonNumber(text)) {
        promise(plain.length < text.size() || text.empty(), "what is no number was read as one");
        return;
    }
    promise(plain.length == text.size(), "a number was not read to its end");
    const double expected = std::strtod(std::string(text).c_str(), nullptr);
    const auto value = parseJsonNumber(text);
    promise(value.has_value() == std::isfinite(expected), "overflow is seen differently");
    if (!value) {
        promise(plain.form == NumberForm::Unread, "a number that overflows was read");
        return;
    }
    promise(same(*value, expected), "a number has another value");
    std::string canonical;
    appendCanonicalNumber(canonical, text, *value);
    promise(canonical == oracle::formatNumber(*value), "a number is written differently");
    promise(!isPlainlyCanonical(text) || canonical == text, "a number is taken for canonical");
    if (plain.form != NumberForm::Unread) {
        promise(same(plain.value, expected), "a number read in one pass has another value");
        promise((plain.form == NumberForm::Canonical) == (canonical == text), "its form is another one");
    }
    const auto again = parseJsonNumber(canonical);
    promise(again && same(*again, *value), "a number written does not read back");
}

} // namespace workbench::fuzz
