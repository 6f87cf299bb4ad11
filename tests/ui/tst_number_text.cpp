// SPDX-License-Identifier: GPL-3.0-or-later
/// Figures as people read them.
#include "ui/widgets/number_text.h"

#include <QTest>
#include <QTimeZone>

using namespace workbench;

namespace {

/// Figures keep to their unit by a space that does not break.
QString withSpaces(QString text) { return text.replace(QChar(0x00a0), QLatin1Char(' ')); }

} // namespace

class TestNumberText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void counts_are_grouped_and_growing_ones_end_in_a_plus()
    {
        QCOMPARE(countText(0), QStringLiteral("0"));
        QCOMPARE(countText(1214), QStringLiteral("1,214"));
        QCOMPARE(countText(301122, true), QStringLiteral("301,122+"));
    }

    void counts_are_grouped_as_the_person_is_used_to()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(countText(1214), QStringLiteral("1.214"));
        QCOMPARE(decimalText(0.5, 1), QStringLiteral("0,5"));
        QLocale::setDefault(QLocale(QLocale::C));
        QCOMPARE(countText(1214), QStringLiteral("1,214"));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void changes_have_a_sign_and_the_minus_is_a_real_one()
    {
        QCOMPARE(signedCountText(124), QStringLiteral("+124"));
        QCOMPARE(signedCountText(-41), QStringLiteral("−41"));
        QCOMPARE(signedCountText(0), QStringLiteral("0"));
        QCOMPARE(withSpaces(signedSizeText(-41200)), QStringLiteral("−41.2 kB"));
        QCOMPARE(withSpaces(signedSizeText(341)), QStringLiteral("+341 B"));
        QCOMPARE(decimalText(-0.5, 2), QStringLiteral("−0.50"));
    }

    void nothing_is_not_minus_nothing() { QCOMPARE(decimalText(-0.0001, 2), QStringLiteral("0.00")); }

    void sizes_are_in_thousands_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << quint64(0) << "0 B";
        QTest::newRow("bytes") << quint64(999) << "999 B";
        QTest::newRow("kilobytes") << quint64(250150) << "250.2 kB";
        QTest::newRow("almost a megabyte") << quint64(999960) << "1.0 MB";
        QTest::newRow("megabytes") << quint64(2'900'000) << "2.9 MB";
        QTest::newRow("gigabytes") << quint64(1'100'000'000) << "1.1 GB";
        QTest::newRow("more than terabytes") << quint64(5'000'000'000'000'000) << "5,000.0 TB";
    }

    void sizes_are_in_thousands()
    {
        QFETCH(quint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(withSpaces(sizeText(bytes)), text);
    }

    void durations_say_no_more_than_is_known_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("hundredths") << 0.02 << "0.02 s";
        QTest::newRow("tenths") << 0.31 << "0.3 s";
        QTest::newRow("seconds and tenths") << 1.94 << "1.9 s";
        QTest::newRow("seconds") << 48.4 << "48 s";
        QTest::newRow("minutes") << 120.0 << "2 min";
        QTest::newRow("minutes and seconds") << 125.2 << "2 min 5 s";
    }

    void durations_say_no_more_than_is_known()
    {
        QFETCH(double, seconds);
        QFETCH(QString, text);
        QCOMPARE(withSpaces(durationText(seconds)), text);
    }

    void what_is_left_is_rounded()
    {
        QCOMPARE(withSpaces(remainingText(0.2)), QStringLiteral("1 s"));
        QCOMPARE(withSpaces(remainingText(3.3)), QStringLiteral("3 s"));
        QCOMPARE(withSpaces(remainingText(130)), QStringLiteral("2 min"));
        QCOMPARE(remainingText(-1), QString());
    }

    void rates_keep_three_digits()
    {
        QCOMPARE(rateText(65432.1), QStringLiteral("65,400"));
        QCOMPARE(rateText(654.3), QStringLiteral("654"));
        QCOMPARE(rateText(7.3), QStringLiteral("7"));
        QCOMPARE(rateText(0), QStringLiteral("0"));
    }

    void shares_are_per_cent() { QCOMPARE(withSpaces(percentText(0.121)), QStringLiteral("12.1 %")); }

    void times_of_other_days_name_the_day()
    {
        const QDateTime today(QDate::currentDate(), QTime(15, 22));
        QCOMPARE(timeText(today), QStringLiteral("15:22"));
        QCOMPARE(timeText(QDateTime(QDate(2020, 11, 8), QTime(9, 5))), QStringLiteral("8 Nov 2020, 09:05"));
        QCOMPARE(dateText(QDate(2026, 11, 8)), QStringLiteral("8 Nov 2026"));
    }
};

QTEST_MAIN(TestNumberText)
#include "tst_number_text.moc"
