// SPDX-License-Identifier: Apache-2.0
// Ten kinds of what must not leave, in nine disguises, at every place of an example and beside the rows.
#include "core/guard/text_problem.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/guard_matrix.h"
#include "tests/support/judged_line.h"
#include "tests/support/oracle.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace workbench;

namespace {

std::string told(const std::vector<Finding>& findings)
{
    std::string text;
    for (const Finding& finding : findings) {
        text += std::string(ruleName(finding.rule)) + " " + finding.path + " " + finding.masked + " | ";
    }
    return text;
}

/// The rule that the contract gives a family, whatever makes it hard to see.
std::optional<Rule> ruleOf(const MatrixText& what)
{
    static const std::set<std::string> Readable {
        "as it is", "full width", "zero width", "right to left", "combining", "JSON escapes"};
    if (what.family == "long") { // of spellings in many characters everything is
        return Rule::TooLong;
    }
    if (!Readable.contains(what.disguise)) {
        return std::nullopt;
    }
    return what.family == "e-mail" ? Rule::Email
        : what.family == "phone"   ? Rule::Phone
        : what.family == "address" ? Rule::Address
                                   : std::optional<Rule>();
}

} // namespace

class GuardMatrixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void there_is_no_place_at_which_it_passes();
    void what_is_withheld_is_withheld_in_every_disguise();
    void a_schema_takes_none_of_it();
    void a_commit_message_takes_none_that_can_be_known();
};

void GuardMatrixTest::there_is_no_place_at_which_it_passes()
{
    const std::vector<MatrixCase> cases = matrixCases();
    QCOMPARE(cases.size(), std::size_t {12 * 10 * 9});
    LineJudge judge;
    std::size_t accepted = 0;
    for (const MatrixCase& one : cases) {
        const JudgedLine judged = judge.judge(one.line);
        const oracle::Answer second = oracle::judge(one.line, *defaultSchema());
        QVERIFY2(told(judged.findings) == told(second.findings), one.name.c_str());
        QVERIFY2(told(judged.explanation.findings) == told(judged.findings), one.name.c_str());
        if (isAnIdToo(one)) {
            QVERIFY2(judged.accepted, one.name.c_str());
            ++accepted;
            continue;
        }
        QVERIFY2(!judged.accepted, one.name.c_str());
        QVERIFY2(std::ranges::all_of(judged.findings, [&](const Finding& f) { return f.path == one.path; }),
            one.name.c_str());
        if (const auto rule = ruleOf(one.what)) {
            QVERIFY2(std::ranges::any_of(judged.findings, [&](const Finding& f) { return f.rule == *rule; }),
                one.name.c_str());
        }
        if (one.what.family != "long") { // whose shape is what it is
            QVERIFY2(told(judged.findings).find(one.what.text) == std::string::npos, one.name.c_str());
        }
    }
    QCOMPARE(accepted, std::size_t {4});
}

void GuardMatrixTest::what_is_withheld_is_withheld_in_every_disguise()
{
    LineJudge judge;
    const std::string without = judge.judge(withheldMatrixCases().front().line).canonical;
    for (const MatrixCase& one : withheldMatrixCases()) {
        const JudgedLine judged = judge.judge(one.line);
        QVERIFY2(judged.accepted, one.name.c_str());
        QVERIFY2(judged.canonical == without, one.name.c_str());
    }
}

/// Of a schema's strings keys, columns, closed sets, splits and the card are made.
void GuardMatrixTest::a_schema_takes_none_of_it()
{
    for (const MatrixText& what : matrixTexts()) {
        const std::string feature = R"({"key":"a","kind":"number","family":"ratio","min":0,"max":1})";
        const auto refuses = [&what](const std::string& json) {
            const auto schema = Schema::parse(json, "test");
            // What nobody can read is told like any other text that is no key.
            return !schema
                && (!problemOfText(what.text) || schema.error().message.find(what.text) == std::string::npos);
        };
        const std::string name = what.family + ", " + what.disguise;
        const auto with = [&](const std::string& features) {
            return R"({"name":"s","version":"v1","features":[)" + features + "]}";
        };
        QVERIFY2(
            refuses(with(R"({"key":)" + what.json + R"(,"kind":"number","family":"ratio","min":0,"max":1})")),
            name.c_str());
        for (const char* const key : {"source", "industry_key", "a"}) { // splits are called so
            QVERIFY2(refuses(with(std::string(R"({"key":")") + key
                         + R"(","kind":"enum","family":"context","values":["mock",)" + what.json + "]}")),
                name.c_str());
        }
        // The grammars of names and units cannot tell a name from a name, nor an address of a machine.
        const bool plain = what.disguise == "as it is" || what.disguise == "JSON escapes";
        const bool isName = plain && (what.family == "name" || what.family == "internet address");
        const bool isUnit = isName || (plain && what.family == "unexpected");
        QCOMPARE(
            !refuses(R"({"name":)" + what.json + R"(,"version":"v1","features":[)" + feature + "]}"), isName);
        QCOMPARE(
            !refuses(R"({"name":"s","version":)" + what.json + R"(,"features":[)" + feature + "]}"), isName);
        QCOMPARE(!refuses(with(R"({"key":"a","kind":"number","family":"ratio","min":0,"max":1,"unit":)"
                     + what.json + "}")),
            isUnit);
    }
}

/// It is free text of whoever publishes: what has a shape is refused, a name or a link cannot be known for
/// more than it says, nor what somebody spelt so that nobody can read it.
void GuardMatrixTest::a_commit_message_takes_none_that_can_be_known()
{
    static const std::set<std::string> Known {"e-mail", "phone", "address", "long", "secret", "card"};
    for (const MatrixText& what : matrixTexts()) {
        const auto problem = problemOfCommitMessage("For " + what.text + " and others");
        const bool spelt = what.disguise == "entities" || what.disguise == "percent";
        const bool letters = what.disguise == "look-alikes" && what.family == "address";
        const bool longEnough = what.family == "long" || (spelt && what.text.size() > 82);
        const std::string name = what.family + ", " + what.disguise;
        QVERIFY2(problem.has_value() == (longEnough || (Known.contains(what.family) && !spelt && !letters)),
            name.c_str());
        QVERIFY2(!problem || problem->find(what.text) == std::string::npos, name.c_str());
    }
}

QTEST_GUILESS_MAIN(GuardMatrixTest)
#include "tst_guard_matrix.moc"
