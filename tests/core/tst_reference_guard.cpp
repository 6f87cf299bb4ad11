// SPDX-License-Identifier: Apache-2.0
// The guard that is documented for the system in use, as it is documented: what that refuses, ours does.
// Other rows each time; the seed is told, and WORKBENCH_SEED repeats it. More of them:
// WORKBENCH_ROUNDS=1000000.
#include "core/schema/builtin_schemas.h"
#include "tests/support/judged_line.h"
#include "tests/support/random_examples.h"
#include "tests/support/thoroughness.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <regex>

using namespace workbench;

namespace {

std::uint64_t seedOfThisRun()
{
    const char* const text = std::getenv("WORKBENCH_SEED");
    return text == nullptr ? std::random_device {}() : std::strtoull(text, nullptr, 10);
}

/// The four documented patterns, over the strings of a row's features and nothing else.
class DocumentedGuard {
public:
    explicit DocumentedGuard(const Schema& schema) : m_schema(schema) {}

    /// The first feature it stumbles over; empty when it lets the row pass.
    [[nodiscard]] std::string refuses(const nlohmann::json& row) const
    {
        const auto features = row.find("features");
        if (features == row.end() || !features->is_object()) {
            return {};
        }
        for (const Feature& feature : m_schema.features()) {
            const auto value = features->find(feature.key);
            if (value != features->end() && value->is_string()
                && refuses(value->get_ref<const std::string&>(), feature)) {
                return feature.key;
            }
        }
        return {};
    }

private:
    [[nodiscard]] bool refuses(const std::string& text, const Feature& feature) const
    {
        const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; };
        const bool isLong = std::ranges::count_if(text, begins) > 100;
        const bool expected
            = std::find(feature.values.begin(), feature.values.end(), text) != feature.values.end();
        return std::regex_search(text, m_email) || std::regex_search(text, m_phone) || isLong || !expected;
    }

    const Schema& m_schema;
    std::regex m_email {"@"};
    std::regex m_phone {R"(\d{3}[-.\s]?\d{3}[-.\s]?\d{4})"};
};

} // namespace

class ReferenceGuardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_it_refuses_ours_refuses_and_says_why();
};

void ReferenceGuardTest::what_it_refuses_ours_refuses_and_says_why()
{
    const std::uint64_t seed = seedOfThisRun();
    const char* const wanted = std::getenv("WORKBENCH_ROUNDS");
    const std::uint64_t rounds = wanted == nullptr ? 10'000 / CaseStride : std::strtoull(wanted, nullptr, 10);
    qInfo("WORKBENCH_SEED=%llu", static_cast<unsigned long long>(seed));
    const DocumentedGuard documented(*defaultSchema());
    RandomExamples examples(seed);
    LineJudge judge;
    std::uint64_t theirs = 0;
    std::uint64_t ours = 0;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const std::string line = examples.next();
        const JudgedLine judged = judge.judge(line);
        QCOMPARE(judged.accepted, judged.findings.empty());
        ours += judged.accepted ? 0 : 1;
        for (const Finding& finding : judged.findings) {
            QVERIFY(ruleFromName(ruleName(finding.rule)) == finding.rule);
        }
        const auto row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_object()) {
            continue; // that one throws such a line away
        }
        const std::string key = documented.refuses(row);
        if (key.empty()) {
            continue;
        }
        ++theirs;
        QVERIFY2(
            std::ranges::any_of(judged.findings,
                [&](const Finding& f) { return f.path == "features." + key || f.rule == Rule::Malformed; }),
            qPrintable(QStringLiteral("round %1, feature %2: %3")
                           .arg(round)
                           .arg(QString::fromStdString(key), QString::fromStdString(judged.told()))));
    }
    qInfo("%llu rows: refused by the documented guard %llu, by ours %llu",
        static_cast<unsigned long long>(rounds), static_cast<unsigned long long>(theirs),
        static_cast<unsigned long long>(ours));
    QVERIFY(theirs > rounds / 20 && ours > theirs); // else nothing was compared
}

QTEST_GUILESS_MAIN(ReferenceGuardTest)
#include "tst_reference_guard.moc"
