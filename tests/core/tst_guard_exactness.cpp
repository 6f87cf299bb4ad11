// SPDX-License-Identifier: Apache-2.0
// Neither too wide nor too narrow: every edit of an allowed value is refused, and identifiers that machines
// make pass. More of these: WORKBENCH_IDS=1000000; other ones: WORKBENCH_SEED.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/judged_line.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <random>
#include <set>

using namespace workbench;

namespace {

/// A line without what a test is not about: each of thousands is short.
std::string lineWith(const std::string& path, const std::string& json)
{
    std::string line = R"({"id":"ex_1","created_at":"2026-11-22T15:19:39.983Z","source":"mock",)"
                       R"("industry_key":"hvac","feature_schema":"signals_v1","features":{},)"
                       R"("targets":{},"labels":{}})";
    const std::size_t dot = path.find('.');
    if (dot != std::string::npos) {
        const std::string object = '"' + path.substr(0, dot) + "\":{";
        return line.insert(line.find(object) + object.size(), '"' + path.substr(dot + 1) + "\":" + json);
    }
    const std::string key = '"' + path + "\":";
    const std::size_t begin = line.find(key) + key.size();
    return line.replace(begin, line.find(',', begin) - begin, json);
}

/// Every text that is one character more, less, other or moved, in other capitals, or with blanks of all
/// kinds.
std::set<std::string> editsOf(const std::string& member)
{
    std::set<std::string> edits;
    std::vector<std::string> characters {
        "\t", "\u00a0", "\u200b", "\u2009", "\u3000", "\u0301", "\uff3f", "é"};
    for (char c = ' '; c < 0x7f; ++c) {
        characters.emplace_back(1, c);
    }
    for (std::size_t at = 0; at <= member.size(); ++at) {
        for (const std::string& character : characters) {
            std::string more = member;
            edits.insert(more.insert(at, character));
            if (at < member.size()) {
                std::string other = member;
                edits.insert(other.replace(at, 1, character));
            }
        }
        if (at < member.size()) {
            std::string less = member;
            edits.insert(less.erase(at, 1));
        }
        if (at + 1 < member.size()) {
            std::string moved = member;
            std::swap(moved[at], moved[at + 1]);
            edits.insert(moved);
        }
    }
    for (const char* const around : {" ", "  ", "\t", "\n", "\r\n", "\"", "'"}) {
        edits.insert(around + member + around);
    }
    std::string capitals = member;
    for (char& c : capitals) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        edits.insert(capitals); // the first one, two, … of them
    }
    edits.insert(member + member);
    return edits;
}

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise)
{
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

using Random = std::mt19937_64;

std::string drawn(Random& random, std::string_view letters, std::size_t length)
{
    std::string text;
    while (text.size() < length) {
        text += letters[random() % letters.size()];
    }
    return text;
}

std::string uuid(Random& random)
{
    std::string text = drawn(random, "0123456789abcdef", 36);
    text[8] = text[13] = text[18] = text[23] = '-';
    text[14] = '4';
    text[19] = "89ab"[random() % 4];
    return text;
}

std::string ulid(Random& random)
{
    return drawn(random, "01234567", 1) + drawn(random, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 25);
}

std::string nanoid(Random& random)
{
    return drawn(random, "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict", 21);
}

} // namespace

class GuardExactnessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void no_edit_of_an_allowed_value_is_allowed();
    void identifiers_that_machines_make_pass_data();
    void identifiers_that_machines_make_pass();
};

void GuardExactnessTest::no_edit_of_an_allowed_value_is_allowed()
{
    const Schema& schema = *defaultSchema();
    const auto valuesOf
        = [&schema](const char* key) { return schema.features()[*schema.indexOf(key)].values; };
    const auto texts = [](std::span<const std::string_view> set) {
        return std::vector<std::string>(set.begin(), set.end());
    };
    const std::vector<std::pair<std::string, std::vector<std::string>>> places {{"source", schema.sources()},
        {"industry_key", schema.industries()}, {"feature_schema", {"signals_v1"}},
        {"features.source", valuesOf("source")}, {"features.industry_key", valuesOf("industry_key")},
        {"features.window_rule", valuesOf("window_rule")},
        {"targets.boundary_class", texts(boundaryClasses())}, {"labels.client_feedback", {"up", "down"}}};
    LineJudge judge;
    std::size_t edits = 0;
    std::size_t next = 0;
    for (const auto& place : places) {
        const std::string& path = place.first;
        const std::vector<std::string>& members = place.second;
        for (const std::string& member : members) {
            QVERIFY2(judge.judge(lineWith(path, quotedJson(member))).accepted, (path + " " + member).c_str());
            for (const std::string& edit : editsOf(member)) {
                if (std::ranges::find(members, edit) != members.end()) {
                    continue;
                }
                ++edits;
                if (next++ % CaseStride != 0) {
                    continue;
                }
                const JudgedLine judged = judge.judge(lineWith(path, quotedJson(edit)));
                QVERIFY2(!judged.accepted, (path + " " + edit).c_str());
                QVERIFY2(
                    std::ranges::all_of(judged.findings, [&](const Finding& f) { return f.path == path; }),
                    judged.told().c_str());
            }
        }
    }
    QVERIFY2(edits >= 50'000, qPrintable(QString::number(edits)));
}

void GuardExactnessTest::identifiers_that_machines_make_pass_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("mostRejected"); // of all
    QTest::newRow("UUID") << 0 << 1e-5; // one of two and a half million has no letter
    QTest::newRow("ULID") << 1 << 0.0;
    QTest::newRow("nanoid") << 2 << 1e-5;
    QTest::newRow("64 hex digits") << 3 << 0.0;
    // By the letter of the contract: ten digits in a row are a phone number, whatever else they may be.
    QTest::newRow("18 digits") << 4 << 1.0;
}

void GuardExactnessTest::identifiers_that_machines_make_pass()
{
    QFETCH(int, kind);
    QFETCH(double, mostRejected);
    const std::array<std::function<std::string(Random&)>, 5> makers {uuid, ulid, nanoid,
        [](Random& r) { return drawn(r, "0123456789abcdef", 64); },
        [](Random& r) { return drawn(r, "123456789", 1) + drawn(r, "0123456789", 17); }};
    const std::uint64_t seed = fromEnvironment("WORKBENCH_SEED", 20261130);
    const std::uint64_t ids = fromEnvironment("WORKBENCH_IDS", 10'000 / CaseStride);
    Random random(seed);
    LineJudge judge;
    std::uint64_t rejected = 0;
    for (std::uint64_t i = 0; i < ids; ++i) {
        const JudgedLine judged
            = judge.judge(lineWith("id", '"' + makers.at(static_cast<std::size_t>(kind))(random) + '"'));
        rejected += judged.accepted ? 0 : 1;
        QVERIFY2(judged.accepted || (judged.findings.size() == 1 && judged.findings.front().path == "id"),
            judged.told().c_str());
    }
    qInfo("seed %llu: %llu of %llu rejected", static_cast<unsigned long long>(seed),
        static_cast<unsigned long long>(rejected), static_cast<unsigned long long>(ids));
    QVERIFY(static_cast<double>(rejected)
        <= mostRejected * static_cast<double>(ids) + (mostRejected > 0 ? 1 : 0));
    QCOMPARE(rejected == ids, mostRejected == 1.0);
}

QTEST_GUILESS_MAIN(GuardExactnessTest)
#include "tst_guard_exactness.moc"
