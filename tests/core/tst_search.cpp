// SPDX-License-Identifier: Apache-2.0
#include "core/review/selection.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

using namespace workbench;

namespace {

std::vector<RowNumber> found(const ExampleIndex& index, std::string_view text)
{
    std::vector<RowNumber> rows;
    const auto searched = searchById(index, text,
        [&](std::span<const RowNumber> batch) { rows.insert(rows.end(), batch.begin(), batch.end()); }, {});
    if (!searched) {
        throw std::runtime_error(searched.error().message);
    }
    return rows;
}

} // namespace

class SearchTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_are_found_by_any_part_of_their_id()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("id", "alpha-1").json(), ExampleBuilder().with("id", "beta-2").json(), "",
                ExampleBuilder().with("id", "alphabet").json()});
        examples.add("b.jsonl", {ExampleBuilder().with("id", "my-alpha").json()});
        const auto index = examples.index();
        QCOMPARE(found(*index, "alpha"), (std::vector<RowNumber> {0, 2, 3}));
        QCOMPARE(found(*index, "beta-2"), (std::vector<RowNumber> {1}));
        QCOMPARE(found(*index, "-"), (std::vector<RowNumber> {0, 1, 3}));
        QCOMPARE(found(*index, "ALPHA"), std::vector<RowNumber> {}); // bytewise
        QCOMPARE(found(*index, "nowhere"), std::vector<RowNumber> {});
        QCOMPARE(found(*index, ""), std::vector<RowNumber> {});
    }

    void the_same_text_in_another_field_is_not_an_id()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("id", "one").with("run_id", "needle").json(),
                ExampleBuilder()
                    .with("id", "two")
                    .with("labels.reviewer_notes", "needle \"id\":\"needle\"")
                    .json(),
                "{\"id\":\"needle\""});
        QCOMPARE(found(*examples.index(), "needle"), std::vector<RowNumber> {});
    }

    void an_id_written_with_escapes_is_found()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().raw("id", "\"a\\u006cpha\"").json(),
                ExampleBuilder().raw("id", "\"a\\/b\"").json(),
                ExampleBuilder().raw("id", "\"quote\\\"d\"").json(),
                ExampleBuilder().raw("id", "\"\\u00e4rger\"").json()});
        const auto index = examples.index();
        QCOMPARE(found(*index, "alpha"), (std::vector<RowNumber> {0}));
        QCOMPARE(found(*index, "a/b"), (std::vector<RowNumber> {1}));
        QCOMPARE(found(*index, "e\"d"), (std::vector<RowNumber> {2}));
        QCOMPARE(found(*index, "ärger"), (std::vector<RowNumber> {3}));
    }

    void a_hit_across_the_edge_of_a_read_is_found_once()
    {
        // Reads end every 8 MiB: with lines of about 3 MB whose ids lie at the very end, and growing by a few
        // bytes, some id stands across an edge.
        IndexedFolder examples;
        constexpr std::size_t Edge = 8U << 20;
        const std::string first = ExampleBuilder().with("id", "first").json() + '\n';
        const std::string head = "{\"run_id\":\"";
        const std::string middle = "\",\"id\":\"across-the-edge\"";
        for (std::size_t cut = 0; cut <= 15; cut += 5) {
            const std::size_t filler = Edge - first.size() - head.size() - 8 - cut;
            const std::string line = head + std::string(filler, 'x') + middle + '}';
            examples.folder().write("f" + std::to_string(10 + cut) + ".jsonl", first + line + '\n' + first);
        }
        const auto index = examples.index();
        QCOMPARE(index->rows(), std::size_t {12});
        QCOMPARE(found(*index, "across-the-edge"), (std::vector<RowNumber> {1, 4, 7, 10}));
        QCOMPARE(found(*index, "first"), (std::vector<RowNumber> {0, 2, 3, 5, 6, 8, 9, 11}));
    }

    void whole_ids_are_found_where_they_stand_first()
    {
        IndexedFolder examples;
        const auto line = [](const char* id) { return ExampleBuilder().with("id", id).json(); };
        std::string escaped = line("two");
        escaped.replace(escaped.find("two"), 3, "\\u0074wo");
        examples.add("a.jsonl", {line("one-more"), "oops", line("one"), escaped, line("one"), line("three")});
        const auto index = examples.index();
        const auto rows = findById(*index, {"one", "two", "gone"}, {});
        QVERIFY(rows);
        QCOMPARE(rows->size(), std::size_t {2});
        QCOMPARE(rows->at("one"), RowNumber {2});
        QCOMPARE(rows->at("two"), RowNumber {3});
        QVERIFY(findById(*index, {}, {})->empty());
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(findById(*index, {"one"}, stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    void a_stop_is_heard()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().json()});
        std::stop_source stop;
        stop.request_stop();
        const auto searched = searchById(
            *examples.index(), "V", [](auto) { QFAIL("nothing was to be found"); }, stop.get_token());
        QVERIFY(!searched);
        QCOMPARE(searched.error().code, ErrorCode::Cancelled);
    }

    void a_file_that_changed_is_not_searched()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().json()});
        const auto index = examples.index();
        examples.add("a.jsonl", {ExampleBuilder().json(), ExampleBuilder().json()});
        const auto searched = searchById(*index, "V", [](auto) { QFAIL("nothing was to be found"); }, {});
        QVERIFY(!searched);
        QCOMPARE(searched.error().code, ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"
