// SPDX-License-Identifier: Apache-2.0
// Numbers as JavaScript prints them: against known texts, and against a formatter made in another way.
#include "core/json/json_grammar.h"
#include "core/json/number_format.h"
#include "core/json/number_text.h"
#include "core/json/plain_number.h"
#include "tests/support/oracle.h"
#include "tests/support/random_examples.h"
#include "tests/support/thoroughness.h"

#include <QTest>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace workbench;

namespace {

QByteArray text(double value)
{
    std::string out;
    appendCanonicalNumber(out, value);
    return QByteArray::fromStdString(out);
}

/// What readPlainNumber() says of `spelling` against the formatter: empty when both agree.
QByteArray disagreement(const std::string& spelling, std::uint64_t& unread)
{
    // What stands behind a number must not matter.
    const std::string line = spelling + ",\"next\":1";
    const PlainNumber read = readPlainNumber(line.data(), line.data() + line.size());
    const auto wrong
        = [&spelling](const char* what) { return QByteArray::fromStdString(spelling) + ": " + what; };
    if (read.length != (isJsonNumber(spelling) ? spelling.size() : 0)) {
        return wrong("length");
    }
    if (read.form == NumberForm::Unread) {
        ++unread;
        return {};
    }
    const std::optional<double> value = parseJsonNumber(spelling);
    if (!value || std::bit_cast<std::uint64_t>(*value) != std::bit_cast<std::uint64_t>(read.value)) {
        return wrong("value");
    }
    std::string canonical;
    appendCanonicalNumber(canonical, *value);
    return (canonical == spelling) == (read.form == NumberForm::Canonical) ? QByteArray() : wrong("form");
}

/// Ways to write `value`: the canonical one, with more and fewer digits, off by one in the last, padded.
std::vector<std::string> spellingsOf(double value)
{
    std::vector<std::string> spellings;
    std::string canonical;
    appendCanonicalNumber(canonical, value);
    spellings.push_back(canonical);
    for (const int precision : {15, 16, 17}) {
        std::array<char, 64> buffer {};
        const auto end = std::to_chars(
            buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, precision)
                             .ptr;
        spellings.emplace_back(buffer.data(), end);
    }
    const std::size_t count = spellings.size();
    for (std::size_t i = 0; i < count; ++i) {
        for (const int step : {-1, 1}) {
            std::string other = spellings[i];
            char& last = other.back();
            last = static_cast<char>('0' + (last - '0' + 10 + step) % 10);
            spellings.push_back(std::move(other));
        }
    }
    spellings.push_back(canonical + '0');
    return spellings;
}

/// 10^7 doubles with WORKBENCH_LONG_TESTS set, else fewer.
int manyNumbers() { return qEnvironmentVariableIsSet("WORKBENCH_LONG_TESTS") ? 10'000'000 : 200'000; }

} // namespace

class tst_number_format : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void known_numbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](double value, const char* expected) {
            QTest::newRow(expected) << value << QByteArray(expected);
        };
        // RFC 8785, appendix B
        row(0.0, "0");
        QTest::newRow("minus zero") << -0.0 << QByteArray("0");
        row(5e-324, "5e-324");
        row(-5e-324, "-5e-324");
        row(1.7976931348623157e308, "1.7976931348623157e+308");
        row(9007199254740992, "9007199254740992");
        row(295147905179352825856.0, "295147905179352830000");
        row(9.999999999999997e22, "9.999999999999997e+22");
        row(1e23, "1e+23");
        row(1.0000000000000001e23, "1.0000000000000001e+23");
        row(999999999999999700000.0, "999999999999999700000");
        row(1e21, "1e+21");
        row(9.999999999999997e-7, "9.999999999999997e-7");
        row(0.000001, "0.000001");
        row(333333333.3333333, "333333333.3333333");
        row(333333333.33333325, "333333333.33333325");
        row(-0.0000033333333333333333, "-0.0000033333333333333333");
        row(1424953923781206.2, "1424953923781206.2");
        // The gap below a power of two is half the gap above.
        row(std::ldexp(1, -44), "5.684341886080802e-14");
        row(std::ldexp(1, 60), "1152921504606847000");
        row(2.2250738585072014e-308, "2.2250738585072014e-308");
        row(100000, "100000");
        row(1e-7, "1e-7");
        row(123456789012345680000.0, "123456789012345680000");
        row(0.1 + 0.2, "0.30000000000000004");
        row(4.35, "4.35");
        row(-999999999, "-999999999");
    }

    void known_numbers()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, expected);
        QCOMPARE(text(value), expected);
        QCOMPARE(QByteArray::fromStdString(oracle::formatNumber(value)), expected);
    }

    void a_million_numbers_read_back_to_themselves()
    {
        RandomExamples random(8785);
        for (int i = 0; i < 1'000'000; i += CaseStride) {
            const double value = random.number();
            const QByteArray written = text(value);
            if (std::strtod(written.constData(), nullptr) != value) {
                QCOMPARE(written, QByteArray("a text that reads back to itself"));
            }
        }
    }

    void a_number_read_in_one_pass_is_canonical_exactly_when_the_formatter_writes_it_so()
    {
        std::mt19937_64 random(17);
        std::uint64_t unread = 0;
        std::uint64_t seen = 0;
        for (int i = 0; i < manyNumbers(); i += CaseStride) {
            // Sizes as features have them, from 1e-5 to 1e7, and shares, which need all digits.
            const double share = std::ldexp(static_cast<double>(random() >> 11U), -53);
            const double value
                = i % 2 == 0 ? share : share * std::pow(10, static_cast<int>(random() % 13) - 5);
            for (const std::string& spelling : spellingsOf(random() % 8 == 0 ? -value : value)) {
                ++seen;
                const QByteArray wrong = disagreement(spelling, unread);
                QVERIFY2(wrong.isEmpty(), wrong.constData());
            }
        }
        qInfo("%llu spellings, %llu left unread", static_cast<unsigned long long>(seen),
            static_cast<unsigned long long>(unread));
        QVERIFY2(unread * 5 < seen, "the quick way hardly ever helps");
    }

    void odd_spellings_are_measured_and_judged_alike()
    {
        std::uint64_t unread = 0;
        for (const std::string spelling : {"0", "-0", "0.0", "-0.0", "0.1", "-0.1", "00", "01", "-", "-a",
                 "1.", ".5", "1.0", "10", "1e5", "1E+5", "1e", "1e+", "1.5e-7", "0.000001", "0.0000001",
                 "0.00000099", "999999999999999", "1000000000000000", "9007199254740993",
                 "9007199254740993.5", "99999999999999999", "123456789012345678", "12345678901234567890",
                 "123456789012345678901234567890", "0.00000000000000000000001", "0.1234567890123456789012345",
                 "1.00000000000000000000000", "4503599627370496.5", "4503599627370497.5", "0.5",
                 "0.50000000000000001", "0.49999999999999994", "0.30000000000000004", "0.3000000000000000",
                 "2.2250738585072014e-308", "1e999", "-1e999", "1.2.3", "1-2", "--1", "+1"}) {
            const QByteArray wrong = disagreement(spelling, unread);
            if (spelling == "1.2.3" || spelling == "1-2") {
                continue; // the number ends before the rest, which is no comma
            }
            QVERIFY2(wrong.isEmpty(), wrong.constData());
        }
    }

    void numbers_beside_a_power_of_two_are_judged_alike()
    {
        std::uint64_t unread = 0;
        for (int exponent = -12; exponent <= 20; ++exponent) {
            const double power = std::ldexp(1, exponent);
            double value = power;
            for (int below = 0; below < 40; ++below) {
                value = std::nextafter(value, 0);
            }
            for (int step = 0; step < 80; ++step, value = std::nextafter(value, INFINITY)) {
                for (const std::string& spelling : spellingsOf(value)) {
                    const QByteArray wrong = disagreement(spelling, unread);
                    QVERIFY2(wrong.isEmpty(), wrong.constData());
                }
            }
        }
    }

    void both_formatters_write_the_same_text()
    {
        RandomExamples random(2026);
        for (int i = 0; i < 100'000; i += CaseStride) {
            const double value = random.number();
            const QByteArray written = text(value);
            if (written != QByteArray::fromStdString(oracle::formatNumber(value))) {
                QCOMPARE(written, QByteArray::fromStdString(oracle::formatNumber(value)));
            }
        }
        for (int exponent = -1074; exponent <= 1023; ++exponent) { // all powers of two and their neighbours
            const double power = std::ldexp(1, exponent);
            for (const double value : {power, std::nextafter(power, 0), std::nextafter(power, INFINITY)}) {
                if (std::isfinite(value)) {
                    QCOMPARE(text(value), QByteArray::fromStdString(oracle::formatNumber(value)));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_number_format)
#include "tst_number_format.moc"
