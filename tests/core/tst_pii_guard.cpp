// SPDX-License-Identifier: Apache-2.0
// Section 5 of the contract as tests: what may leave, what may not, and what is said about it.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/judged_line.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace workbench;

namespace {

/// Does a string at this place break this rule? Asked of the product, told as text.
bool breaks(const JudgedLine& judged, Rule rule, const std::string& path)
{
    return std::ranges::any_of(judged.findings,
        [&](const Finding& finding) { return finding.rule == rule && finding.path == path; });
}

} // namespace

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

    void what_a_pattern_strikes_in_a_string_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("rule"); // empty: no pattern, only unexpected_string
        const auto row = [](const char* text, const char* rule) {
            QTest::newRow(QByteArray(rule).append(" ").append(text)) << QByteArray(text) << QByteArray(rule);
        };
        for (const char* text : {"sam@example.com", "@", "a @ b", "sam＠example.com", "sam@example"}) {
            row(text, "email");
        }
        for (const char* text : {"212-555-0142", "212.555.0142", "212 555 0142", "2125550142", "212555-0142",
                 "x2125550142y", "(212) 555-0142", "(212)555-0142", "(212)-555-0142", "+44 20 7946 0958",
                 "+442079460958", "+1 (212) 555-0142", "２１２-５５５-０１４２", "212–555–0142",
                 "212—555—0142", "212−555−0142", "212\u00a0555\u00a00142", "212\u200b-555-0142",
                 "212_555_0142", "call 212-555-0142 now", "１２３４５６７８９０", "212-555-01421",
                 "(212) - . 555-0142", "+1 2 3 4 5 6 7 8", "+12..34((56))78", "+123456789012345"}) {
            row(text, "phone");
        }
        for (const char* text : {"12 Example St", "12 example street", "4 Oak Hill Road", "7 EXAMPLE AVE",
                 "1600 Sample Blvd.", "221b Baker Street", "5 Long Winding Hill Top Lane",
                 "9 Example Ct, Springfield", "3 Milky Way", "1 Example Pl", "2 Example Place",
                 "8 Example Drive", "8 Example Dr", "PO Box 99", "P.O. Box 99", "po box 1", "90210 Avenue",
                 "90210-1234 Street", "10 Downing Rd", "12 Example Ln", "12 Example Court",
                 "12 Example Boulevard", "5 One Two Three Four Five Street", "5 Oak, 6 Elm Street",
                 "12 ... Example.. St..", "123456a Example St", "12 Example St;", "(12 Example St)",
                 "#12 Example St", "12-16 Example Street", "12/4 Example Ave", "12 O'Example Rd!",
                 "P. O. Box no. 5", "p.o.box #5"}) {
            row(text, "address");
        }
        for (const char* text : {"fortnight", "N/A", "", " ", "555-0142", "12345", "Street 12", "12 apples",
                 "post", "PO Box", "the 3 way", "stable ", "Stable", "null", "+1 212", "2026-11-22",
                 "5 One Two Three Four Five Six Street", "12 Street", "1234 Street", "1234567 Example St",
                 "90210 Example Of Many A Very Long Street", "+1234567", "+1234567 and 8", "+12a34b56c789",
                 "+12...345678", "(21) 23456789", "(212"}) {
            row(text, "");
        }
    }

    void what_a_pattern_strikes_in_a_string()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rule);
        const Rule expected = ruleFromName(rule.toStdString()).value_or(Rule::UnexpectedString);
        LineJudge judge;
        // A string where an enum, an identifier, a time, a key or a number belongs: the same answer
        // everywhere.
        for (const std::string path : {"id", "created_at", "source", "industry_key", "features.industry_key",
                 "features.window_rule", "features.window_days", "features.coverage_ratio",
                 "targets.boundary_class", "labels.client_feedback", "labels.reviewer_score"}) {
            if (path == "id"
                && (text == "12345" || text == "fortnight" || text == "Stable" || text == "null"
                    || text == "post" || text == "555-0142" || text == "2026-11-22")) {
                continue; // within the grammar of identifiers
            }
            const JudgedLine judged = judge.judge(ExampleBuilder().with(path, text.toStdString()).json());
            QCOMPARE(judged.findings.size(), std::size_t {1});
            QVERIFY2(breaks(judged, expected, path), judged.told().c_str());
        }
        const JudgedLine keys = judge.judge(
            ExampleBuilder()
                .raw("targets.pressure_keys", "[\"fragility\"," + quotedJson(text.toStdString()) + "]")
                .json());
        if (text != "fortnight" && text != "post" && text != "null") { // keys, as far as their grammar goes
            QVERIFY2(breaks(keys, expected, "targets.pressure_keys[1]"), keys.told().c_str());
        }
    }

    void one_string_may_break_several_rules_and_one_row_several_places()
    {
        const JudgedLine judged = LineJudge().judge(ExampleBuilder()
                                                        .with("id", "sam@example.com or 212-555-0142")
                                                        .with("window_days", true)
                                                        .with("labels.reviewer_score", 9)
                                                        .json());
        QCOMPARE(QByteArray::fromStdString(judged.told()),
            QByteArray("email id xxx@xxxxxxx.xxx xx 999-999-9999 | phone id xxx@xxxxxxx.xxx xx 999-999-9999"
                       " | wrong_type features.window_days xxxx | out_of_range labels.reviewer_score 9"));
    }

    void a_hundred_characters_are_enough_and_a_character_is_a_code_point()
    {
        LineJudge judge;
        const auto rules = [&judge](const std::string& text) {
            return judge.judge(ExampleBuilder().with("window_rule", text).json());
        };
        QVERIFY(breaks(rules(std::string(100, 'n')), Rule::UnexpectedString, "features.window_rule"));
        QVERIFY(breaks(rules(std::string(101, 'n')), Rule::TooLong, "features.window_rule"));
        std::string wide;
        for (int i = 0; i < 100; ++i) {
            wide += "é";
        }
        QVERIFY(breaks(rules(wide), Rule::UnexpectedString, "features.window_rule"));
        QVERIFY(breaks(rules(wide + "é"), Rule::TooLong, "features.window_rule"));
    }

    void a_phone_number_stored_as_a_number_is_out_of_range()
    {
        LineJudge judge;
        for (const Feature& feature : defaultSchema()->features()) {
            if (feature.kind != FeatureKind::Enum) {
                const JudgedLine judged
                    = judge.judge(ExampleBuilder().with("features." + feature.key, 2125550142.0).json());
                QVERIFY2(breaks(judged, Rule::OutOfRange, "features." + feature.key), feature.key.c_str());
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
            QVERIFY2(breaks(judge.judge(ExampleBuilder().with(path, below).json()), Rule::OutOfRange, path),
                path.c_str());
            QVERIFY2(breaks(judge.judge(ExampleBuilder().with(path, above).json()), Rule::OutOfRange, path),
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
            QVERIFY2(breaks(judged, *rule, *rule == Rule::Malformed ? "" : "features.window_days"),
                judged.told().c_str());
        } else {
            QVERIFY2(
                judged.canonical.find("\"window_days\":" + outcome.toStdString() + ",") != std::string::npos,
                judged.told().c_str());
        }
    }

    void which_identifiers_pass_data()
    {
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<QByteArray>("outcome");
        const auto row = [](const char* id, const char* outcome) {
            QTest::newRow(id) << QByteArray(id) << QByteArray(outcome);
        };
        row("ex_001", "accepted");
        row("V1StGXR8_Z5jdHi6B-myT", "accepted");
        row("run:2026.11:a", "accepted");
        row("a", "accepted");
        // A canonical UUID, a ULID and hex digests pass as they are, although the phone pattern matches
        // inside.
        row("12345678-1234-5678-a234-567812345678", "accepted");
        row("01ARZ3NDEK1234567890123456", "accepted");
        row("12345678901234567890123456789012345678901234567890123456789012af", "accepted");
        row("1234567890123456789012345678901a", "accepted");
        row("123456789012345678901234567890123456789f", "accepted");
        // The same without a letter are numbers.
        row("12345678-1234-5678-1234-567812345678", "phone");
        row("12345678901234567890123456789012", "phone");
        row("01234567890123456789012345", "phone");
        row("1234567890123456789012345678901g", "phone"); // no hex
        row("81ARZ3NDEK1234567890123456", "phone"); // more bits than a ULID has
        row("-1ARZ3NDEK1234567890123456", "phone");
        row("2125550142", "phone");
        row("id-212-555-0142", "phone");
        row("id_212_555_0142", "phone");
        row("id:212:555:0142", "phone");
        row("1795360779741", "phone"); // milliseconds since 1970
        row("po_box_12", "address");
        row("PO_BOX_12", "address");
        row("12_EXAMPLE_Street", "address");
        row("5_one_two_three_four_five_street", "address");
        row("at_12_example_st", "address");
        // Whatever an id may have between words.
        for (const char* id :
            {"PO.Box.12", "P.O.Box.12", "POBox12", "PO-Box-12", "PO:Box:12", "12-Example-Street",
                "12.Example.Street", "12:Example:St", "12_Example.Street", "90210-Street"}) {
            row(id, "address");
        }
        row("212_5550142", "phone");
        row("a212555_0142", "phone");
        row("212-555_0142", "phone");
        row("20261122_152026", "accepted"); // a time
        row("mock_12", "accepted");
        row("2026-11-22.15:20", "accepted");
        // Of the grammar by chance, and never an identifier: access tokens and card numbers (invented ones).
        for (const char* id : {"hf_abcdefghijklmnopqrstuvwxyzABCDEFGH", "run-hf_abcdefghijklmnopqrst",
                 "ghp_abcdefghijklmnopqrstuvwxyzABCDEFGHIJ", "github_pat_abcdefghij_klmnopqrstuv",
                 "glpat-abcdefghij-klmnopqrs", "AKIAABCDEFGHIJKLMNOP", "x:ASIAABCDEFGHIJKLMNOP",
                 "AIzaabcdefghijklmnopqrstuvwxyz-ABCDEFGH", "xoxb-abcdefgh-ijklmn", "sk-abcdefghijklmnopqrst",
                 "sk_live_abcdefghijklmnop", "eyJabcdefgh.eyJabc.defghi", "4111-1111-1111-1111",
                 "4111.1111.1111.1111", "4111_1111_1111_1111", "order:5555:5555:5555:4444"}) {
            row(id, "unexpected_string");
        }
        for (const char* id :
            {"hf_abcdefghijklmnopqrs", "xhf_abcdefghijklmnopqrst", "hf_export.mock.hvac.a_b_c_d",
                "AKIAABCDEFGHIJKLMNO", "AKIAABCDEFGHIJKLMNOPQ", "AKIAABCDEFGHIJKLMNOp",
                "eyJabcdefgh.abc.defghi", "4111-1111-1111-1112", "4111-1111.1111-1111", "2026-1130-1137-5217",
                "a4111-1111-1111-1111", "sk-learn.run.of.november", "github_pat_abcdefghij-klmnopqrstuv",
                "xoxb-abcdefgh_ijklmn", "eyJabcdefghijklmnopqrst", "eyJabcdefgh:eyJabc.defghi",
                "eyJabcdefg.eyJabc.defghijkl", "4111-1111-1111-11111", "4111x1111x1111x1111"}) {
            row(id, "accepted");
        }
        row("", "unexpected_string");
        row("a b", "unexpected_string");
        row("a/b", "unexpected_string");
        row("../x", "unexpected_string");
        row("é", "unexpected_string");
        row("a\nb", "unexpected_string");
    }

    void which_identifiers_pass()
    {
        QFETCH(QByteArray, id);
        QFETCH(QByteArray, outcome);
        const JudgedLine judged = LineJudge().judge(ExampleBuilder().with("id", id.toStdString()).json());
        if (outcome == "accepted") {
            QVERIFY2(judged.accepted, judged.told().c_str());
            QVERIFY(judged.canonical.starts_with("{\"example_id\":\"" + id.toStdString() + "\","));
        } else {
            QVERIFY2(breaks(judged, *ruleFromName(outcome.toStdString()), "id"), judged.told().c_str());
        }
    }

    void a_token_is_one_from_its_shortest_length_on_data()
    {
        QTest::addColumn<QByteArray>("prefix");
        QTest::addColumn<int>("fewest"); // characters behind it, as whoever issues them says
        const auto row
            = [](const char* prefix, int fewest) { QTest::newRow(prefix) << QByteArray(prefix) << fewest; };
        row("hf_", 20);
        for (const char* prefix : {"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}) {
            row(prefix, 36);
        }
        row("github_pat_", 22);
        row("glpat-", 20);
        row("AIza", 35);
        for (const char* prefix : {"xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-"}) {
            row(prefix, 14);
        }
        row("sk-", 20);
        row("sk_live_", 16);
        row("rk_live_", 16);
    }
    void a_token_is_one_from_its_shortest_length_on()
    {
        QFETCH(QByteArray, prefix);
        QFETCH(int, fewest);
        const auto accepts = [&](int length) {
            const std::string id = prefix.toStdString() + std::string(static_cast<std::size_t>(length), 'a');
            return LineJudge().judge(ExampleBuilder().with("id", id).json()).accepted;
        };
        QVERIFY(!accepts(fewest));
        QVERIFY(accepts(fewest - 1));
    }

    void an_identifier_has_sixty_four_characters_at_most()
    {
        LineJudge judge;
        QVERIFY(judge.judge(ExampleBuilder().with("id", std::string(64, 'n')).json()).accepted);
        QVERIFY(breaks(judge.judge(ExampleBuilder().with("id", std::string(65, 'n')).json()),
            Rule::UnexpectedString, "id"));
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
