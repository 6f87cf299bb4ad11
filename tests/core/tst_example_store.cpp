// SPDX-License-Identifier: Apache-2.0
// A SQLite store is read as the lines that a file would hold: same rows, same verdicts, nothing written.
#include "core/base/rfc3339.h"
#include "core/input/store_reader.h"
#include "core/review/row_loader.h"
#include "core/review/selection.h"
#include "core/schema/builtin_schemas.h"
#include "tests/core/scanned_store.h"

#include <QTest>

using namespace workbench;

namespace {

IndexPtr indexOf(const std::string& path)
{
    IndexPtr newest;
    IndexRequest request;
    request.files = *listExampleFiles(path);
    request.schema = defaultSchema();
    const auto built = buildIndex(request, [&](IndexPtr index) { newest = std::move(index); }, {}, {});
    return built ? newest : nullptr;
}

/// One row with this SQL value in a column, all else being good.
ScanOutcome scanWith(const std::string& column, const std::string& sqlValue)
{
    TemporaryFolder folder;
    {
        ExampleStore store(pathOf(folder));
        store.add(example(1));
        store.run("UPDATE training_examples SET " + column + " = " + sqlValue);
    }
    return scanStore(pathOf(folder));
}

} // namespace

class tst_example_store : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void a_store_gives_the_rows_that_a_file_gives()
    {
        TemporaryFolder folder;
        TemporaryFolder plain;
        std::string text;
        {
            ExampleStore store(pathOf(folder));
            for (int i = 27; i >= 0; --i) { // the store's order is by time, whatever came first
                store.add(example(i));
            }
            for (int i = 0; i < 28; ++i) {
                text += example(i) + '\n';
            }
        }
        plain.write("a.jsonl", text);
        const ScanOutcome fromStore = scanStore(pathOf(folder));
        QCOMPARE(fromStore.error, std::string());
        QCOMPARE(fromStore.summary.read, std::uint64_t {28});
        QVERIFY(fromStore.found.bytes == scanFolder(plain).found.bytes);
    }

    void rows_of_one_time_are_in_order_of_their_ids_bytewise()
    {
        TemporaryFolder folder;
        {
            ExampleStore store(pathOf(folder));
            for (const char* const id : {"b", "a", "B", "ab"}) {
                store.add(ExampleBuilder().with("id", id).json());
            }
        }
        const std::string bytes = scanStore(pathOf(folder)).found.bytes;
        std::size_t last = 0;
        for (const char* const id : {"\"B\"", "\"a\"", "\"ab\"", "\"b\""}) {
            const std::size_t at = bytes.find(id);
            QVERIFY(at != std::string::npos && at >= last);
            last = at;
        }
    }

    void every_filter_answers_as_over_files_and_read_counts_all_rows()
    {
        TemporaryFolder folder;
        TemporaryFolder plain;
        std::string text;
        {
            ExampleStore store(pathOf(folder));
            store.run("CREATE INDEX by_source ON training_examples (source, created_at)");
            for (int i = 0; i < 28; ++i) {
                ExampleBuilder builder;
                builder.with("id", "ex_" + std::to_string(1000 + i))
                    .with("source", i % 3 == 0 ? "real" : "mock");
                builder.with("industry_key", i % 2 == 0 ? "hvac" : "plumbing");
                // Near midnight and of other zones, where a text's day is not the day.
                builder.with("created_at",
                    "2025-01-" + std::to_string(10 + i / 3)
                        + (i % 3 == 0        ? "T00:10:00+05:00"
                                : i % 3 == 1 ? "T12:00:00.5Z"
                                             : "T23:50:00-08:00"));
                if (i == 5) {
                    builder.raw("features", "\"no object\"");
                }
                if (i == 7) {
                    builder.with("created_at", "yesterday");
                }
                if (i % 4 == 0) {
                    builder.raw("labels", "null");
                }
                store.add(builder.json());
            }
        }
        // The file holds the same lines in the store's order.
        const ExampleFiles listed = *listExampleFiles(pathOf(folder));
        auto reader = StoreReader::open(listed.files.front(), {});
        QVERIFY(reader);
        const auto order = reader->rows(storeOrderQuery(), {});
        QVERIFY(order);
        for (const std::int64_t row : *order) {
            QVERIFY(reader->appendLine(row, text, {}));
        }
        plain.write("a.jsonl", text);

        std::vector<ExampleFilter> filters(10);
        filters[1].source = "real";
        filters[2].industry = "hvac";
        filters[3].since = *parseDateOrTime("2025-01-13");
        filters[4].until = *parseDateOrTime("2025-01-15");
        filters[5].labelled = true;
        filters[6].maxRows = 4;
        filters[6].source = "mock";
        filters[7].source = "mock";
        filters[7].industry = "plumbing";
        filters[7].since = *parseDateOrTime("2025-01-11T19:30:00Z");
        filters[7].until = *parseDateOrTime("2025-01-17T07:00:00Z");
        filters[8].industry = "nobody";
        filters[9].until = *parseDateOrTime("9999-12-31"); // the usual "no end"
        for (const ExampleFilter& filter : filters) {
            ScanRequest request;
            request.filter = filter;
            const ScanOutcome fromStore = scanStore(pathOf(folder), request);
            const ScanOutcome fromFile = scanFolder(plain, request);
            QCOMPARE(fromStore.error, std::string());
            QCOMPARE(fromStore.found.events, fromFile.found.events); // line numbers too
            QVERIFY(fromStore.found.bytes == fromFile.found.bytes);
            QCOMPARE(fromStore.summary.read, std::uint64_t {28});
            QCOMPARE(fromStore.summary.matched, fromFile.summary.matched);
            QCOMPARE(fromStore.summary.overLimit, fromFile.summary.overLimit);
        }
    }

    void an_index_serves_the_order_and_the_filters()
    {
        TemporaryFolder folder;
        ExampleStore store(pathOf(folder));
        store.run("CREATE INDEX by_time ON training_examples (created_at, id)");
        store.run("CREATE INDEX by_source ON training_examples (source, created_at)");
        const auto planOf = [&](StoreQuery query) {
            for (const std::string& parameter : query.parameters) {
                query.sql.replace(query.sql.find('?'), 1, '\'' + parameter + '\'');
            }
            return store.answers("EXPLAIN QUERY PLAN " + query.sql);
        };
        const std::string order = planOf(storeOrderQuery());
        QVERIFY2(order.find("USING COVERING INDEX by_time") != std::string::npos, order.c_str());
        QVERIFY2(order.find("TEMP B-TREE") == std::string::npos, order.c_str());
        ExampleFilter filter;
        filter.source = "real";
        filter.since = *parseDateOrTime("2025-01-13");
        const std::string narrowed = planOf(*storeFilterQuery(filter));
        QVERIFY2(
            narrowed.find("USING COVERING INDEX by_source (source=? AND created_at>?)") != std::string::npos,
            narrowed.c_str());
        QVERIFY(!storeFilterQuery({}));
    }

    void a_json_cell_cannot_say_anything_about_another()
    {
        // Each would, put between its neighbours as it is, close its place early and speak for others.
        const std::string good = "{\"window_days\":30}";
        // (Plain literals: moc loses its way in raw ones with such brackets.)
        for (const std::string& forged : {good + ",\"source\":\"real\"", good + "},\"x\":{",
                 good + ",\"features\":{\"window_days\":30}", good + "}\n{\"id\":\"forged\"}\n{\"x\":{}",
                 std::string("\"},\"id\":\"forged\",\"x\":\""), good + "//", std::string("{\"a\":\"\n\"}"),
                 good + good, std::string("{\"window_days\":30,\"window_days\":31}"), std::string("{"),
                 std::string(), std::string("[]]"), std::string("nul"), std::string("{\"a\":\"\xff\"}")}) {
            TemporaryFolder folder;
            {
                ExampleStore store(pathOf(folder));
                store.add(example(1));
                std::string quoted;
                for (const char c : forged) {
                    quoted += c == '\'' ? "''" : std::string(1, c);
                }
                store.run("UPDATE training_examples SET features = '" + quoted + "'");
                store.add(example(2));
            }
            const ScanOutcome outcome = scanStore(pathOf(folder));
            QCOMPARE(outcome.found.events, (Events {"missing_field 0:1", "accepted 0:2"}));
            QCOMPARE(outcome.summary.read, std::uint64_t {2});
        }
    }

    void a_row_is_never_lost_whatever_a_cell_holds_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("event");
        const auto row = [](const char* name, const char* column, const char* value, const char* event) {
            QTest::newRow(name) << column << value << event;
        };
        row("no id", "id", "NULL", "missing_field 0:1");
        row("no features", "features", "NULL", "missing_field 0:1");
        row("no targets", "targets", "NULL", "accepted 0:1");
        row("labels that are null", "labels", "'null'", "accepted 0:1");
        row("labels that are no JSON", "labels", "'good'", "wrong_type 0:1");
        row("targets that are no JSON", "targets", "'{\"boundary_class\":}'", "wrong_type 0:1");
        row("labels of bytes", "labels", "x'7b7d'", "wrong_type 0:1");
        row("features of bytes", "features", "x'7b7d'", "missing_field 0:1");
        row("features that are a number", "features", "7", "missing_field 0:1");
        row("an id of bytes", "id", "x'6162'", "wrong_type 0:1");
        row("a source that is a number", "source", "CAST(5 AS INTEGER)", "unexpected_string 0:1");
        row("an id that is no UTF-8", "id", "CAST(x'61ff' AS TEXT)", "unexpected_string 0:1");
        row("an address for an id", "id", "'a@example.com'", "email 0:1");
        row("JSON on many lines", "targets", "'{' || char(10) || '}' || char(13,10)", "accepted 0:1");
        row("deep nesting", "targets",
            "'{\"a\":' || replace(hex(zeroblob(70)), '00', '[') || replace(hex(zeroblob(70)), '00', ']') || "
            "'}'",
            "wrong_type 0:1");
        row("a cell of megabytes", "features", "'{\"x\":\"' || hex(zeroblob(9000000)) || '\"}'",
            "missing_field 0:1");
    }

    void a_row_is_never_lost_whatever_a_cell_holds()
    {
        QFETCH(QString, column);
        QFETCH(QString, value);
        QFETCH(QString, event);
        const ScanOutcome outcome = scanWith(column.toStdString(), value.toStdString());
        QCOMPARE(outcome.error, std::string());
        QCOMPARE(outcome.found.events, (Events {event.toStdString()}));
    }

    void missing_columns_and_tables_are_named()
    {
        const auto refusal = [](const std::string& sql) {
            TemporaryFolder folder;
            {
                ExampleStore store(pathOf(folder));
                store.run("DROP TABLE training_examples");
                store.run(sql);
            }
            return scanStore(pathOf(folder)).error;
        };
        QVERIFY(refusal("CREATE TABLE other (id)").find("it has no table training_examples")
            != std::string::npos);
        const std::string missing
            = refusal(createStoreTable("id, created_at, run_id, source, industry_key, pipeline_version, "
                                       "generator_version, targets, labels"));
        QVERIFY2(
            missing.find("lacks columns: feature_schema, features") != std::string::npos, missing.c_str());
        QVERIFY(refusal("CREATE VIEW training_examples AS SELECT 1 AS id").find("is a view")
            != std::string::npos);
        QVERIFY(
            refusal(createStoreTable("id TEXT PRIMARY KEY, created_at, run_id, source, industry_key,"
                                     "feature_schema, pipeline_version, generator_version, features, targets,"
                                     "labels")
                + " WITHOUT ROWID")
                .find("WITHOUT ROWID")
            != std::string::npos);
    }

    void columns_may_be_called_like_row_numbers()
    {
        TemporaryFolder folder;
        {
            ExampleStore store(pathOf(folder));
            store.run("ALTER TABLE training_examples ADD COLUMN _rowid_ TEXT DEFAULT 'same'");
            store.run("ALTER TABLE training_examples ADD COLUMN rowid TEXT DEFAULT 'same'");
            store.add(example(1));
            store.add(example(2));
        }
        QCOMPARE(scanStore(pathOf(folder)).found.events, (Events {"accepted 0:1", "accepted 0:2"}));
    }

    void what_is_no_database_is_refused()
    {
        TemporaryFolder folder;
        for (const std::string& bytes : {std::string(), std::string("{}\n"), std::string("SQLite format 3"),
                 std::string("SQLite format 3\0", 16),
                 std::string("SQLite format 3\0", 16) + std::string(5000, 'x')}) {
            folder.write("learning.db", bytes);
            const ScanOutcome outcome = scanStore(pathOf(folder));
            QVERIFY(!outcome.error.empty());
            QVERIFY2(outcome.error.find("learning.db") != std::string::npos, outcome.error.c_str());
            QCOMPARE(outcome.code, ErrorCode::Io);
        }
    }

    void a_damaged_page_ends_the_scan_or_leaves_every_row_as_it_was()
    {
        TemporaryFolder folder;
        {
            ExampleStore store(pathOf(folder));
            for (int i = 0; i < 40; ++i) {
                store.add(example(i));
            }
        }
        const std::string whole = folder.read("learning.db");
        int refused = 0;
        for (std::size_t page = 1; page * 4096 < whole.size(); ++page) {
            std::string damaged = whole;
            damaged.replace(page * 4096, 64, 64, '\xEE');
            folder.write("learning.db", damaged);
            const ScanOutcome outcome = scanStore(pathOf(folder));
            refused += outcome.error.empty() ? 0 : 1;
            if (outcome.error.empty()) {
                QCOMPARE(
                    outcome.summary.read, std::uint64_t {40}); // a cell's own bytes: the guard's business
            } else {
                QCOMPARE(outcome.code, ErrorCode::Io);
            }
        }
        QVERIFY(refused > 0);
    }

    void rows_are_shown_and_values_revealed_and_searched()
    {
        TemporaryFolder folder;
        ExampleStore store(pathOf(folder));
        for (int i = 0; i < 28; ++i) {
            store.add(i == 9 ? ExampleBuilder()
                                   .with("id", "jo@example.com")
                                   .with("created_at", "2025-01-31T00:00:00Z")
                                   .json()
                             : example(i));
        }
        const IndexPtr index = indexOf(pathOf(folder));
        QVERIFY(index);
        QCOMPARE(index->rows(), std::size_t {28});
        RowLoader loader(index);
        for (const RowNumber row : {27U, 0U, 13U, 14U, 3U}) {
            const auto loaded = loader.load(row);
            QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
            QCOMPARE(loaded->explanation.findings.empty(), row != 27);
        }
        QCOMPARE(*loader.reveal(index->findings().front()), std::string("jo@example.com"));
        std::vector<RowNumber> hits;
        const auto take
            = [&](std::span<const RowNumber> rows) { hits.insert(hits.end(), rows.begin(), rows.end()); };
        QVERIFY(searchById(*index, "ex_100", take, {}));
        QCOMPARE(hits.size(), std::size_t {9}); // 1000 to 1008; 1009 is the other one
        store.add(example(30)); // nobody who writes has to wait for somebody who looks
        const auto after = loader.reveal(index->findings().front());
        QVERIFY(!after);
        QVERIFY(after.error().message.find("changed") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_example_store)
#include "tst_example_store.moc"
