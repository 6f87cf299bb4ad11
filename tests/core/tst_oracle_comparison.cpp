// SPDX-License-Identifier: Apache-2.0
// The guard against the second, deliberately simple guard of tests/support: every verdict, path, shape and
// byte.
#include "core/schema/builtin_schemas.h"
#include "tests/support/judged_line.h"
#include "tests/support/oracle.h"
#include "tests/support/random_examples.h"
#include "tests/support/thoroughness.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace workbench;

namespace {

/// "rule path shape | …", or the canonical line: two answers are equal when these are.
std::string told(const std::vector<Finding>& findings, std::string_view line)
{
    std::string text(line);
    for (const Finding& finding : findings) {
        text += std::string(ruleName(finding.rule)) + " " + finding.path + " " + finding.masked + " | ";
    }
    return text;
}

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise)
{
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

} // namespace

class tst_oracle_comparison : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void both_guards_agree_on_random_examples_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::newRow("all features") << QByteArray("signals_v1");
        QTest::newRow("first 48") << QByteArray("signals_v1_core48");
    }

    /// Another seed or more rounds: WORKBENCH_SEED, WORKBENCH_ROUNDS.
    void both_guards_agree_on_random_examples()
    {
        QFETCH(QByteArray, schema);
        const SchemaPtr columns = builtinSchema(schema.toStdString());
        const std::uint64_t seed = fromEnvironment("WORKBENCH_SEED", 20261122);
        const std::uint64_t rounds = fromEnvironment("WORKBENCH_ROUNDS", 10000 / CaseStride);
        RandomExamples examples(seed);
        LineJudge judge(columns);
        std::uint64_t accepted = 0;
        std::uint64_t differences = 0;
        for (std::uint64_t round = 0; round < rounds; ++round) {
            const std::string line = examples.next();
            const oracle::Answer answer = oracle::judge(line, *columns);
            const std::string expected = told(answer.findings, answer.line);
            const JudgedLine judged = judge.judge(line);
            const RowExplanation& explained = judged.explanation;
            const std::string got = told(judged.findings, judged.canonical);
            const bool sameWithheld = std::ranges::equal(answer.withheld, judged.withheld);
            accepted += answer.accepted() ? 1 : 0;
            if (got != expected || !sameWithheld || told(explained.findings, explained.canonical) != got) {
                ++differences;
                if (differences <= 10) {
                    qWarning("seed %llu, round %llu%s%s\n  line      %.3000s\n  core      %.600s\n  oracle   "
                             " %.600s",
                        static_cast<unsigned long long>(seed), static_cast<unsigned long long>(round),
                        sameWithheld ? "" : ", withheld counts differ",
                        told(explained.findings, explained.canonical) == got
                            ? ""
                            : ", explain() differs from inspect()",
                        line.c_str(), got.c_str(), expected.c_str());
                }
            }
        }
        QCOMPARE(differences, std::uint64_t {0});
        // The comparison says something only if both verdicts occur often.
        QVERIFY(accepted > rounds / 10);
        QVERIFY(accepted < rounds * 9 / 10);
    }
};

QTEST_GUILESS_MAIN(tst_oracle_comparison)
#include "tst_oracle_comparison.moc"
