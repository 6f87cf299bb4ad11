// SPDX-License-Identifier: Apache-2.0
// What the guard finds in a string: the patterns of the contract's section 5, and which identifiers pass.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/judged_line.h"

#include <QTest>

using namespace workbench;

class PiiPatternsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
            QVERIFY2(judged.breaks(expected, path), judged.told().c_str());
        }
        const JudgedLine keys = judge.judge(
            ExampleBuilder()
                .raw("targets.pressure_keys", "[\"fragility\"," + quotedJson(text.toStdString()) + "]")
                .json());
        if (text != "fortnight" && text != "post" && text != "null") { // keys, as far as their grammar goes
            QVERIFY2(keys.breaks(expected, "targets.pressure_keys[1]"), keys.told().c_str());
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
        QVERIFY(rules(std::string(100, 'n')).breaks(Rule::UnexpectedString, "features.window_rule"));
        QVERIFY(rules(std::string(101, 'n')).breaks(Rule::TooLong, "features.window_rule"));
        std::string wide;
        for (int i = 0; i < 100; ++i) {
            wide += "é";
        }
        QVERIFY(rules(wide).breaks(Rule::UnexpectedString, "features.window_rule"));
        QVERIFY(rules(wide + "é").breaks(Rule::TooLong, "features.window_rule"));
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
            QVERIFY2(judged.breaks(*ruleFromName(outcome.toStdString()), "id"), judged.told().c_str());
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
        QVERIFY(judge.judge(ExampleBuilder().with("id", std::string(65, 'n')).json())
                    .breaks(Rule::UnexpectedString, "id"));
    }
};

QTEST_GUILESS_MAIN(PiiPatternsTest)
#include "tst_pii_patterns.moc"
