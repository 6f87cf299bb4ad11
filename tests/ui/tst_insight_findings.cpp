// SPDX-License-Identifier: Apache-2.0
/// The titles of the Insights tab, from counts to words.
#include "ui/insights/histogram_chart.h"
#include "ui/insights/insight_contents.h"

#include <QTest>

using namespace workbench;

namespace {

std::vector<NamedCount> counts(const QString& drawing)
{
    std::vector<NamedCount> result;
    for (const QString& entry : drawing.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QStringList parts = entry.split(QLatin1Char('='));
        result.push_back({parts.at(0), parts.at(1).toULongLong()});
    }
    return result;
}

} // namespace

class TestInsightFindings final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_share_is_named_by_the_nearest_plain_fraction_data()
    {
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<quint64>("of");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, quint64 rows, quint64 of, const char* words) {
            QTest::newRow(name) << rows << of << QString::fromUtf8(words);
        };
        row("nothing of nothing", 0, 0, "");
        row("none", 0, 100, "");
        row("all", 100, 100, "All rows");
        row("96 of 100", 96, 100, "Nearly all rows");
        row("91 of 100", 91, 100, "Nine of ten rows");
        row("93 of 100", 93, 100, "More than nine of ten rows");
        row("810 of 1268", 810, 1268, "Nearly two of three rows");
        row("667 of 1000", 667, 1000, "Two of three rows");
        row("70 of 100", 70, 100, "More than two of three rows");
        row("75 of 100", 75, 100, "Three of four rows");
        row("60 of 100", 60, 100, "More than half of the rows");
        row("51 of 100", 51, 100, "Half of the rows");
        row("47 of 100", 47, 100, "Nearly half of the rows");
        row("30 of 100", 30, 100, "");
    }
    void a_share_is_named_by_the_nearest_plain_fraction()
    {
        QFETCH(quint64, rows);
        QFETCH(quint64, of);
        QTEST(shareOfRows(rows, of), "words");
    }

    void every_share_above_a_half_has_words()
    {
        for (quint64 rows = 500; rows <= 1000; ++rows) {
            QVERIFY2(!shareOfRows(rows, 1000).isEmpty(), qPrintable(QString::number(rows)));
        }
    }

    void industries_data()
    {
        QTest::addColumn<QString>("industries");
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("caption");
        const auto row = [](const char* name, const char* industries, quint64 rows, const char* title,
                             const char* caption) {
            QTest::newRow(name) << QString::fromUtf8(industries) << rows << QString::fromUtf8(title)
                                << QString::fromUtf8(caption);
        };
        row("as captured", "hvac=195 plumbing=176 electrical=184 landscaping=181 cleaning=222 unknown=310",
            1268, "Every fourth row has no known industry",
            "310 of 1,268 are unknown. Rows by industry and source.");
        row("none known", "hvac=0 unknown=7", 7, "No row has a known industry",
            "7 of 7 are unknown. Rows by industry and source.");
        row("most unknown", "hvac=30 unknown=70", 100, "More than two of three rows have no known industry",
            "70 of 100 are unknown. Rows by industry and source.");
        row("between two fractions", "hvac=55 unknown=41 cleaning=4", 100,
            "41\u00a0% of the rows have no known industry",
            "41 of 100 are unknown. Rows by industry and source.");
        row("one unknown of many", "hvac=600 plumbing=399 unknown=1", 1000,
            "More than half of the rows are from hvac",
            "1 of 1,000 is unknown. Rows by industry and source.");
        row("one industry by a filter", "hvac=0 cleaning=222 unknown=0", 222, "All rows are from cleaning",
            "Rows by industry and source.");
        row("a leader below a half", "hvac=40 plumbing=35 cleaning=25 unknown=0", 100,
            "hvac is the most frequent industry", "Rows by industry and source.");
        row("a tie is no finding", "hvac=50 plumbing=50 unknown=0", 100, "Industry by source",
            "Rows by industry and source.");
        row("no rows", "hvac=0 unknown=0", 0, "Industry by source", "Rows by industry and source.");
    }
    void industries()
    {
        QFETCH(QString, industries);
        QFETCH(quint64, rows);
        const InsightText text = industryFinding(counts(industries), rows, QStringLiteral("unknown"));
        QTEST(text.title, "title");
        QTEST(text.caption, "caption");
    }

    void boundary_classes_data()
    {
        QTest::addColumn<QString>("classes");
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("caption");
        const auto row = [](const char* name, const char* classes, quint64 rows, const char* title,
                             const char* caption) {
            QTest::newRow(name) << QString::fromUtf8(classes) << rows << QString::fromUtf8(title)
                                << QString::fromUtf8(caption);
        };
        row("as captured",
            "healthy=1 stable=810 confirm_mappings=277 follow_up=178 capacity=0 pricing=0 unknown=3", 1268,
            "Nearly two of three rows are stable", "Boundary class. capacity and pricing never occur.");
        row("one never occurs", "stable=4 capacity=3 pricing=0", 7, "More than half of the rows are stable",
            "Boundary class. pricing never occurs.");
        row("all occur", "stable=3 capacity=3 pricing=4", 10, "pricing is the most frequent class",
            "Boundary class.");
        row("a tie", "stable=3 capacity=3", 6, "Boundary classes", "Boundary class.");
        row("none", "stable=0 capacity=0", 6, "No row has a boundary class", "Boundary class.");
    }
    void boundary_classes()
    {
        QFETCH(QString, classes);
        QFETCH(quint64, rows);
        const InsightText text = boundaryFinding(counts(classes), rows);
        QTEST(text.title, "title");
        QTEST(text.caption, "caption");
    }

    void pressures_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<quint64>("without");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("caption");
        const auto row = [](const char* name, const char* keys, quint64 rows, quint64 without,
                             const char* title, const char* caption) {
            QTest::newRow(name) << QString::fromUtf8(keys) << rows << without << QString::fromUtf8(title)
                                << QString::fromUtf8(caption);
        };
        row("as captured", "capacity_squeeze=911 fragility=451 rhythm_volatility=407 follow_up_drift=207",
            1268, 7, "capacity_squeeze is the usual pressure",
            "Rows that name the pressure. 7 rows name none.");
        row("below a half", "fragility=40 follow_up_drift=20", 100, 1,
            "fragility is the most frequent pressure", "Rows that name the pressure. 1 row names none.");
        row("everywhere", "fragility=3", 3, 0, "fragility is the usual pressure",
            "Rows that name the pressure. Every row names one.");
        row("nowhere", "", 3, 3, "No row names a pressure", "Rows that name the pressure. 3 rows name none.");
        row("a tie", "fragility=3 follow_up_drift=3", 3, 0, "Pressure keys",
            "Rows that name the pressure. Every row names one.");
    }
    void pressures()
    {
        QFETCH(QString, keys);
        QFETCH(quint64, rows);
        QFETCH(quint64, without);
        const InsightText text = pressureFinding(counts(keys), rows, without);
        QTEST(text.title, "title");
        QTEST(text.caption, "caption");
    }

    void nulls_data()
    {
        QTest::addColumn<int>("gaps");
        QTest::addColumn<int>("empty");
        QTest::addColumn<QString>("title");
        QTest::newRow("as captured") << 17 << 22
                                     << QStringLiteral("17 features have gaps, 22 have no value at all");
        QTest::newRow("gaps only") << 17 << 0 << QStringLiteral("17 features have gaps");
        QTest::newRow("one gap") << 1 << 0 << QStringLiteral("1 feature has gaps");
        QTest::newRow("one of each") << 1 << 1 << QStringLiteral("1 feature has gaps, 1 has no value at all");
        QTest::newRow("empty only") << 0 << 22 << QStringLiteral("22 features have no value at all");
        QTest::newRow("one empty") << 0 << 1 << QStringLiteral("1 feature has no value at all");
        QTest::newRow("none") << 0 << 0 << QStringLiteral("No feature has gaps");
    }
    void nulls()
    {
        QFETCH(int, gaps);
        QFETCH(int, empty);
        QTEST(nullFinding(static_cast<std::size_t>(gaps), static_cast<std::size_t>(empty)).title, "title");
    }

    void reviews_data()
    {
        QTest::addColumn<quint64>("labelled");
        QTest::addColumn<quint64>("rows");
        QTest::addColumn<QString>("title");
        QTest::newRow("as captured") << quint64 {270} << quint64 {1268}
                                     << QStringLiteral("270 rows are labelled, one in five");
        QTest::newRow("half") << quint64 {50} << quint64 {100}
                              << QStringLiteral("50 rows are labelled, one in two");
        QTest::newRow("most") << quint64 {80} << quint64 {100} << QStringLiteral("80 rows are labelled");
        QTest::newRow("few") << quint64 {3} << quint64 {1000} << QStringLiteral("3 rows are labelled");
        QTest::newRow("one") << quint64 {1} << quint64 {1000} << QStringLiteral("1 row is labelled");
        QTest::newRow("all") << quint64 {9} << quint64 {9} << QStringLiteral("Every row is labelled");
        QTest::newRow("none") << quint64 {0} << quint64 {9} << QStringLiteral("No row is labelled");
        QTest::newRow("no rows") << quint64 {0} << quint64 {0} << QStringLiteral("Reviewer scores");
    }
    void reviews()
    {
        QFETCH(quint64, labelled);
        QFETCH(quint64, rows);
        QTEST(reviewFinding(labelled, rows, labelled).title, "title");
    }

    void a_feature_says_where_its_values_lie()
    {
        const QString low = QStringLiteral("6.22");
        const QString high = QStringLiteral("15.34");
        QCOMPARE(rangeFinding(1114, low, high, false).title, QStringLiteral("Values run from 6.22 to 15.34"));
        QCOMPARE(rangeFinding(1114, low, low, true).title, QStringLiteral("Every value is 6.22"));
        QCOMPARE(rangeFinding(1, low, low, true).title, QStringLiteral("One row has a value: 6.22"));
        QCOMPARE(rangeFinding(0, low, low, true).title, QStringLiteral("No value in any row"));
        QCOMPARE(valueFinding(counts(QStringLiteral("mock=600 real=668"))).title,
            QStringLiteral("More than half of the rows are real"));
        QCOMPARE(valueFinding(counts(QStringLiteral("mock=0 real=0"))).title,
            QStringLiteral("No value in any row"));
    }

    void whole_numbers_are_counted_one_by_one()
    {
        ColumnStatistics scores;
        scores.values = 250;
        scores.lowest = 0;
        scores.highest = 3;
        scores.insight.to = 3;
        scores.insight.bins = {15, 63, 129, 43};
        scores.insight.oneBinPerNumber = true;
        QCOMPARE(rowsByWholeNumber(scores, 0, 5), (std::vector<std::uint64_t> {15, 63, 129, 43, 0, 0}));
        scores.insight.from = scores.insight.to = 4;
        scores.insight.bins = {9};
        QCOMPARE(rowsByWholeNumber(scores, 0, 5), (std::vector<std::uint64_t> {0, 0, 0, 0, 9, 0}));
        QCOMPARE(rowsByWholeNumber(ColumnStatistics {}, 0, 1), (std::vector<std::uint64_t> {0, 0}));
    }

    void an_axis_has_round_steps_and_no_more_than_asked_for_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<int>("most");
        QTest::addColumn<QString>("ticks");
        QTest::newRow("counts") << 0.0 << 197.0 << 4 << QStringLiteral("0 50 100 150");
        QTest::newRow("logarithms") << 6.22 << 15.34 << 6 << QStringLiteral("8 10 12 14");
        QTest::newRow("shares") << 0.0 << 1.0 << 6 << QStringLiteral("0 0.2 0.4 0.6 0.8 1");
        QTest::newRow("one row") << 0.0 << 1.04 << 4 << QStringLiteral("0 0.5 1");
        QTest::newRow("nothing to divide") << 3.0 << 3.0 << 4 << QString();
    }
    void an_axis_has_round_steps_and_no_more_than_asked_for()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(int, most);
        QStringList ticks;
        for (const double tick : axisTicks(from, to, most)) {
            ticks.append(QString::number(tick, 'g', 6));
        }
        QTEST(ticks.join(QLatin1Char(' ')), "ticks");
    }
};

QTEST_MAIN(TestInsightFindings)
#include "tst_insight_findings.moc"
