// SPDX-License-Identifier: Apache-2.0
// The short way through a line: it answers only where it agrees with the general reader in every part.
#include "core/guard/pii_guard.h"
#include "core/input/example_parser.h"
#include "core/input/line_scanner.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/judged_line.h"
#include "tests/support/random_examples.h"
#include "tests/support/thoroughness.h"

#include <QTest>

#include <bit>
#include <filesystem>
#include <fstream>

using namespace workbench;

namespace {

bool same(const JsonValue& a, const JsonValue& b)
{
    return a.type == b.type && (a.isNothing() || a.text == b.text);
}

/// Empty when every part is the same.
QByteArray difference(const TrainingExample& a, const TrainingExample& b, std::size_t features)
{
    if (a.malformed || b.malformed) {
        return "one of them is malformed";
    }
    using Example = TrainingExample;
    for (JsonValue Example::*value :
        {&Example::id, &Example::createdAt, &Example::source, &Example::industryKey, &Example::featureSchema,
            &Example::featuresObject, &Example::targetsObject, &Example::labelsObject,
            &Example::boundaryClass, &Example::pressureKeys, &Example::reviewerScore,
            &Example::clientFeedback, &Example::mappingWasWrong, &Example::outcomeNextStepChosen}) {
        if (!same(a.*value, b.*value)) {
            return "a field";
        }
    }
    for (std::size_t place = 0; place < features; ++place) {
        if (!same(a.feature(place), b.feature(place))) {
            return "a feature";
        }
    }
    if (a.pressureKeyCount != b.pressureKeyCount
        || !std::equal(a.pressureKeyItems.begin(), a.pressureKeyItems.end(), b.pressureKeyItems.begin(),
            b.pressureKeyItems.end(), same)) {
        return "pressure keys";
    }
    return a.labelled == b.labelled && a.withheld == b.withheld ? QByteArray()
                                                                : QByteArray("labels or withheld");
}

/// Reads lines both ways and judges what comes out.
class BothWays {
public:
    explicit BothWays(SchemaPtr schema = defaultSchema(), LineShape shape = LineShape::Example)
        : m_features(schema->features().size())
        , m_scanner(*schema, shape)
        , m_parser(schema, shape)
        , m_guard(schema)
    {
    }

    /// Whether the short way was taken. Fails the test when it was and the general reader disagrees.
    bool takes(const std::string& line)
    {
        // Exactly the bytes that are promised to be there, so that a sanitizer sees any other being read.
        std::vector<char> bytes(line.begin(), line.end());
        bytes.resize(line.size() + LinePadding, '7');
        const std::string_view text(bytes.data(), line.size());
        TrainingExample scanned;
        scanned.clear(m_features);
        scanned.line = text;
        if (!m_scanner.scan(text, scanned)) {
            return false;
        }
        const TrainingExample& general = m_parser.parseGenerally(text);
        const QByteArray differs = difference(scanned, general, m_features);
        if (!differs.isEmpty()) {
            QTest::qFail(differs.constData(), __FILE__, __LINE__);
            return true;
        }
        if (judged(scanned) != judged(general)) {
            QTest::qFail("the guard's answer", __FILE__, __LINE__);
        }
        return true;
    }

private:
    /// The row, or the findings, and the values of its columns as text.
    std::string judged(const TrainingExample& example)
    {
        GuardedBatch batch;
        PiiGuard::Workspace workspace;
        workspace.wantValues = true;
        std::string told;
        if (m_guard.inspect(example, batch, workspace)) {
            told = batch[0].bytes();
        }
        for (const Finding& finding : workspace.findings) {
            told += std::string(ruleName(finding.rule)) + ' ' + finding.path + ' ' + finding.masked + '\n';
        }
        for (const double value : workspace.values) {
            told += std::to_string(std::bit_cast<std::uint64_t>(value)) + ' ';
        }
        return told;
    }

    std::size_t m_features;
    LineScanner m_scanner;
    ExampleParser m_parser;
    PiiGuard m_guard;
};

std::vector<std::string> usualLines()
{
    return {ExampleBuilder().json(), ExampleBuilder().with("gini_proxy", nullptr).without("labels").json(),
        ExampleBuilder()
            .with("coverage_ratio", 0.9891826923076923)
            .with("labels.reviewer_notes", "seen")
            .json(),
        ExampleBuilder().raw("targets.benchmark", R"([{"key":"a","value":0.4,"peer":[1,null,{}]}])").json(),
        ExampleBuilder().raw("targets.pressure_keys", "[]").raw("missingness_score", "0.10").json()};
}

} // namespace

class tst_line_scanner : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void usual_lines_take_the_short_way()
    {
        BothWays ways;
        for (const std::string& line : usualLines()) {
            QVERIFY2(ways.takes(line), line.c_str());
        }
    }

    /// Features are copied in runs, as they stand.
    void what_breaks_a_run_of_features_is_judged_alike_data()
    {
        QTest::addColumn<QByteArray>("line");
        const std::vector<Feature>& features = defaultSchema()->features();
        const std::string first = "features." + features.front().key;
        const std::string second = "features." + features[1].key;
        const std::string last = "features." + features.back().key;
        const auto row = [](const char* name, const ExampleBuilder& example) {
            QTest::newRow(name) << QByteArray::fromStdString(example.json());
        };
        row("the first is not there", ExampleBuilder().without(first));
        row("the last is not there", ExampleBuilder().without(last));
        row("some are not there", ExampleBuilder().without("window_days").without("gini_proxy"));
        row("one alone between two that are not there",
            ExampleBuilder().without(first).without("features." + features[2].key));
        row("the first is of no closed set", ExampleBuilder().raw(first, R"("nowhere")"));
        row("the first and the second are null", ExampleBuilder().raw(first, "null").raw(second, "null"));
        row("the last is written otherwise", ExampleBuilder().raw(last, "0.50"));
        row("the last is null", ExampleBuilder().raw(last, "null"));
        row("one is written otherwise behind one that is not there",
            ExampleBuilder().without(first).raw(second, R"("unheard_of")"));
        row("beyond its range", ExampleBuilder().raw("window_days", "36601").raw("coverage_ratio", "-1"));
        row("not whole", ExampleBuilder().raw("window_days", "90.5"));
        row("whole, and far too large", ExampleBuilder().raw("window_days", "9007199254740993"));
        row("a string for a number", ExampleBuilder().raw("coverage_ratio", R"("0.5")"));
        row("a number for a string", ExampleBuilder().raw("features.window_rule", "1"));
        row("a boolean for a number", ExampleBuilder().raw("quotes_count", "true"));
        ExampleBuilder none;
        ExampleBuilder otherwise;
        for (const Feature& feature : features) {
            none.without("features." + feature.key);
            otherwise.raw("features." + feature.key, feature.kind == FeatureKind::Enum ? "1" : "0.0");
        }
        row("none is there", none);
        row("none is written as it would be", otherwise);
    }

    void what_breaks_a_run_of_features_is_judged_alike()
    {
        QFETCH(const QByteArray, line);
        QVERIFY(BothWays().takes(line.toStdString()));
    }

    void lines_that_differ_from_the_usual_are_left_to_the_general_reader_data()
    {
        QTest::addColumn<QByteArray>("line");
        const std::string good = ExampleBuilder().json();
        const auto row = [](const char* name, const std::string& line) {
            QTest::newRow(name) << QByteArray::fromStdString(line);
        };
        row("nothing", "");
        row("a blank in front", " " + good);
        row("a blank behind", good + " ");
        row("a second object", good + "{}");
        row("an unknown key", "{\"unknown\":1," + good.substr(1));
        row("a key twice", "{\"id\":\"a\"," + good.substr(1));
        row("a key twice where nobody looks",
            ExampleBuilder().raw("targets.benchmark", R"({"a":1,"b":2,"a":3})").json());
        row("very deep where nobody looks",
            ExampleBuilder().raw("targets.benchmark", std::string(70, '[') + std::string(70, ']')).json());
        row("an escape", ExampleBuilder().raw("id", R"("a\u0062c")").json());
        row("a letter beyond ASCII", ExampleBuilder().with("labels.reviewer_notes", "caf\xc3\xa9").json());
        row("half a letter", ExampleBuilder().with("labels.reviewer_notes", "caf\xc3").json());
        row("an array for a number", ExampleBuilder().raw("window_days", "[1]").json());
        row("no number", ExampleBuilder().raw("window_days", "01").json());
        row("half a literal", ExampleBuilder().raw("window_days", "nul").json());
    }

    void lines_that_differ_from_the_usual_are_left_to_the_general_reader()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!BothWays().takes(line.toStdString()));
    }

    void any_single_byte_changed_is_understood_alike()
    {
        BothWays ways;
        static constexpr std::string_view Bytes("\"\\,:{}[]09.-+eEnt \t\r\0\x1f\x7f\x80\xc3\xff", 26);
        for (const std::string& line : usualLines()) {
            for (std::size_t at = 0; at < line.size(); at += CaseStride) {
                std::string changed = line;
                for (const char byte : Bytes) {
                    changed[at] = byte;
                    ways.takes(changed);
                }
                changed[at] = line[at];
                changed.insert(at, 1, line[at]);
                ways.takes(changed);
                ways.takes(std::string(line).erase(at, 1));
                if (QTest::currentTestFailed()) {
                    return;
                }
            }
        }
    }

    void a_line_cut_anywhere_is_never_taken()
    {
        BothWays ways;
        const std::string line = ExampleBuilder().json();
        for (std::size_t length = 0; length < line.size(); ++length) {
            QVERIFY(!ways.takes(line.substr(0, length)));
        }
    }

    void random_examples_are_understood_alike()
    {
        BothWays ways;
        RandomExamples random(20260105);
        int taken = 0;
        for (int i = 0; i < 20'000; i += CaseStride) {
            taken += ways.takes(random.next()) ? 1 : 0;
        }
        QVERIFY2(
            taken > 1000 / CaseStride, "nearly no line was of the usual form: this test compares nothing");
    }

    void rows_of_a_bundle_take_the_short_way_too()
    {
        BothWays ways(defaultSchema(), LineShape::GuardedRow);
        std::string row = LineJudge().judge(ExampleBuilder().json()).canonical;
        row.pop_back();
        QVERIFY(ways.takes(row));
        for (std::size_t at = 0; at < row.size(); ++at) {
            std::string changed = row;
            changed[at] = changed[at] == '0' ? '"' : '0';
            ways.takes(changed);
        }
    }

    void captured_lines_nearly_always_take_the_short_way()
    {
        const std::filesystem::path folder = std::filesystem::path(WORKBENCH_SHARED_DIR) / "data" / "train";
        if (!std::filesystem::exists(folder)) {
            QSKIP("the captured rows are not beside this project");
        }
        BothWays ways;
        int lines = 0;
        int taken = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line); ++lines) {
                taken += ways.takes(line) ? 1 : 0;
            }
        }
        QVERIFY(lines > 0);
        QVERIFY2(taken * 100 > lines * 90, qPrintable(QString::number(taken)));
    }
};

QTEST_GUILESS_MAIN(tst_line_scanner)
#include "tst_line_scanner.moc"
