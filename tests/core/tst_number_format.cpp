// SPDX-License-Identifier: Apache-2.0
// Numbers as JavaScript prints them: against known texts, and against a formatter made in another way.
#include "core/json/number_format.h"
#include "tests/support/oracle.h"
#include "tests/support/random_examples.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace workbench;

namespace {

QByteArray text(double value)
{
    std::string out;
    appendCanonicalNumber(out, value);
    return QByteArray::fromStdString(out);
}

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
        for (int i = 0; i < 1'000'000; ++i) {
            const double value = random.number();
            const QByteArray written = text(value);
            if (std::strtod(written.constData(), nullptr) != value) {
                QCOMPARE(written, QByteArray("a text that reads back to itself"));
            }
        }
    }

    void both_formatters_write_the_same_text()
    {
        RandomExamples random(2026);
        for (int i = 0; i < 100'000; ++i) {
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
