// SPDX-License-Identifier: Apache-2.0
/// What JSON is, asked of the real command line: values in a field that nobody reads, and whole lines.
#include "tests/app/export_program.h"
#include "tests/support/example_builder.h"
#include "tests/support/json_cases.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <map>

using namespace workbench;

namespace {

/// The rules by line.
std::map<int, QStringList> verdicts(ExportProgram& program, const std::vector<std::string>& lines)
{
    program.writeData(QStringLiteral("a.jsonl"), lines);
    const ProgramResult result = program.run(words("check --json --max-rows=1000000"));
    const QJsonObject rows = result.json()[QStringLiteral("rows")].toObject();
    if (rows[QStringLiteral("read")].toInt() != static_cast<int>(lines.size())) {
        qWarning("read %d of %zu lines", rows[QStringLiteral("read")].toInt(), lines.size());
        return {};
    }
    std::map<int, QStringList> rules;
    for (std::size_t line = 1; line <= lines.size(); ++line) {
        rules[static_cast<int>(line)] = {};
    }
    for (const auto& entry : result.json()[QStringLiteral("rejections")].toArray()) {
        const QJsonObject finding = entry.toObject();
        rules[finding[QStringLiteral("line")].toInt()] += finding[QStringLiteral("rule")].toString();
    }
    return rules;
}

} // namespace

class JsonConformanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Or the cases would only say what the product does.
    void another_reader_is_of_the_same_opinion()
    {
        for (const JsonCase& json : jsonValues()) {
            // As a whole line of its own that library takes a mark for nothing and a zero byte for the end.
            const std::string line = "{\"a\":" + json.text + '}';
            const bool open = json.name.starts_with("i_") || line.find('\0') != std::string::npos;
            QVERIFY2(open || nlohmann::json::accept(line) == json.name.starts_with("y_"), json.name.c_str());
        }
    }

    void values_are_read_as_the_standard_says()
    {
        const std::vector<JsonCase> cases = jsonValues();
        QVERIFY(cases.size() > 500);
        ExportProgram program;
        constexpr std::size_t AtOnce = 400; // a report lists a thousand findings
        for (std::size_t begin = 0; begin < cases.size(); begin += AtOnce) {
            std::vector<std::string> lines;
            for (std::size_t place = begin; place < cases.size() && place < begin + AtOnce; ++place) {
                lines.push_back(ExampleBuilder().raw("run_id", cases[place].text).json());
            }
            const std::map<int, QStringList> found = verdicts(program, lines);
            QCOMPARE(found.size(), lines.size());
            for (const auto& [line, rules] : found) {
                const std::string& name = cases[begin + static_cast<std::size_t>(line) - 1].name;
                const bool sound = name.starts_with("y_") || name.starts_with("i_number_beyond_a_double");
                QVERIFY2(rules == (sound ? QStringList() : QStringList {QStringLiteral("malformed")}),
                    name.c_str());
            }
        }
    }

    void a_line_is_one_object()
    {
        const std::vector<JsonCase> cases = jsonLines();
        ExportProgram program;
        std::vector<std::string> lines {ExampleBuilder().json()};
        for (const JsonCase& json : cases) {
            lines.push_back(json.text);
        }
        const std::map<int, QStringList> found = verdicts(program, lines);
        QCOMPARE(found.size(), lines.size());
        for (std::size_t place = 0; place < cases.size(); ++place) {
            const QStringList rules = found.at(static_cast<int>(place) + 2);
            const std::string& name = cases[place].name;
            if (name.starts_with("y_")) {
                QVERIFY2(rules.contains(QStringLiteral("missing_field")), name.c_str());
            } else {
                QVERIFY2(rules == QStringList {QStringLiteral("malformed")}, name.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(JsonConformanceTest)
#include "tst_json_conformance.moc"
