// SPDX-License-Identifier: GPL-3.0-or-later
// One guard behind every door: the same file through the command line, the internal API and the preview.
#include "app/serve/internal_api.h"
#include "core/review/row_loader.h"
#include "core/schema/builtin_schemas.h"
#include "tests/app/export_program.h"
#include "tests/support/guard_matrix.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/judged_line.h"
#include "tests/support/thoroughness.h"

#include <nlohmann/json.hpp>

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include <map>
#include <set>
#include <sstream>
#include <thread>

using namespace workbench;
using namespace std::chrono_literals;

namespace {

using Json = nlohmann::json;

/// What was said of each line: "rule path shape | …" by its number.
using Told = std::map<std::uint64_t, std::string>;

void tell(
    Told& told, std::uint64_t line, std::string_view rule, const std::string& path, const std::string& masked)
{
    told[line] += std::string(rule) + ' ' + path + ' ' + masked + " | ";
}

Told toldIn(const std::string& jsonLines)
{
    Told told;
    std::istringstream lines(jsonLines);
    for (std::string line; std::getline(lines, line);) {
        const Json each = Json::parse(line);
        tell(told, each["line"], each.value("rule", ""), each.value("path", ""), each.value("masked", ""));
    }
    return told;
}

/// Each place, kind and disguise, and lines that are no examples at all.
std::vector<std::string> hardLines()
{
    std::vector<std::string> lines;
    std::size_t next = 0;
    for (const std::vector<MatrixCase>& cases : {matrixCases(), withheldMatrixCases()}) {
        for (const MatrixCase& one : cases) {
            if (next++ % CaseStride == 0) {
                lines.push_back(one.line);
            }
        }
    }
    for (const char* const line : {"{", "[]", R"({"id":"a","id":"b"})", "sam@example.com", "{}", "null"}) {
        lines.emplace_back(line);
    }
    return lines;
}

} // namespace

class GuardDoorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_command_line_says_what_the_guard_says();
    void the_filter_of_shards_says_what_the_guard_says();
    void the_api_says_what_the_guard_says();
    void the_preview_says_what_the_guard_says();

private:
    std::vector<std::string> m_lines;
    Told m_expected;
    std::map<std::string, std::uint64_t> m_byRule;
};

void GuardDoorsTest::initTestCase()
{
    m_lines = hardLines();
    LineJudge judge;
    std::uint64_t number = 0;
    for (const std::string& line : m_lines) {
        ++number;
        std::set<std::string> rules;
        for (const Finding& finding : judge.judge(line).findings) {
            tell(m_expected, number, ruleName(finding.rule), finding.path, finding.masked);
            rules.emplace(ruleName(finding.rule));
        }
        for (const std::string& rule : rules) {
            ++m_byRule[rule];
        }
    }
    QVERIFY(m_expected.size() > 80);
}

void GuardDoorsTest::the_command_line_says_what_the_guard_says()
{
    ExportProgram program;
    program.writeData("a.jsonl", m_lines);
    const ProgramResult checked = program.run(words("check --json"));
    QCOMPARE(checked.exitCode, 3);
    const Json document = Json::parse(checked.out.toStdString());
    Told told;
    for (const Json& each : document["rejections"]) {
        tell(told, each["line"], each.value("rule", ""), each.value("path", ""), each.value("masked", ""));
    }
    QVERIFY(!told.empty());
    // The first thousand are told in full, all are counted.
    told.erase(std::prev(told.end()));
    for (const auto& [line, said] : told) {
        QCOMPARE(QString::fromStdString(said), QString::fromStdString(m_expected[line]));
    }
    QCOMPARE(document["rows"]["rejected"].get<std::size_t>(), m_expected.size());
    QCOMPARE((document["rejections_by_rule"].get<std::map<std::string, std::uint64_t>>()), m_byRule);
}

void GuardDoorsTest::the_filter_of_shards_says_what_the_guard_says()
{
    ExportProgram program;
    QByteArray input;
    for (const std::string& line : m_lines) {
        input += QByteArray::fromStdString(line) + '\n';
    }
    const ProgramResult guarded = program.run(words("guard"), input);
    QCOMPARE(guarded.exitCode, 3);
    std::string rejections;
    for (const QByteArray& line : guarded.err.split('\n')) {
        rejections += line.startsWith('{') ? line.toStdString() + '\n' : std::string();
    }
    QCOMPARE(toldIn(rejections), m_expected);
}

void GuardDoorsTest::the_api_says_what_the_guard_says()
{
    const TemporaryFolder folder;
    std::string bytes;
    for (const std::string& line : m_lines) {
        bytes += line + '\n';
    }
    folder.write("data/a.jsonl", bytes);
    QueueSettings settings;
    settings.schema = defaultSchema();
    settings.dataDir = folder.path("data");
    settings.outDir = folder.path("out");
    auto queue = JobQueue::open(settings);
    QVERIFY(queue);
    InternalApi api(**queue,
        ApiSettings {{"127.0.0.1", 3000}, {},
            {defaultSchema(), 50000, SplitStrategy::BySourceIndustry, "owner/name"}});
    const auto ask = [&api](const char* method, const std::string& target, const std::string& body = {}) {
        ApiRequest request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.headers.emplace_back("Host", "127.0.0.1:3000");
        return Json::parse(api.answer(request).body);
    };
    const std::string id
        = ask("POST", "/api/internal/hf/export?internal=1", R"({"on_rejection":"skip"})")["job_id"];
    Json record = Json::object();
    for (int tries = 0; tries < 6000 && record.value("status", "") != "completed"; ++tries) {
        std::this_thread::sleep_for(5ms);
        record = ask("GET", "/api/internal/hf/status?internal=1&job_id=" + id);
    }
    QCOMPARE(record.value("status", ""), std::string("completed"));
    QCOMPARE(record["rows"]["rejected"].get<std::size_t>(), m_expected.size());
    QCOMPARE((record["rejections_by_rule"].get<std::map<std::string, std::uint64_t>>()), m_byRule);
    QCOMPARE(toldIn(folder.read("out_jobs/" + id + ".rejections.jsonl")), m_expected);
}

void GuardDoorsTest::the_preview_says_what_the_guard_says()
{
    IndexedFolder folder;
    folder.add("a.jsonl", m_lines);
    const IndexPtr index = folder.index();
    QCOMPARE(index->rows(), m_lines.size());
    Told listed;
    for (const IndexedFinding& finding : index->findings()) {
        tell(listed, finding.row + 1, ruleName(finding.rule), index->paths()[finding.path],
            index->shapes()[finding.masked]);
    }
    QCOMPARE(listed, m_expected);
    RowLoader loader(index);
    Told explained;
    for (RowNumber row = 0; row < index->rows(); ++row) {
        const auto loaded = loader.load(row);
        QVERIFY(loaded);
        for (const Finding& finding : loaded->explanation.findings) {
            tell(explained, row + 1, ruleName(finding.rule), finding.path, finding.masked);
        }
        QCOMPARE(loaded->explanation.canonical.empty(), index->rejected(row));
    }
    QCOMPARE(explained, m_expected);
}

QTEST_GUILESS_MAIN(GuardDoorsTest)
#include "tst_guard_doors.moc"
