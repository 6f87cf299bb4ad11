// SPDX-License-Identifier: Apache-2.0
// From bytes to an example: the whole line is validated, what is not exported too.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/judged_line.h"

#include <QTest>

using namespace workbench;

namespace {

/// A member put in front of a valid example's others, where nothing of it is exported.
std::string with(const std::string& member)
{
    std::string line = ExampleBuilder().json();
    return line.insert(1, member + ",");
}

std::string nested(std::size_t arrays)
{
    return with("\"unused\":" + std::string(arrays, '[') + std::string(arrays, ']'));
}

} // namespace

class tst_example_parser : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void lines_that_are_not_one_json_object_are_malformed_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const std::string& line) {
            QTest::newRow(name) << QByteArray::fromStdString(line);
        };
        const std::string good = ExampleBuilder().json();
        row("nothing but a word", "hello");
        row("a number", "12");
        row("a string", "\"text\"");
        row("null", "null");
        row("an array", "[" + good + "]");
        row("two objects", good + good);
        row("something behind", good + " x");
        row("a comma behind", good + ",");
        row("a bracket behind", good + "}");
        row("cut off", good.substr(0, good.size() - 1));
        row("cut off in a string", good.substr(0, 10));
        row("only a brace", "{");
        row("an empty key without a value", R"({"":})");
        row("single quotes", "{'id':'x'}");
        row("a key without quotes", "{id:\"x\"}");
        row("a comma too many", R"({"id":"x",})");
        row("two commas", R"({"id":"x",,"a":1})");
        row("no colon", R"({"id" "x"})");
        row("no comma", R"({"id":"x" "a":1})");
        row("a comment", "{/* no */}");
        row("a byte order mark within the file", "\xef\xbb\xbf" + good);
        row("a zero byte behind", good + std::string(1, '\0'));
        row("a zero byte in a string", with("\"unused\":\"a" + std::string(1, '\0') + "b\""));
        row("half a literal", with("\"unused\":tru"));
        row("a capital literal", with("\"unused\":True"));
        row("a long literal", with("\"unused\":nulll"));
        row("NaN", with("\"unused\":NaN"));
        row("Infinity", with("\"unused\":-Infinity"));
        row("a number with a leading zero", with("\"unused\":012"));
        row("a minus alone", with("\"unused\":-"));
        row("a point at the end", with("\"unused\":1."));
        row("an empty exponent", with("\"unused\":1e+"));
        row("a plus", with("\"unused\":+1"));
        row("hexadecimal", with("\"unused\":0x1F"));
        row("an escape that is none", with(R"("unused":"\x41")"));
        row("an unfinished escape", with(R"("unused":"\u12")"));
        row("an escape with a wrong digit", with(R"("unused":"\u12g4")"));
        row("a high surrogate alone", with(R"("unused":"\ud83d")"));
        row("a low surrogate alone", with(R"("unused":"\ude00")"));
        row("surrogates the wrong way round", with(R"("unused":"\ude00\ud83d")"));
        row("a surrogate alone in a key", with(R"("\ud83d":1)"));
        row("a tab in a string", with("\"unused\":\"a\tb\""));
        row("a carriage return in a string", with("\"unused\":\"a\rb\""));
        row("latin 1", with("\"unused\":\"caf\xe9\""));
        row("a continuation byte alone", with("\"unused\":\"\x80\""));
        row("an overlong slash", with("\"unused\":\"\xc0\xaf\""));
        row("a surrogate in bytes", with("\"unused\":\"\xed\xa0\x80\""));
        row("beyond Unicode", with("\"unused\":\"\xf4\x90\x80\x80\""));
        row("half a character", with("\"unused\":\"\xe2\x82\""));
        row("bad UTF-8 outside a string", "{\xff}");
        row("a key twice", with("\"id\":\"twice\""));
        row("an unused key twice", with(R"("a":1,"a":2)"));
        row("a key twice, once escaped", with(R"("\u0069d":"twice")"));
        row("a feature twice", ExampleBuilder().raw("gini_proxy", "0.5,\"gini_proxy\":1").json());
        row("a key twice far inside", with(R"("unused":[{"b":{"c":1,"c":1}}])"));
        row("a key twice that differs in case only is not twice, but this is", with(R"("B":1,"b":1,"B":2)"));
        row("nested sixty-five deep", nested(64));
        row("nested a million deep", nested(1'000'000));
        row("a brace never closed, deep", with("\"unused\":" + std::string(5000, '{')));
        row("mismatched brackets", with("\"unused\":[}"));
        row("vertical tab as a blank", "{\v}");
        row("a no-break space as a blank", "{\u00a0}");
    }

    void lines_that_are_not_one_json_object_are_malformed()
    {
        QFETCH(QByteArray, line);
        const JudgedLine judged = LineJudge().judge(line.toStdString());
        QCOMPARE(judged.findings.size(), std::size_t {1});
        QCOMPARE(judged.findings[0].rule, Rule::Malformed);
        QCOMPARE(judged.findings[0].path, std::string());
    }

    void unusual_lines_that_are_fine_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto row = [](const char* name, const std::string& line) {
            QTest::newRow(name) << QByteArray::fromStdString(line);
        };
        row("blanks around", " \t" + ExampleBuilder().json() + " \t ");
        row("a carriage return behind", ExampleBuilder().json() + "\r");
        row("nested sixty-four deep", nested(63));
        row("keys that differ in case only", with(R"("a":1,"A":2)"));
        row("the same key in two objects", with(R"("x":{"k":1},"y":{"k":1})"));
        row("an empty key", with(R"("":null)"));
        row("pairs of surrogates", with(R"("unused":"\ud83d\ude00")"));
        row("every simple escape", with("\"unused\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""));
        row("an escaped zero", with(R"("unused":"a\u0000b")"));
        row("a number beyond a double that is not exported", with("\"unused\":1e999"));
        row("a very long number", with("\"unused\":" + std::string(5000, '7')));
        row("noncharacters", with("\"unused\":\"\xef\xbf\xbf\""));
        row("delete", with("\"unused\":\"\x7f\""));
        row("a feature's key spelt with escapes",
            ExampleBuilder().without("gini_proxy").raw(R"(features.gini\u005fproxy)", "0.5").json());
    }

    void unusual_lines_that_are_fine()
    {
        QFETCH(QByteArray, line);
        const JudgedLine judged = LineJudge().judge(line.toStdString());
        QVERIFY2(judged.accepted, judged.told().c_str());
    }

    void an_escaped_value_is_judged_as_what_it_says()
    {
        LineJudge judge;
        QVERIFY(judge.judge(ExampleBuilder().raw("source", R"("\u006d\u006fck")").json()).accepted);
        QCOMPARE(judge.judge(ExampleBuilder().raw("source", R"("sam\u0040example.com")").json()).told(),
            std::string("email source xxx@xxxxxxx.xxx"));
    }

    void the_longest_line_may_have_sixteen_mebibytes()
    {
        const std::string head = "{\"unused\":\"";
        const std::string tail = "\"," + ExampleBuilder().json().substr(1);
        LineJudge judge;
        const std::size_t filling = MaxLineLength - head.size() - tail.size();
        QVERIFY(judge.judge(head + std::string(filling, 'n') + tail).accepted);
        const JudgedLine longer = judge.judge(head + std::string(filling + 1, 'n') + tail);
        QCOMPARE(longer.findings.size(), std::size_t {1});
        QCOMPARE(longer.findings[0].rule, Rule::Malformed);
    }

    void an_answer_does_not_remember_the_line_before()
    {
        LineJudge judge;
        QVERIFY(!judge.judge(ExampleBuilder().with("features.rag_x", 1).with("window_days", 99999).json())
                     .accepted);
        const JudgedLine next = judge.judge(ExampleBuilder().without("window_days").without("labels").json());
        QVERIFY2(next.accepted, next.told().c_str());
        QCOMPARE(next.withheld[0], std::uint16_t {0});
        QVERIFY(next.canonical.find("\"window_days\":null") != std::string::npos);
    }

    /// A row that was written, read back in the shape of a bundle, is written again in the same bytes.
    void a_row_of_a_bundle_guarded_again_is_itself()
    {
        const JudgedLine first = LineJudge().judge(ExampleBuilder().with("gini_proxy", nullptr).json());
        std::string line = first.canonical;
        line.pop_back();
        const JudgedLine again = LineJudge(defaultSchema(), LineShape::GuardedRow).judge(line);
        QVERIFY2(again.accepted, again.told().c_str());
        QCOMPARE(again.canonical, first.canonical);
    }
};

QTEST_GUILESS_MAIN(tst_example_parser)
#include "tst_example_parser.moc"
