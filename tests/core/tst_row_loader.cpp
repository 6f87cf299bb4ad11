// SPDX-License-Identifier: Apache-2.0
#include "core/review/row_loader.h"

#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/oracle.h"

#include <QTest>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>

using namespace workbench;

namespace {

/// The marked piece for the row's finding at a path.
std::string markedAt(const ExampleIndex& index, RowNumber row, const MaskedLine& line, std::string_view path)
{
    const auto findings = index.findingsOf(row);
    for (std::size_t place = 0; place < findings.size(); ++place) {
        if (index.paths()[findings[place].path] == path) {
            return line.text.substr(line.marks[place].begin, line.marks[place].end - line.marks[place].begin);
        }
    }
    return "no finding at that path";
}

} // namespace

class RowLoaderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_row_is_explained_as_the_guard_judges_it()
    {
        const std::string good = ExampleBuilder().json();
        const std::string bad = ExampleBuilder().with("window_days", 5551234567.0).json();
        IndexedFolder examples;
        examples.folder().write("a.jsonl", good + "\r\n\n" + bad + "\nnot json");
        const auto index = examples.index();
        RowLoader loader(index);
        const auto accepted = loader.load(0);
        QVERIFY(accepted);
        QCOMPARE(accepted->explanation.canonical, oracle::judge(good, *index->schema()).line);
        QCOMPARE(accepted->at.line, std::uint64_t {1});
        const auto rejected = loader.load(1);
        QVERIFY(rejected);
        QCOMPARE(rejected->explanation.findings, oracle::judge(bad, *index->schema()).findings);
        QVERIFY(rejected->explanation.canonical.empty());
        QCOMPARE(rejected->at.line, std::uint64_t {3});
        const auto malformed = loader.load(2);
        QVERIFY(malformed);
        QCOMPARE(malformed->explanation.findings.front().rule, Rule::Malformed);
    }

    void a_masked_line_holds_no_value_of_the_source()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder()
                    .with("id", "jane.doe@example.com")
                    .with("industry_key", "call Jane 555-123-4567")
                    .with("window_days", 5551234567.0)
                    .with("labels.reviewer_notes", "Jane lives at 12 Elm Street")
                    .with("features.Jane Doe", "secret")
                    .raw("targets.benchmark", "{\"Jane\":[\"Doe\",{\"phone\":5551234567}],\"ok\":true}")
                    .raw("targets.pressure_keys", "[\"Jane\",\"doe@x.yz\",\"fine_key\"]")
                    .raw("Jane's key", "\"Jane \\u004aane \\\"Doe\\\" \\\\\"")
                    .json()});
        const auto index = examples.index();
        const auto line = RowLoader(index).maskedLine(0);
        QVERIFY(line);
        for (const char* secret :
            {"Jane", "jane", "Doe", "doe", "555", "4567", "Elm", "12", "phone", "secret", "fine_key"}) {
            QVERIFY2(line->text.find(secret) == std::string::npos, secret);
        }
        QCOMPARE(markedAt(*index, 0, *line, "id"), std::string("\"xxxx.xxx@xxxxxxx.xxx\""));
        QCOMPARE(markedAt(*index, 0, *line, "features.window_days"), std::string("9999999999"));
        QCOMPARE(markedAt(*index, 0, *line, "targets.pressure_keys[1]"), std::string("\"xxx@x.xx\""));
        QVERIFY(line->text.find("\"window_days\": 9999999999") != std::string::npos);
    }

    void an_offending_boolean_is_masked_and_others_are_shown()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("window_days", true).with("labels.mapping_was_wrong", false).json()});
        const auto index = examples.index();
        const auto line = RowLoader(index).maskedLine(0);
        QVERIFY(line);
        QCOMPARE(markedAt(*index, 0, *line, "features.window_days"), std::string("xxxx"));
        QVERIFY(line->text.find("\"mapping_was_wrong\": false") != std::string::npos);
    }

    void features_after_the_first_are_left_out_unless_they_offend()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("date_parse_error_rate", 2).json()});
        const auto index = examples.index();
        const auto line = RowLoader(index).maskedLine(0);
        QVERIFY(line);
        QCOMPARE(line->moreFeatures, std::size_t {70 - 8 - 1});
        QVERIFY(line->text.find("… 61 more features") != std::string::npos);
        QCOMPARE(markedAt(*index, 0, *line, "features.date_parse_error_rate"), std::string("9"));
        QVERIFY(line->text.find("gini_proxy") == std::string::npos);
    }

    void a_field_that_is_missing_has_nothing_to_mark_but_keeps_its_place()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().without("id").with("window_days", -7).json()});
        const auto index = examples.index();
        const auto line = RowLoader(index).maskedLine(0);
        QVERIFY(line);
        QCOMPARE(line->marks.size(), index->findingsOf(0).size());
        QCOMPARE(markedAt(*index, 0, *line, "id"), std::string());
        QCOMPARE(markedAt(*index, 0, *line, "features.window_days"), std::string("-9"));
    }

    void a_key_that_imitates_a_path_is_not_marked()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder()
                    .raw("features.window_days", "-5")
                    .raw("x", "{\"features.window_days\":\"a\"}")
                    .json()});
        const auto index = examples.index();
        const auto line = RowLoader(index).maskedLine(0);
        QVERIFY(line);
        QCOMPARE(markedAt(*index, 0, *line, "features.window_days"), std::string("-9"));
    }

    void a_malformed_line_shows_the_shape_of_its_first_400_characters()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {"{\"name\":\"Jane 555\x01\"" + std::string(1000, 'y')});
        const auto line = RowLoader(examples.index()).maskedLine(0);
        QVERIFY(line);
        QCOMPARE(line->text.substr(0, 17), std::string("{\"xxxx\":\"xxxx 999"));
        QCOMPARE(line->text.size(), std::size_t {400});
        QCOMPARE(line->marks, (std::vector<MaskedLine::Mark> {{0, 400}}));
    }

    void the_raw_value_is_read_back_for_who_asks()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder()
                    .raw("id", "\"j\\u00e4ne \\\"d\\\" \\ud83d\\ude00\"")
                    .with("window_days", -7)
                    .raw("targets.pressure_keys", "[\"fine\",\"a@b.cc\"]")
                    .raw("targets.boundary_class", "[\"x\", 1]")
                    .without("created_at")
                    .json(),
                "broken line"});
        const auto index = examples.index();
        RowLoader loader(index);
        const std::map<std::string, std::string> expected {{"id", "j\u00e4ne \"d\" \U0001f600"},
            {"features.window_days", "-7"}, {"targets.pressure_keys[1]", "a@b.cc"},
            {"targets.boundary_class", "[\"x\", 1]"}, {"created_at", ""}};
        QCOMPARE(index->findingsOf(0).size(), expected.size());
        for (const IndexedFinding& finding : index->findingsOf(0)) {
            const auto raw = loader.reveal(finding);
            QVERIFY(raw);
            QCOMPARE(*raw, expected.at(index->paths()[finding.path]));
        }
        const auto line = loader.reveal(index->findingsOf(1).front());
        QVERIFY(line);
        QCOMPARE(*line, std::string("broken line"));
    }

    void no_more_is_revealed_than_was_asked_for()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "ääää@example").json()});
        const auto index = examples.index();
        const auto raw = RowLoader(index).reveal(index->findingsOf(0).front(), 3);
        QVERIFY(raw);
        QCOMPARE(*raw, std::string("äää"));
    }

    void a_file_that_changed_shows_nothing_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("longer") << 0;
        QTest::newRow("same size, written again") << 1;
        QTest::newRow("another file of that name") << 2;
        QTest::newRow("gone") << 3;
    }
    void a_file_that_changed_shows_nothing()
    {
        QFETCH(int, how);
        IndexedFolder examples;
        const std::string bad = ExampleBuilder().with("id", "a@b.cc").json();
        examples.add("a.jsonl", {bad});
        const auto index = examples.index();
        RowLoader loader(index);
        QVERIFY(loader.load(0)); // and so the file is open
        const std::string path = examples.folder().path("a.jsonl");
        const auto setTime = [&](const std::string& of, std::int64_t seconds) {
            const std::array<timespec, 2> times {timespec {0, UTIME_NOW}, timespec {seconds, 5}};
            return ::utimensat(AT_FDCWD, of.c_str(), times.data(), 0);
        };
        if (how == 0) {
            examples.add("a.jsonl", {bad, bad});
        } else if (how == 1) {
            examples.add("a.jsonl", {ExampleBuilder().with("id", "c@d.ee").json()});
            QCOMPARE(setTime(path, 1'000'000), 0);
        } else if (how == 2) {
            examples.folder().write("other", bad + "\n");
            QCOMPARE(std::rename(examples.folder().path("other").c_str(), path.c_str()), 0);
            QCOMPARE(setTime(path, index->files().files.front().modifiedNs / 1'000'000'000), 0);
        } else {
            QCOMPARE(std::remove(path.c_str()), 0);
        }
        const IndexedFinding finding = index->findingsOf(0).front();
        const auto row = loader.load(0);
        QVERIFY(!row);
        QCOMPARE(row.error().code, ErrorCode::Io);
        QVERIFY(!loader.maskedLine(0));
        const auto raw = loader.reveal(finding);
        QVERIFY(!raw);
        if (how < 3) {
            QCOMPARE(raw.error().message, std::string("The file changed. Reload to see this value."));
        }
    }

    void rows_of_more_files_than_are_kept_open_can_be_loaded()
    {
        IndexedFolder examples;
        for (int file = 0; file < 40; ++file) {
            examples.add("f" + std::to_string(100 + file) + ".jsonl",
                {ExampleBuilder().with("id", "row-" + std::to_string(file)).json()});
        }
        RowLoader loader(examples.index());
        for (const RowNumber row : {0U, 39U, 5U, 20U, 0U, 38U}) {
            const auto loaded = loader.load(row);
            QVERIFY(loaded);
            QCOMPARE(loaded->explanation.cells[RowColumns::ExampleId].text, "row-" + std::to_string(row));
        }
        for (RowNumber row = 0; row < 40; ++row) {
            QVERIFY(loader.load(row));
        }
    }

    void a_line_that_is_too_long_is_malformed_and_does_not_fill_memory()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {"{\"id\":\"" + std::string(17U << 20U, 'j') + "\"}"});
        const auto index = examples.index();
        RowLoader loader(index);
        const auto loaded = loader.load(0);
        QVERIFY(loaded);
        QCOMPARE(loaded->explanation.findings.front().rule, Rule::Malformed);
        const auto line = loader.maskedLine(0);
        QVERIFY(line);
        QCOMPARE(line->text.substr(0, 8), std::string("{\"xx\":\"x"));
        const auto raw = loader.reveal(index->findingsOf(0).front(), 10);
        QVERIFY(raw);
        QCOMPARE(*raw, std::string("{\"id\":\"jjj"));
    }

    void a_canonical_row_is_indented_for_reading()
    {
        const std::string line
            = "{\"a\":\"x,{y}:\\\"z\\\\\",\"b\":{\"c\":null,\"d\":1.5},\"k\":[\"p\",\"q\"],\"e\":[]}"
              "\n";
        const std::string expected = "{\n"
                                     "  \"a\": \"x,{y}:\\\"z\\\\\",\n"
                                     "  \"b\": {\n"
                                     "    \"c\": null,\n"
                                     "    \"d\": 1.5\n"
                                     "  },\n"
                                     "  \"k\": [\"p\", \"q\"],\n"
                                     "  \"e\": []\n"
                                     "}";
        QCOMPARE(indentCanonical(line), expected);
    }
};

QTEST_GUILESS_MAIN(RowLoaderTest)
#include "tst_row_loader.moc"
