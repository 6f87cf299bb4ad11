// SPDX-License-Identifier: Apache-2.0
// Labels in a file of their own are merged as if they had always stood in the line (issue: label sidecars).
#include "core/guard/mask.h"
#include "core/input/label_files.h"
#include "core/review/row_loader.h"
#include "core/schema/builtin_schemas.h"
#include "tests/core/labelled_example.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/oracle.h"
#include "tests/support/recorded_scan.h"

#include <QTest>

#include <random>

using namespace workbench;

namespace {

/// The canonical row, or its findings: what the guard makes of the one line there is.
std::string judged(const TemporaryFolder& folder)
{
    const ScanOutcome outcome = scanFolder(folder);
    return outcome.error.empty()
        ? outcome.found.bytes + (outcome.found.bytes.empty() ? outcome.found.events.front() : "")
        : outcome.error;
}

std::string labelsOf(const std::string& row)
{
    const std::size_t at = row.find("\"labels\":");
    return at == std::string::npos ? row : row.substr(at + 9, row.size() - at - 11);
}

} // namespace

class LabelFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fields_of_the_file_come_over_those_of_the_line_data()
    {
        QTest::addColumn<std::string>("own");
        QTest::addColumn<std::string>("file");
        QTest::addColumn<std::string>("labels");
        const auto row = [](const char* name, const std::string& own, const std::string& file,
                             const char* score, const char* feedback) {
            QTest::newRow(name) << own << file
                                << "{\"reviewer_score\":" + std::string(score) + ",\"client_feedback\":"
                    + feedback + ",\"mapping_was_wrong\":null,\"outcome_next_step_chosen\":null}";
        };
        const std::string both = R"({"reviewer_score":2,"client_feedback":"up"})";
        row("no labels in the line", "", both, "2", "\"up\"");
        row("null in the line", "null", both, "2", "\"up\"");
        row("an empty object in the line", "{ }", both, "2", "\"up\"");
        row("fields of both", R"({"reviewer_score":5})", R"({"client_feedback":"down"})", "5", "\"down\"");
        row("the same field in both", both, R"({"reviewer_score":0})", "0", "\"up\"");
        row("null takes a field away", both, R"({"reviewer_score":null})", "null", "\"up\"");
        row("the same key written otherwise", both, R"({"reviewer\u005fscore":3})", "3", "\"up\"");
        row("an empty object in the file", both, "{}", "2", "\"up\"");
        row("null in the file", both, " null\n", "2", "\"up\"");
        row("a byte order mark", "", "\xEF\xBB\xBF" + both, "2", "\"up\"");
        row("braces and quotes in a free text", "",
            "{\"reviewer_notes\":\"}],\\\"reviewer_score\\\":1\"," + both.substr(1), "2", "\"up\"");
    }
    void fields_of_the_file_come_over_those_of_the_line()
    {
        QFETCH(std::string, own);
        QFETCH(std::string, file);
        QFETCH(std::string, labels);
        TemporaryFolder folder;
        folder.write("a.jsonl", example("one", own));
        folder.write("labels/one.json", file);
        QCOMPARE(labelsOf(judged(folder)), labels);
    }

    void what_is_no_object_makes_its_row_wrong_data()
    {
        QTest::addColumn<std::string>("file");
        std::string deep;
        for (int depth = 0; depth < 64; ++depth) {
            deep += "{\"a\":";
        }
        deep += "1" + std::string(64, '}');
        const std::string big(MaxLabelFileBytes, ' ');
        QTest::newRow("nothing") << std::string();
        QTest::newRow("no JSON") << std::string("score: 5");
        QTest::newRow("cut short") << std::string(R"({"reviewer_score":5)");
        QTest::newRow("an array") << std::string(R"([{"reviewer_score":5}])");
        QTest::newRow("a number") << std::string("5");
        QTest::newRow("a string") << std::string("\"up\"");
        QTest::newRow("two objects") << std::string(R"({"reviewer_score":5} {})");
        QTest::newRow("what would change the line around it")
            << std::string(R"({"reviewer_score":5},"pipeline":{})");
        QTest::newRow("what would end the line") << std::string(R"({"reviewer_score":5}})");
        QTest::newRow("a key twice") << std::string(R"({"reviewer_score":5,"reviewer_score":4})");
        QTest::newRow("no UTF-8") << std::string("{\"reviewer_notes\":\"\xff\"}");
        QTest::newRow("a line break in a string") << std::string("{\"reviewer_notes\":\"a\nb\"}");
        QTest::newRow("a bad escape") << std::string(R"({"reviewer_notes":"\x"})");
        QTest::newRow("too deep inside the line") << deep;
        QTest::newRow("too large") << "{\"reviewer_notes\":\"" + std::string(MaxLabelFileBytes, 'x') + "\"}";
        QTest::newRow("too large, an object and blanks") << "{}" + big;
        QTest::newRow("too large, null and blanks") << "null" + big;
    }
    void what_is_no_object_makes_its_row_wrong()
    {
        QFETCH(std::string, file);
        for (const char* own : {"", "null", R"({"reviewer_score":3})"}) {
            TemporaryFolder folder;
            folder.write("a.jsonl", example("one", own) + '\n' + example("two"));
            folder.write("labels/one.json", file);
            const ScanOutcome outcome = scanFolder(folder);
            QCOMPARE(outcome.error, std::string());
            QCOMPARE(outcome.found.events, (std::vector<std::string> {"wrong_type 0:1", "accepted 0:2"}));
        }
    }

    void a_file_of_the_largest_size_is_read()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", example("one"));
        const std::string object = R"({"reviewer_score":5})";
        folder.write("labels/one.json", object + std::string(MaxLabelFileBytes - object.size(), ' '));
        QVERIFY(judged(folder).find("\"reviewer_score\":5") != std::string::npos);
    }

    void a_line_whose_labels_are_wrong_stays_wrong()
    {
        for (const char* own : {"5", "\"up\"", "[]", "true"}) {
            TemporaryFolder folder;
            folder.write("a.jsonl", example("one", own));
            folder.write("labels/one.json", R"({"reviewer_score":5})");
            QCOMPARE(scanFolder(folder).found.events, (std::vector<std::string> {"wrong_type 0:1"}));
        }
    }

    void every_value_of_a_file_goes_through_the_guard()
    {
        const std::vector<std::string> scores {
            "0", "5", "6", "2.5", "1e999", "\"5\"", "null", "true", "[1]", "NaN"};
        const std::vector<std::string> feedback {"\"up\"", "\"down\"", "\"jane@example.com\"",
            "\"555-010-1234\"", "\"sideways\"", "null", "1", "{\"a\":[1, 2]}"};
        const std::vector<std::string> flags {"true", "false", "null", "1", "\"yes\"", "{}"};
        const std::vector<std::string> own {
            "", "null", R"({"reviewer_score":9})", R"({"client_feedback":"up","reviewer_notes":"n"})", "7"};
        std::mt19937 random(20261128); // NOLINT: the same cases each time
        const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
        TemporaryFolder folder;
        std::vector<std::string> inlined;
        std::string lines;
        for (int number = 0; number < 600; ++number) {
            const std::string file = "{\"reviewer_score\":" + any(scores)
                + ",\"client_feedback\":" + any(feedback) + ",\"mapping_was_wrong\":" + any(flags)
                + (random() % 2 == 0 ? ",\"reviewer_notes\":\"Jane\"" : "") + (random() % 9 == 0 ? "" : "}");
            const std::string line = example(idOf(number), any(own));
            lines += line + '\n';
            inlined.push_back(oracle::withLabels(line, file));
            folder.write("labels/" + idOf(number) + ".json", file);
        }
        folder.write("a.jsonl", lines);
        IndexedFolder none;
        const auto files = listExamples(folder.path(), {});
        QVERIFY(files);
        IndexRequest request;
        request.files = *files;
        request.schema = defaultSchema();
        request.threads = 3;
        IndexPtr index;
        QVERIFY(buildIndex(request, [&](IndexPtr newest) { index = std::move(newest); }, {}, {}));
        QCOMPARE(index->rows(), inlined.size());
        RowLoader loader(index);
        int accepted = 0;
        for (RowNumber row = 0; row < inlined.size(); ++row) {
            const oracle::Answer expected = oracle::judge(inlined[row], *defaultSchema());
            const auto loaded = loader.load(row);
            QVERIFY(loaded);
            QCOMPARE(loaded->explanation.findings, expected.findings);
            QCOMPARE(loaded->explanation.canonical, expected.line);
            QCOMPARE(index->rejected(row), !expected.accepted());
            accepted += expected.accepted() ? 1 : 0;
        }
        QVERIFY(accepted > 20 && accepted < 500);
    }

    void a_name_that_is_no_id_is_counted_and_never_read()
    {
        TemporaryFolder folder;
        folder.write(
            "a.jsonl", example("../secret") + '\n' + example("labels/../../x") + '\n' + example("."));
        folder.write("secret.json", R"({"reviewer_score":5})");
        for (const char* name :
            {".json", "..json", "...json", "a b.json", "caf\xc3\xa9.json", "a%2fb.json", "~.json"}) {
            folder.write(std::string("labels/") + name, R"({"reviewer_score":5})");
        }
        folder.write("labels/" + std::string(65, 'a') + ".json", "{}");
        folder.write("labels/readme.txt", "not ours");
        folder.write("labels/x.json.tmp", "not ours");
        const ScanOutcome outcome = scanFolder(folder);
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(outcome.found.events.size(), std::size_t {3});
        QCOMPARE(outcome.found.events[0], std::string("unexpected_string 0:1"));
        QCOMPARE(outcome.found.events[1], std::string("unexpected_string 0:2"));
        QVERIFY(outcome.found.bytes.find("\"reviewer_score\":5") == std::string::npos);
        QCOMPARE(outcome.summary.labels.files, std::uint64_t {0});
        QCOMPARE(outcome.summary.labels.refusedNames, std::uint64_t {8});
    }

    void without_a_folder_nothing_is_said_of_labels()
    {
        TemporaryFolder folder;
        folder.write("a.jsonl", example("one"));
        QVERIFY(!scanFolder(folder).summary.labels.inUse);
    }

    void a_preview_shows_and_reveals_what_the_file_says()
    {
        IndexedFolder examples;
        examples.add(
            "a.jsonl", {example("one", R"({"reviewer_score":1})"), example("two"), example("three")});
        const std::string feedback = R"({"client_feedback":"call jane","reviewer_notes":"Jane"})";
        examples.folder().write("labels/one.json", feedback);
        examples.folder().write("labels/two.json", "oh dear");
        const IndexPtr index = examples.index();
        QVERIFY(index->labelled(0) && index->labelled(1) && !index->labelled(2));
        RowLoader loader(index);
        const auto masked = loader.maskedLine(0);
        QVERIFY(masked);
        QVERIFY2(
            masked->text.find("\"client_feedback\": \"" + maskShape("call jane") + '"') != std::string::npos,
            masked->text.c_str());
        QVERIFY(masked->text.find("ane") == std::string::npos);
        QCOMPARE(*loader.reveal(index->findingsOf(0).front()), std::string("call jane"));
        QCOMPARE(*loader.reveal(index->findingsOf(1).front()), std::string("oh dear"));

        examples.folder().write("labels/one.json", "{}");
        const auto late = loader.reveal(index->findingsOf(0).front());
        QVERIFY(!late);
        QVERIFY(late.error().message.find("changed") != std::string::npos);
        QVERIFY(!loader.load(0));
        QVERIFY(loader.load(2));
    }
};

QTEST_GUILESS_MAIN(LabelFilesTest)
#include "tst_label_files.moc"
