// SPDX-License-Identifier: Apache-2.0
/// Two schemas side by side as people read them: the table as text, the verdict as sentences.
#include "ui/bridge/qt_text.h"
#include "ui/schema/schema_diff_model.h"
#include "ui/schema/schema_words.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace workbench;

namespace {

Feature number(const std::string& key, double min, double max, Family family = Family::Ratio)
{
    Feature feature;
    feature.key = key;
    feature.kind = FeatureKind::Number;
    feature.family = family;
    feature.min = min;
    feature.max = max;
    return feature;
}

/// "a b c": three features with the range 0 to 1; "a:0-5" has another.
SchemaPtr schema(const QString& drawing)
{
    std::vector<Feature> features;
    for (const QString& part : drawing.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString key = part.section(QLatin1Char(':'), 0, 0);
        const QString range = part.section(QLatin1Char(':'), 1);
        features.push_back(number(key.toStdString(), range.section(QLatin1Char('-'), 0, 0).toDouble(),
            range.isEmpty() ? 1 : range.section(QLatin1Char('-'), 1).toDouble()));
    }
    const auto made = Schema::make("drawn", "signals_v1", features, "a test");
    return made ? *made : nullptr;
}

QString asText(const QAbstractItemModel& model, int lastColumn = SchemaDiffModel::Range)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column <= lastColumn; ++column) {
            cells.append(model.index(row, column).data().toString());
        }
        lines.append(cells.join(QLatin1Char('|')));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class TestSchemaDiffModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void without_a_baseline_the_schema_stands_alone()
    {
        SchemaDiffModel model;
        QAbstractItemModelTester tester(&model);
        model.setSchema(schema(QStringLiteral("a b:0-10000000")));
        QVERIFY(!model.hasBaseline());
        QCOMPARE(asText(model), QStringLiteral("|||1|a|number|0 – 1\n|||2|b|number|0 – 10\u00a0M"));
    }

    void every_kind_of_difference_is_a_line_of_its_own()
    {
        SchemaDiffModel model;
        QAbstractItemModelTester tester(&model);
        model.setDiff(diffSchemas(
            schema(QStringLiteral("a m b c gone d")), schema(QStringLiteral("a b c m d:0-100 new"))));
        QCOMPARE(asText(model),
            QStringLiteral("|1|a|1|a|number|0 – 1\n"
                           "|3|b|2|b|number|0 – 1\n"
                           "|4|c|3|c|number|0 – 1\n"
                           "removed|5|gone||no longer in the schema|number|0 – 1\n"
                           "moved|2|m|4|m|number|0 – 1\n"
                           "changed|6|d|5|d|number|0 – 100, was 0 – 1\n"
                           "added|||6|new|number|0 – 1"));
        SchemaDiffFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(&filter);
        const auto shown = [&filter](SchemaShown what) {
            filter.show(what);
            return filter.rowCount();
        };
        QCOMPARE(shown(SchemaShown::All), 7);
        QCOMPARE(shown(SchemaShown::Changes), 4);
        QCOMPARE(shown(SchemaShown::Added), 1);
        QCOMPARE(shown(SchemaShown::Removed), 1);
        QCOMPARE(shown(SchemaShown::Moved), 1);
        QCOMPARE(shown(SchemaShown::Changed), 1);
    }

    void only_the_cells_that_changed_are_tinted()
    {
        SchemaDiffModel model;
        model.setDiff(diffSchemas(schema(QStringLiteral("a gone")), schema(QStringLiteral("a new"))));
        QStringList tinted;
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < SchemaDiffModel::ColumnCount; ++column) {
                if (model.index(row, column).data(SchemaDiffModel::TintedRole).toBool()) {
                    tinted.append(QStringLiteral("%1/%2")
                                      .arg(model.index(row, SchemaDiffModel::Mark).data().toString())
                                      .arg(column));
                }
            }
        }
        tinted.sort();
        QCOMPARE(tinted.join(QLatin1Char(' ')), QStringLiteral("added/3 added/4 removed/1 removed/2"));
    }

    void statistics_fill_the_observed_columns()
    {
        SchemaDiffModel model;
        QAbstractItemModelTester tester(&model);
        model.setSchema(schema(QStringLiteral("a b")));
        model.setStatistics(nullptr);
        QCOMPARE(model.index(0, SchemaDiffModel::NullRate).data().toString(), QString());
        QVERIFY(!model.index(0, SchemaDiffModel::SpreadRole).data(SchemaDiffModel::SpreadRole).isValid());
    }

    void the_verdict_names_the_counts_and_the_first_wrong_position_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("detail");
        const QString wrong = QStringLiteral("Models trained on the baseline do not fit.");
        QTest::newRow("identical") << QStringLiteral("a b") << QStringLiteral("a b")
                                   << QStringLiteral("Models trained on the baseline fit.")
                                   << QStringLiteral(
                                          "Both schemas are the same: names, order, kinds and ranges.");
        QTest::newRow("other ranges")
            << QStringLiteral("a b c") << QStringLiteral("a b:0-5 c:0-5")
            << QStringLiteral("Same columns, other ranges.")
            << QStringLiteral(
                   "2 features changed their ranges. A model reads the right columns, but the values in them "
                   "may differ from those it learned.");
        QTest::newRow("added at the end") << QStringLiteral("a b") << QStringLiteral("a b c d") << wrong
                                          << QStringLiteral("2 features were added at the end. The first 2 "
                                                            "stand where they stood; a model that checks "
                                                            "the schema hash will refuse the data.");
        QTest::newRow("inserted") << QStringLiteral("a b") << QStringLiteral("a x b") << wrong
                                  << QStringLiteral(
                                         "1 feature was added. A model that reads features by position would "
                                         "read wrong numbers from position 2 on.");
        QTest::newRow("all four")
            << QStringLiteral("a m b c gone d") << QStringLiteral("a b c m d:0-100 x y") << wrong
            << QStringLiteral("2 features were added at the end, 1 was removed, 1 changed its place "
                              "and 1 its range. A model that reads features by position would read "
                              "wrong numbers from position 2 on.");
        QTest::newRow("removed only")
            << QStringLiteral("a b c") << QStringLiteral("a c") << wrong
            << QStringLiteral("1 feature was removed. A model that reads features by position "
                              "would read wrong numbers from position 2 on.");
    }
    void the_verdict_names_the_counts_and_the_first_wrong_position()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const SchemaVerdict verdict = schemaVerdict(diffSchemas(schema(before), schema(after)));
        QTEST(verdict.title, "title");
        QTEST(verdict.detail, "detail");
    }

    void a_baseline_of_names_alone_says_so()
    {
        const SchemaVerdict verdict = schemaVerdict(
            diffSchemas(schema(QStringLiteral("a b")), schema(QStringLiteral("a b:0-5")), false));
        QCOMPARE(verdict.title, QStringLiteral("Models trained on the baseline fit."));
        QVERIFY(verdict.detail.contains(QStringLiteral("does not say its kinds and ranges")));
    }

    void ranges_are_short_data()
    {
        QTest::addColumn<double>("min");
        QTest::addColumn<double>("max");
        QTest::addColumn<QString>("text");
        QTest::newRow("share") << 0.0 << 1.0 << QStringLiteral("0 – 1");
        QTest::newRow("thousands") << 0.0 << 36600.0 << QStringLiteral("0 – 36,600");
        QTest::newRow("millions") << 0.0 << 1e7 << QStringLiteral("0 – 10\u00a0M");
        QTest::newRow("a billion less one")
            << -999999999.0 << 999999999.0 << QStringLiteral("−1\u00a0B – 1\u00a0B");
        QTest::newRow("fractions") << -0.5 << 2.5e6 << QStringLiteral("−0.5 – 2.5\u00a0M");
    }
    void ranges_are_short()
    {
        QFETCH(double, min);
        QFETCH(double, max);
        QTEST(rangeText(number("a", min, max)), "text");
    }

    void the_difference_can_be_pasted()
    {
        SchemaDiffModel model;
        model.setDiff(diffSchemas(schema(QStringLiteral("a gone")), schema(QStringLiteral("a new"))));
        const QStringList lines = model.differenceText().split(QLatin1Char('\n'));
        QVERIFY(lines.at(0).contains(toQt(model.diff().before->hash())));
        QVERIFY(lines.at(0).contains(toQt(model.diff().after->hash())));
        QCOMPARE(lines.at(3), QStringLiteral("removed\t2\tgone\t\t\tnumber\t0 – 1"));
        QCOMPARE(lines.at(4), QStringLiteral("added\t\t\t2\tnew\tnumber\t0 – 1"));
    }
};

QTEST_MAIN(TestSchemaDiffModel)
#include "tst_schema_diff_model.moc"
