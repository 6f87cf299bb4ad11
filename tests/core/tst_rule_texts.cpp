// SPDX-License-Identifier: Apache-2.0
#include "core/review/rule_texts.h"

#include "core/schema/builtin_schemas.h"

#include <QTest>

using namespace workbench;

class RuleTextsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_place_says_what_is_allowed_there_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("allowed");
        const auto row = [](const char* path, const char* allowed) {
            QTest::newRow(*path == '\0' ? "the whole line" : path)
                << QString::fromLatin1(path) << QString::fromLatin1(allowed);
        };
        row("", "");
        row("id", "[A-Za-z0-9_.:-], 1 to 64 characters");
        row("source", "mock, real");
        row("industry_key", "hvac, plumbing, electrical, landscaping, cleaning, unknown");
        row("feature_schema", "signals_v1");
        row("features.industry_key", "hvac, plumbing, electrical, landscaping, cleaning, unknown");
        row("features.window_days", "a whole number from 0 to 36,600");
        row("features.quotes_count", "a whole number from 0 to 10,000,000");
        row("features.coverage_ratio", "a number from 0 to 1");
        row("targets.boundary_class",
            "healthy, confirm_mappings, stable, follow_up, capacity, pricing, unknown");
        row("targets.pressure_keys", "a list of at most 16 names");
        row("targets.pressure_keys[3]", "[a-z0-9_], a letter first, 1 to 64 characters");
        row("labels.reviewer_score", "a whole number from 0 to 5");
        row("labels.client_feedback", "up, down");
        row("labels.mapping_was_wrong", "true or false");
        row("labels.outcome_next_step_chosen", "true or false");
        row("targets", "an object or null");
        row("features", "an object");
        row("elsewhere", "");
    }
    void each_place_says_what_is_allowed_there()
    {
        QFETCH(QString, path);
        QFETCH(QString, allowed);
        QCOMPARE(QString::fromStdString(allowedAt(*defaultSchema(), path.toStdString())), allowed);
    }

    void every_feature_has_something_to_say()
    {
        for (const Feature& feature : defaultSchema()->features()) {
            QVERIFY2(!allowedAt(*defaultSchema(), "features." + feature.key).empty(), feature.key.c_str());
        }
    }

    void negative_limits_keep_their_sign_and_groups()
    {
        Feature feature;
        feature.key = "balance";
        feature.kind = FeatureKind::Number;
        feature.min = -1234567.5;
        feature.max = 999;
        const auto schema = Schema::make("test", "signals_v1", {feature}, "test");
        QVERIFY(schema);
        QCOMPARE(allowedAt(**schema, "features.balance"), std::string("a number from -1,234,567.5 to 999"));
    }
};

QTEST_GUILESS_MAIN(RuleTextsTest)
#include "tst_rule_texts.moc"
