// SPDX-License-Identifier: Apache-2.0
// Section 5 of the contract as tests: what may leave, what may not, and what is said about it.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/judged_line.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace workbench;

class tst_pii_guard : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void a_captured_row_is_accepted_and_written_in_the_order_of_the_contract()
    {
        const JudgedLine judged = LineJudge(builtinSchema("signals_v1_core48"))
                                      .judge(ExampleBuilder(*builtinSchema("signals_v1_core48"))
                                                 .without("gini_proxy")
                                                 .with("weekly_volume_mean", nullptr)
                                                 .json());
        QVERIFY2(judged.accepted, judged.told().c_str());
        const std::string& line = judged.canonical;
        const std::string head
            = R"({"example_id":"Vz3kNFzfe-XTRaG0uuqwe","created_at":"2026-11-22T15:19:39.983Z",)"
              R"("source":"mock","industry_key":"hvac","schema_version":"signals_v1",)"
              R"("schema_hash":"3e09b767","window_rule":"last_90_days","features":{)"
              R"("industry_key":"hvac","source":"mock","window_rule":"last_90_days","window_days":1,)";
        const std::string tail
            = R"("date_parse_error_rate":0.625},"targets":{"boundary_class":"stable",)"
              R"("pressure_keys":["capacity_squeeze","fragility"]},"labels":{"reviewer_score":4,)"
              R"("client_feedback":"up","mapping_was_wrong":false,"outcome_next_step_chosen":true}})"
              "\n";
        QCOMPARE(QByteArray::fromStdString(line.substr(0, head.size())), QByteArray::fromStdString(head));
        QCOMPARE(QByteArray::fromStdString(line.substr(line.size() - std::min(line.size(), tail.size()))),
            QByteArray::fromStdString(tail));
        QVERIFY(line.find(R"("gini_proxy":null)") != std::string::npos); // absent
        QVERIFY(line.find(R"("weekly_volume_mean":null)") != std::string::npos);
    }

    void without_targets_and_labels_there_are_nulls_in_their_places()
    {
        const std::string expected
            = R"("targets":{"boundary_class":null,"pressure_keys":[]},"labels":{"reviewer_score":)"
              R"(null,"client_feedback":null,"mapping_was_wrong":null,"outcome_next_step_chosen":null}})"
              "\n";
        LineJudge judge;
        for (const std::string& line : {ExampleBuilder().without("targets").without("labels").json(),
                 ExampleBuilder().raw("targets", "null").raw("labels", "null").json(),
                 ExampleBuilder().raw("targets", "{}").raw("labels", "{}").json(),
                 ExampleBuilder()
                     .raw("targets", R"({"pressure_keys":null,"boundary_class":null})")
                     .raw("labels", "{}")
                     .json()}) {
            const JudgedLine judged = judge.judge(line);
            QVERIFY2(judged.accepted, judged.told().c_str());
            QVERIFY(judged.canonical.ends_with(expected));
        }
    }

    void a_phone_number_stored_as_a_number_is_out_of_range()
    {
        LineJudge judge;
        for (const Feature& feature : defaultSchema()->features()) {
            if (feature.kind != FeatureKind::Enum) {
                const JudgedLine judged
                    = judge.judge(ExampleBuilder().with("features." + feature.key, 2125550142.0).json());
                QVERIFY2(judged.breaks(Rule::OutOfRange, "features." + feature.key), feature.key.c_str());
            }
        }
    }

    void every_range_holds_at_both_of_its_ends()
    {
        LineJudge judge;
        for (const Feature& feature : defaultSchema()->features()) {
            if (feature.kind == FeatureKind::Enum) {
                continue;
            }
            const std::string path = "features." + feature.key;
            const double step = feature.kind == FeatureKind::Integer ? 1 : 0;
            const double below = step > 0 ? feature.min - 1 : std::nextafter(feature.min, -INFINITY);
            const double above = step > 0 ? feature.max + 1 : std::nextafter(feature.max, INFINITY);
            QVERIFY2(judge.judge(ExampleBuilder().with(path, feature.min).json()).accepted, path.c_str());
            QVERIFY2(judge.judge(ExampleBuilder().with(path, feature.max).json()).accepted, path.c_str());
            QVERIFY2(judge.judge(ExampleBuilder().with(path, below).json()).breaks(Rule::OutOfRange, path),
                path.c_str());
            QVERIFY2(judge.judge(ExampleBuilder().with(path, above).json()).breaks(Rule::OutOfRange, path),
                path.c_str());
        }
    }

    void numbers_as_they_may_be_spelt_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("outcome"); // a rule, or the text written
        const auto row = [](const char* json, const char* outcome) {
            QTest::newRow(json) << QByteArray(json) << QByteArray(outcome);
        };
        row("1", "1");
        row("1.0", "1");
        row("1e2", "100");
        row("10E-1", "1");
        row("-0", "0");
        row("-0.0", "0");
        row("1e-999", "0"); // too small for a double: zero, which is finite
        row("1.5", "out_of_range"); // window_days is a whole number
        row("-1", "out_of_range");
        row("36601", "out_of_range");
        row("1e999", "not_finite");
        row("-1e400", "not_finite");
        row("NaN", "malformed");
        row("Infinity", "malformed");
        row("-Infinity", "malformed");
        row("01", "malformed");
        row("+1", "malformed");
        row("1.", "malformed");
        row(".5", "malformed");
        row("0x10", "malformed");
        row("1e", "malformed");
        row("1_000", "malformed");
        row("\"1\"", "unexpected_string");
        row("true", "wrong_type");
        row("[1]", "wrong_type");
        row("{}", "wrong_type");
        row("null", "null");
    }

    void numbers_as_they_may_be_spelt()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, outcome);
        const JudgedLine judged
            = LineJudge().judge(ExampleBuilder().raw("window_days", json.toStdString()).json());
        if (const auto rule = ruleFromName(outcome.toStdString())) {
            QVERIFY2(judged.breaks(*rule, *rule == Rule::Malformed ? "" : "features.window_days"),
                judged.told().c_str());
        } else {
            QVERIFY2(
                judged.canonical.find("\"window_days\":" + outcome.toStdString() + ",") != std::string::npos,
                judged.told().c_str());
        }
    }

    void closed_sets_are_closed_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArrayList>("members");
        const QByteArrayList industries {
            "hvac", "plumbing", "electrical", "landscaping", "cleaning", "unknown"};
        QTest::newRow("industry_key") << QByteArray("industry_key") << industries;
        QTest::newRow("features.industry_key") << QByteArray("features.industry_key") << industries;
        QTest::newRow("source") << QByteArray("source") << QByteArrayList {"mock", "real"};
        QTest::newRow("window_rule") << QByteArray("features.window_rule")
                                     << QByteArrayList {
                                            "last_90_days", "cap_100_closed", "last_12_months", "custom"};
        QTest::newRow("boundary_class") << QByteArray("targets.boundary_class")
                                        << QByteArrayList {"healthy", "confirm_mappings", "stable",
                                               "follow_up", "capacity", "pricing", "unknown"};
        QTest::newRow("client_feedback")
            << QByteArray("labels.client_feedback") << QByteArrayList {"up", "down"};
    }

    /// Every member passes; every member with one character more, less or other does not.
    void closed_sets_are_closed()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArrayList, members);
        LineJudge judge;
        const auto accepted = [&](const QByteArray& text) {
            return judge.judge(ExampleBuilder().with(path.toStdString(), text.toStdString()).json()).accepted;
        };
        QVERIFY(!accepted(""));
        for (const QByteArray& member : members) {
            QVERIFY(accepted(member));
            for (int at = 0; at <= member.size(); ++at) {
                for (const char c : {'a', 'Z', '0', ' ', '_', '\t'}) {
                    QByteArray more = member;
                    more.insert(at, c);
                    QVERIFY2(!accepted(more), more);
                    QByteArray other = member;
                    if (at < member.size() && other[at] != c) {
                        other[at] = c;
                        QVERIFY2(!accepted(other), other);
                    }
                }
                QByteArray less = member;
                less.remove(at, 1);
                QVERIFY2(at == member.size() || !accepted(less), less);
            }
            QVERIFY(!accepted(member.toUpper()));
        }
    }

    void pressure_keys_keep_order_and_repeats()
    {
        const JudgedLine judged = LineJudge().judge(
            ExampleBuilder().raw("targets.pressure_keys", R"([ "b" , "a", "b" ])").json());
        QVERIFY2(judged.canonical.find(R"("pressure_keys":["b","a","b"])") != std::string::npos,
            judged.told().c_str());
    }

    void pressure_keys_that_may_not_leave_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("told");
        const auto row = [](const char* name, const QByteArray& json, const char* told) {
            QTest::newRow(name) << json << QByteArray(told);
        };
        QByteArray sixteen = "\"k\"";
        for (int i = 1; i < 16; ++i) {
            sixteen += ",\"k\"";
        }
        row("sixteen are enough", "[" + sixteen + "]", "accepted");
        row("seventeen are not", "[" + sixteen + ",\"k\"]",
            "out_of_range targets.pressure_keys "
            "[\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\",\"x\"");
        row("a string in place of the array", "\"fragility\"", "wrong_type targets.pressure_keys xxxxxxxxx");
        row("an address in place of the array", "\"sam@example.com\"",
            "email targets.pressure_keys xxx@xxxxxxx.xxx");
        row("an object in place of the array", "{}", "wrong_type targets.pressure_keys {}");
        row("a number within", "[1]", "wrong_type targets.pressure_keys[0] 9");
        row("null within", "[null]", "wrong_type targets.pressure_keys[0] xxxx");
        row("capitals", "[\"Fragility\"]", "unexpected_string targets.pressure_keys[0] Xxxxxxxxx");
        row("a digit first", "[\"9lives\"]", "unexpected_string targets.pressure_keys[0] 9xxxxx");
        row("a number spelt as a key", "[\"call_212_555_0142\"]",
            "phone targets.pressure_keys[0] xxxx_999_999_9999");
        row("an address spelt as a key", "[\"at_12_example_street\"]",
            "address targets.pressure_keys[0] xx_99_xxxxxxx_xxxxxx");
        row("a token spelt as a key", "[\"hf_abcdefghijklmnopqrst\"]",
            "unexpected_string targets.pressure_keys[0] xx_xxxxxxxxxxxxxxxxxxxx");
        row("a post box spelt as a key", "[\"pobox12\"]", "address targets.pressure_keys[0] xxxxx99");
    }

    void pressure_keys_that_may_not_leave()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, told);
        const JudgedLine judged
            = LineJudge().judge(ExampleBuilder().raw("targets.pressure_keys", json.toStdString()).json());
        QCOMPARE(QByteArray::fromStdString(judged.told()), told.replace("Xxxx", "xxxx"));
    }

    void absent_null_and_wrongly_typed_parts_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("json"); // empty: absent
        QTest::addColumn<QByteArray>("told");
        const auto row = [](const char* path, const char* json, const char* told) {
            QTest::newRow(QByteArray(path).append(" ").append(json))
                << QByteArray(path) << QByteArray(json) << QByteArray(told);
        };
        for (const char* path : {"id", "created_at", "source", "industry_key"}) {
            const QByteArray missing = QByteArray("missing_field ").append(path).append(" ");
            row(path, "", missing.constData());
            row(path, "null", missing.constData());
            row(path, "17", QByteArray("wrong_type ").append(path).append(" 99").constData());
            row(path, "true", QByteArray("wrong_type ").append(path).append(" xxxx").constData());
            row(path, "[\"mock\"]", QByteArray("wrong_type ").append(path).append(" [\"xxxx\"]").constData());
        }
        for (const char* json : {"", "null", "[]", "5", "\"text\"", "false"}) {
            row("features", json, "missing_field features ");
        }
        row("feature_schema", "", "schema_mismatch feature_schema ");
        row("feature_schema", "\"signals_v2\"", "schema_mismatch feature_schema xxxxxxx_x9");
        row("feature_schema", "\"signals_v1 \"", "schema_mismatch feature_schema xxxxxxx_x9 ");
        row("feature_schema", "1", "schema_mismatch feature_schema 9");
        row("targets", "5", "wrong_type targets 9");
        row("targets", "[]", "wrong_type targets []");
        row("targets", "\"sam@example.com\"", "wrong_type targets xxx@xxxxxxx.xxx");
        row("labels", "true", "wrong_type labels xxxx");
        row("labels", "\"good\"", "wrong_type labels xxxx");
        row("labels.mapping_was_wrong", "1", "wrong_type labels.mapping_was_wrong 9");
        row("labels.mapping_was_wrong", "\"yes\"", "wrong_type labels.mapping_was_wrong xxx");
        row("labels.mapping_was_wrong", "\"212-555-0142\"", "phone labels.mapping_was_wrong 999-999-9999");
        row("labels.outcome_next_step_chosen", "{}", "wrong_type labels.outcome_next_step_chosen {}");
        row("labels.reviewer_score", "6", "out_of_range labels.reviewer_score 9");
        row("labels.reviewer_score", "-1", "out_of_range labels.reviewer_score -9");
        row("labels.reviewer_score", "4.5", "out_of_range labels.reviewer_score 9.9");
        row("labels.reviewer_score", "true", "wrong_type labels.reviewer_score xxxx");
        row("labels.client_feedback", "1", "wrong_type labels.client_feedback 9");
        row("targets.boundary_class", "false", "wrong_type targets.boundary_class xxxxx");
    }

    void absent_null_and_wrongly_typed_parts()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, told);
        ExampleBuilder example;
        if (json.isEmpty()) {
            example.without(path.toStdString());
        } else {
            example.raw(path.toStdString(), json.toStdString());
        }
        QCOMPARE(QByteArray::fromStdString(LineJudge().judge(example.json()).told()), told);
    }

    void what_is_not_on_the_allowlist_is_withheld_and_the_row_stays()
    {
        ExampleBuilder example;
        const char* const prefixes[] = {"rag_", "website_", "tool_", "raw_", "content_", "summary_",
            "description_", "notes_", "context_", "narrative_"};
        for (const char* prefix : prefixes) {
            example.with("features." + std::string(prefix) + "x", "sam@example.com");
        }
        example.with("features.other", "212-555-0142")
            .with("features.rag", 1)
            .with("features.brag_x", nullptr);
        example.with("labels.reviewer_notes", "12 Example St").with("labels.client_feedback_reason", nullptr);
        example.with("run_id", "sam@example.com");
        const JudgedLine judged = LineJudge().judge(example.json());
        QVERIFY2(judged.accepted, judged.told().c_str());
        for (std::size_t reason = 0; reason < BlockedPrefixCount; ++reason) {
            QCOMPARE(judged.withheld[reason], std::uint16_t {1});
        }
        QCOMPARE(judged.withheld[WithheldNotAllowlisted], std::uint16_t {3});
        QCOMPARE(judged.withheld[WithheldReviewerNotes], std::uint16_t {1});
        QCOMPARE(judged.withheld[WithheldFeedbackReason], std::uint16_t {0});
        for (const char* trace :
            {"example.com", "555", "Example", "rag_x", "\"rag", "other", "reviewer_notes"}) {
            QVERIFY2(judged.canonical.find(trace) == std::string::npos, trace);
        }
    }

    /// Whatever is written at any exported place never comes out again in a finding.
    void no_finding_holds_the_value_it_is_about()
    {
        LineJudge judge;
        const std::string secret = "Maple7Quartz@example.com";
        for (const std::string path : {"id", "created_at", "source", "industry_key", "feature_schema",
                 "features", "targets", "labels", "features.window_rule", "features.window_days",
                 "targets.boundary_class", "targets.pressure_keys", "labels.reviewer_score",
                 "labels.client_feedback", "labels.mapping_was_wrong"}) {
            const JudgedLine judged = judge.judge(ExampleBuilder().with(path, secret).json());
            QVERIFY(!judged.accepted);
            QVERIFY2(judged.told().find("Maple") == std::string::npos, path.c_str());
            for (const GuardedCell& cell : judged.explanation.cells) {
                QVERIFY2(cell.text.find("Maple") == std::string::npos, path.c_str());
            }
        }
        const JudgedLine broken = judge.judge("{\"id\":\"" + secret);
        QVERIFY(broken.told().find("Maple") == std::string::npos);
    }

    void explaining_a_row_and_judging_it_are_one_evaluation()
    {
        LineJudge judge;
        const JudgedLine good = judge.judge(ExampleBuilder().with("gini_proxy", nullptr).json());
        QVERIFY(good.explanation.findings.empty());
        QCOMPARE(good.explanation.canonical, good.canonical);
        QCOMPARE(good.explanation.nulls, std::size_t {1});
        const auto& features = defaultSchema()->features();
        const auto enums
            = static_cast<std::size_t>(std::ranges::count(features, FeatureKind::Enum, &Feature::kind));
        QCOMPARE(good.explanation.numbersInRange, features.size() - enums - 1);
        const JudgedLine bad = judge.judge(ExampleBuilder().with("window_days", 40000).json());
        QCOMPARE(bad.explanation.findings, bad.findings);
        const RowColumns columns(*defaultSchema());
        QCOMPARE(bad.explanation.cells.size(), columns.size());
        const GuardedCell& cell = bad.explanation.cells[*columns.indexOf("features.window_days")];
        QCOMPARE(cell.state, GuardedCell::State::Refused);
        QCOMPARE(cell.text, std::string("99999"));
        QCOMPARE(cell.rule, std::optional<Rule>(Rule::OutOfRange));
    }
};

QTEST_GUILESS_MAIN(tst_pii_guard)
#include "tst_pii_guard.moc"
