// SPDX-License-Identifier: Apache-2.0
// Times in and out: real dates only, and out as UTC with the fraction exactly when there was one.
#include "core/base/rfc3339.h"
#include "tests/support/oracle.h"
#include "tests/support/random_examples.h"

#include <QTest>

using namespace workbench;

namespace {

/// As it is written out, or "refused".
QByteArray written(const std::string& text)
{
    const auto time = parseRfc3339(text);
    std::string out;
    if (!time || !appendRfc3339(out, *time)) {
        return "refused";
    }
    return QByteArray::fromStdString(out);
}

/// A text that is read is called canonical just when writing it changes nothing.
bool isToldApart(const std::string& text)
{
    const QByteArray out = written(text);
    return !parseRfc3339(text) || isCanonicalRfc3339(text) == (out == QByteArray::fromStdString(text));
}

} // namespace

class tst_rfc3339 : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void times_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(*text == '\0' ? "nothing" : text) << QByteArray(text) << QByteArray(expected);
        };
        row("2026-11-22T15:19:39Z", "2026-11-22T15:19:39Z");
        row("2026-11-22T15:19:39.983Z", "2026-11-22T15:19:39.983Z");
        row("2026-11-22t15:19:39z", "2026-11-22T15:19:39Z");
        row("2026-11-22 15:19:39Z", "2026-11-22T15:19:39Z");
        row("2026-11-22T15:19:39.9Z", "2026-11-22T15:19:39.900Z");
        row("2026-11-22T15:19:39.98399999999999999999Z", "2026-11-22T15:19:39.983Z"); // cut, not rounded
        row("2026-11-22T15:19:39.0Z", "2026-11-22T15:19:39.000Z");
        row("2026-11-22T15:19:39+02:00", "2026-11-22T13:19:39Z");
        row("2026-11-22T15:19:39-08:30", "2026-11-22T23:49:39Z");
        row("2026-11-22T15:19:39-00:00", "2026-11-22T15:19:39Z");
        row("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00Z");
        row("2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z");
        row("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z");
        row("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z");
        row("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
        row("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
        for (const char* wrong : {"", "yesterday", "2026-11-22", "2026-11-22T15:19:39", "2026-11-22T15:19Z",
                 "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
                 "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
                 "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
                 "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00+24:00",
                 "2026-01-01T00:00:00+00:60", "2026-01-01T00:00:00+0000", "2026-01-01T00:00:00+00",
                 "20260101T000000Z", "2026-1-1T00:00:00Z", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ",
                 "2026-01-01T00:00:00ZZ", "+2026-01-01T00:00:00Z", "2026-01-01T00:00:00 Z",
                 "２026-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00",
                 "1795360779741"}) {
            row(wrong, "refused");
        }
    }

    void times()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(written(text.toStdString()), expected);
        QVERIFY(isToldApart(text.toStdString()));
    }

    void both_readers_agree_on_random_times()
    {
        RandomExamples random(3339);
        int read = 0;
        for (int i = 0; i < 30000; ++i) {
            const std::string text = random.text();
            const std::string expected = oracle::canonicalTime(text);
            read += expected.empty() ? 0 : 1;
            QVERIFY2(isToldApart(text), "a random time"); // which may be anybody's
            if (written(text)
                != (expected.empty() ? QByteArray("refused") : QByteArray::fromStdString(expected))) {
                QCOMPARE(written(text), QByteArray::fromStdString(expected));
            }
        }
        QVERIFY(read > 100);
    }

    void a_bare_day_is_its_first_moment_for_filters_only()
    {
        QCOMPARE(formatRfc3339(*parseDateOrTime("2026-11-22")), std::string("2026-11-22T00:00:00Z"));
        QCOMPARE(formatRfc3339(*parseDateOrTime("2026-11-22T02:00:00+02:00")),
            std::string("2026-11-22T00:00:00Z"));
        QVERIFY(!parseDateOrTime("2026-02-30"));
        QVERIFY(!parseDateOrTime("22.11.2026"));
        QVERIFY(!parseDateOrTime(""));
        QVERIFY(!parseDateOrTime("9999-12-31T23:59:59-12:00")); // in UTC neither has four digits
        QVERIFY(!parseDateOrTime("0000-01-01T00:00:00+05:00"));
    }
};

QTEST_GUILESS_MAIN(tst_rfc3339)
#include "tst_rfc3339.moc"
