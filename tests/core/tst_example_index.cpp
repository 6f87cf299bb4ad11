// SPDX-License-Identifier: Apache-2.0
#include "core/review/example_index.h"

#include "core/guard/pii_guard.h"
#include "core/json/number_format.h"
#include "core/review/row_loader.h"
#include "core/row/row_values.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

using namespace workbench;

class ExampleIndexTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_line_that_is_not_blank_is_a_row_and_remembers_where_it_stood()
    {
        const std::string good = ExampleBuilder().json();
        const std::string other = ExampleBuilder().with("id", "second-row").json();
        IndexedFolder examples;
        examples.folder().write("a.jsonl", "\xef\xbb\xbf" + good + "\r\n\n \t\n{broken\n" + other);
        examples.folder().write("b.jsonl", "");
        examples.folder().write("c.jsonl", "\n" + good + "\n");
        const auto index = examples.index();

        QCOMPARE(index->rows(), std::size_t {4});
        QVERIFY(index->complete());
        const std::vector<std::pair<std::string, std::uint64_t>> expected {
            {"a.jsonl", 1}, {"a.jsonl", 4}, {"a.jsonl", 5}, {"c.jsonl", 2}};
        const std::vector<std::string> texts {good, "{broken", other, good};
        for (RowNumber row = 0; row < 4; ++row) {
            const SourceLine at = index->sourceLine(row);
            QCOMPARE(index->files().files[at.file].name, expected[row].first);
            QCOMPARE(at.line, expected[row].second);
            const std::string bytes = examples.folder().read(expected[row].first);
            QVERIFY(bytes.substr(at.offset, at.length).find(texts[row]) != std::string::npos);
        }
        QVERIFY(index->malformed(1));
        QVERIFY(!index->malformed(0));
    }

    void a_byte_leads_back_to_its_row()
    {
        IndexedFolder examples;
        const std::string line = ExampleBuilder().json();
        examples.add("a.jsonl", {line, "", line});
        examples.add("b.jsonl", {});
        examples.add("c.jsonl", {"", line});
        const auto index = examples.index();
        QCOMPARE(index->rows(), std::size_t {3});
        for (RowNumber row = 0; row < 3; ++row) {
            const SourceLine at = index->sourceLine(row);
            QCOMPARE(index->rowAt(at.file, at.offset), std::optional(row));
            QCOMPARE(index->rowAt(at.file, at.offset + at.length / 2), std::optional(row));
            QCOMPARE(index->rowAt(at.file, at.offset + at.length - 1), std::optional(row));
            QCOMPARE(index->rowAt(at.file, at.offset + at.length), std::nullopt); // the newline
        }
        QCOMPARE(index->rowAt(1, 0), std::nullopt);
        QCOMPARE(index->rowAt(2, 0), std::nullopt); // a blank line
    }

    void verdicts_and_findings_are_those_of_the_guard()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().json(),
                ExampleBuilder().with("window_days", 5551234567.0).with("quotes_count", -1).json(),
                ExampleBuilder().with("id", "jo@example.com").with("coverage_ratio", 7.5).json(),
                "not json"});
        const auto index = examples.index();
        QVERIFY(!index->rejected(0));
        QCOMPARE(index->ruleCount(0), std::uint8_t {0});
        QVERIFY(index->findingsOf(0).empty());

        QVERIFY(index->rejected(1));
        QCOMPARE(index->firstRule(1), Rule::OutOfRange);
        QCOMPARE(index->ruleCount(1), std::uint8_t {1});
        QCOMPARE(index->findingsOf(1).size(), std::size_t {2});
        const IndexedFinding& first = index->findingsOf(1).front();
        QCOMPARE(index->paths()[first.path], std::string("features.window_days"));
        QCOMPARE(index->shapes()[first.masked], std::string("9999999999"));

        QCOMPARE(index->ruleCount(2), std::uint8_t {2});
        QCOMPARE(index->firstRule(2), Rule::Email);
        QCOMPARE(index->firstRule(3), Rule::Malformed);
        QCOMPARE(index->findings().size(), std::size_t {5});
    }

    void values_say_what_the_cells_of_the_row_say()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().json(),
                ExampleBuilder()
                    .with("window_days", nullptr)
                    .without("quotes_count")
                    .with("labels.reviewer_score", 3)
                    .json(),
                ExampleBuilder().with("coverage_ratio", "x@y.zz").with("id", "jo@example.com").json(),
                ExampleBuilder().raw("targets.pressure_keys", "[\"a\",\"b\",\"a\"]").without("labels").json(),
                ExampleBuilder()
                    .with("targets.boundary_class", "elsewhere")
                    .with("created_at", "yesterday")
                    .json(),
                "{broken"});
        const auto index = examples.index();
        RowLoader loader(index);
        for (RowNumber row = 0; row < index->rows(); ++row) {
            const auto loaded = loader.load(row);
            QVERIFY(loaded);
            for (std::size_t column = 0; column < index->columns().size(); ++column) {
                const GuardedCell& cell = loaded->explanation.cells[column];
                const double value = index->value(row, column);
                const auto where = QString::fromStdString(index->columns()[column].path) + QLatin1Char(' ')
                    + QString::number(row);
                if (index->malformed(row) || cell.state == GuardedCell::State::Refused) {
                    QVERIFY2(isHiddenValue(value), qPrintable(where));
                    continue;
                }
                if (cell.state == GuardedCell::State::Null) {
                    QVERIFY2(isNullValue(value), qPrintable(where));
                    continue;
                }
                QVERIFY2(isPlainValue(value), qPrintable(where));
                const auto& what = index->columns()[column];
                const auto code = static_cast<std::size_t>(value);
                std::string text = cell.text;
                switch (what.kind) {
                case ColumnKind::Integer:
                case ColumnKind::Number:
                    text.clear();
                    appendCanonicalNumber(text, value);
                    break;
                case ColumnKind::Enum:
                    text = what.values[code];
                    break;
                case ColumnKind::Boolean:
                    text = code == 1 ? "true" : "false";
                    break;
                case ColumnKind::Keys:
                    text = index->pressureKeySets()[code];
                    break;
                case ColumnKind::Time:
                    QCOMPARE(static_cast<std::int64_t>(value), index->createdAtMs(row));
                    break;
                case ColumnKind::Identifier:
                case ColumnKind::Constant:
                    break;
                }
                QVERIFY2(text == cell.text, qPrintable(where));
            }
        }
    }

    void a_column_read_at_once_equals_its_single_values()
    {
        IndexedFolder examples;
        std::vector<std::string> lines;
        for (int row = 0; row < 300; ++row) {
            auto example = ExampleBuilder().with("quotes_count", row * 37);
            lines.push_back(row % 7 == 0 ? example.with("quotes_count", nullptr).json() : example.json());
        }
        examples.add("a.jsonl", lines);
        const auto index = examples.index();
        const auto column = index->columns().indexOf("features.quotes_count");
        QVERIFY(column);
        const std::vector<RowNumber> wanted {0, 1, 6, 7, 100, 299};
        std::vector<double> out(wanted.size());
        index->values(*column, wanted, out);
        for (std::size_t place = 0; place < wanted.size(); ++place) {
            QCOMPARE(std::bit_cast<std::uint64_t>(out[place]),
                std::bit_cast<std::uint64_t>(index->value(wanted[place], *column)));
        }
        QCOMPARE(out.back(), 299.0 * 37);
        QVERIFY(isNullValue(out[0]));
    }

    void withheld_fields_are_counted_for_each_row()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder()
                    .with("labels.reviewer_notes", nullptr)
                    .with("labels.client_feedback_reason", nullptr)
                    .json(),
                ExampleBuilder()
                    .with("labels.reviewer_notes", "call me")
                    .with("labels.client_feedback_reason", nullptr)
                    .with("features.rag_a", 1)
                    .with("features.rag_b", 2)
                    .json()});
        const auto index = examples.index();
        QCOMPARE(index->withheld(0), (std::array<std::uint16_t, WithheldReasonCount> {}));
        std::array<std::uint16_t, WithheldReasonCount> expected {};
        expected[withheldReasonOfFeature("rag_a")] = 2;
        expected[WithheldReviewerNotes] = 1;
        QCOMPARE(index->withheld(1), expected);
    }

    void pictures_grow_and_only_the_last_one_is_complete()
    {
        IndexedFolder examples;
        const std::string good = ExampleBuilder().json();
        const std::string bad = ExampleBuilder().with("window_days", -3).json();
        for (int file = 0; file < 12; ++file) {
            std::vector<std::string> lines;
            for (int row = 0; row < 400; ++row) {
                lines.push_back(row % 50 == file ? bad : good);
            }
            examples.add("f" + std::to_string(file + 10) + ".jsonl", lines);
        }
        UtcTime now {};
        IndexRequest request;
        request.files = examples.files();
        request.schema = defaultSchema();
        request.threads = 2;
        request.clock = [&now] { return now += std::chrono::milliseconds(120); };
        std::vector<IndexPtr> pictures;
        std::vector<std::size_t> rowsThen;
        const auto built = buildIndex(request,
            [&](IndexPtr index) {
                rowsThen.push_back(index->rows());
                pictures.push_back(std::move(index));
            },
            {}, {});
        QVERIFY(built);
        QVERIFY(pictures.size() > 2);
        const auto& last = *pictures.back();
        QVERIFY(last.complete());
        QCOMPARE(last.rows(), std::size_t {4800});
        QCOMPARE(last.findings().size(), std::size_t {96});
        for (std::size_t picture = 0; picture + 1 < pictures.size(); ++picture) {
            const auto& index = *pictures[picture];
            QVERIFY(!index.complete());
            QCOMPARE(index.rows(), rowsThen[picture]); // a picture never changes
            QVERIFY(index.rows() <= pictures[picture + 1]->rows());
            for (RowNumber row = 0; row < index.rows(); row += 31) {
                QCOMPARE(index.rejected(row), last.rejected(row));
                QCOMPARE(index.sourceLine(row).offset, last.sourceLine(row).offset);
            }
            for (const IndexedFinding& finding : index.findings()) {
                QVERIFY(finding.row < index.rows());
                QCOMPARE(index.paths()[finding.path], std::string("features.window_days"));
            }
        }
    }

    void with_a_clock_that_stands_still_a_screenful_is_shown_all_the_same()
    {
        IndexedFolder examples;
        for (int file = 0; file < 6; ++file) {
            examples.add("f" + std::to_string(file) + ".jsonl",
                std::vector<std::string>(500, ExampleBuilder().json()));
        }
        IndexRequest request;
        request.files = examples.files();
        request.schema = defaultSchema();
        request.clock = [] { return UtcTime {}; };
        std::vector<IndexPtr> pictures;
        QVERIFY(buildIndex(request, [&](IndexPtr index) { pictures.push_back(std::move(index)); }, {}, {}));
        QVERIFY(pictures.front()->rows() >= 256);
        QVERIFY(pictures.front()->rows() < 1000);
        QVERIFY(pictures.size() <= 2);
        QCOMPARE(pictures.back()->rows(), std::size_t {3000});
    }

    void an_empty_folder_gives_one_complete_picture()
    {
        const IndexedFolder examples;
        const auto index = examples.index();
        QVERIFY(index);
        QVERIFY(index->complete());
        QCOMPARE(index->rows(), std::size_t {0});
        QVERIFY(index->findings().empty());
        QCOMPARE(index->rowAt(0, 0), std::nullopt);
    }

    void a_stop_ends_it_without_a_complete_picture()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().json()});
        IndexRequest request;
        request.files = examples.files();
        request.schema = defaultSchema();
        std::stop_source stop;
        stop.request_stop();
        bool anyComplete = false;
        const auto built = buildIndex(
            request, [&](const IndexPtr& index) { anyComplete |= index->complete(); }, {}, stop.get_token());
        QVERIFY(!built);
        QCOMPARE(built.error().code, ErrorCode::Cancelled);
        QVERIFY(!anyComplete);
    }
};

QTEST_GUILESS_MAIN(ExampleIndexTest)
#include "tst_example_index.moc"
