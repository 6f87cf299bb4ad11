// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/row_service.h"

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace workbench;

namespace {

std::vector<std::string> numberedExamples(int count)
{
    std::vector<std::string> lines;
    for (int row = 0; row < count; ++row) {
        lines.push_back(ExampleBuilder().with("id", "row-" + std::to_string(row)).json());
    }
    return lines;
}

std::vector<RowNumber> rowsBetween(RowNumber first, RowNumber end)
{
    std::vector<RowNumber> rows(end - first);
    std::iota(rows.begin(), rows.end(), first);
    return rows;
}

std::string idOf(const LoadedRowPtr& row)
{
    return row ? row->explanation.cells[RowColumns::ExampleId].text : "";
}

} // namespace

class RowServiceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_row_that_was_asked_for_comes_and_stays()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", numberedExamples(3));
        RowService service;
        service.setIndex(examples.index());
        QVERIFY(!service.cached(1));
        QVERIFY(!service.busy());
        QSignalSpy loaded(&service, &RowService::loaded);
        service.request(std::vector<RowNumber> {1, 2, 1});
        QVERIFY(service.busy());
        QVERIFY(!service.cached(1)); // never waits
        QTRY_VERIFY(!service.busy());
        QCOMPARE(loaded.count(), 1);
        QCOMPARE(qvariant_cast<std::vector<RowNumber>>(loaded.at(0).at(0)), (std::vector<RowNumber> {1, 2}));
        QCOMPARE(idOf(service.cached(1)), std::string("row-1"));
        service.request(std::vector<RowNumber> {1, 2});
        QVERIFY(!service.busy()); // nothing to do
        service.request(std::vector<RowNumber> {99});
        QVERIFY(!service.busy()); // no such row
    }

    void what_was_asked_for_last_comes_first()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", numberedExamples(300));
        RowService service;
        service.setIndex(examples.index());
        std::vector<RowNumber> order;
        connect(&service, &RowService::loaded, this,
            [&](const std::vector<RowNumber>& rows) { order.insert(order.end(), rows.begin(), rows.end()); });
        service.request(rowsBetween(0, 200));
        service.request(rowsBetween(290, 300)); // scrolled to the end
        QTRY_VERIFY(!service.busy());
        QCOMPARE(order.size(), std::size_t {210});
        const auto seen = std::find(order.begin(), order.end(), 290U);
        QVERIFY(seen - order.begin() < 128); // behind the one batch that had begun
    }

    void the_cache_is_bounded()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", numberedExamples(static_cast<int>(RowService::CacheRows) + 300));
        RowService service;
        service.setIndex(examples.index());
        const auto last = static_cast<RowNumber>(RowService::CacheRows + 300);
        for (RowNumber first = 0; first < last; first += 1000) {
            service.request(rowsBetween(first, std::min(first + 1000, last)));
            QTRY_VERIFY_WITH_TIMEOUT(!service.busy(), 60'000);
        }
        std::size_t kept = 0;
        for (RowNumber row = 0; row < last; ++row) {
            kept += service.cached(row) ? 1 : 0;
        }
        QVERIFY(kept <= RowService::CacheRows);
        QVERIFY(kept >= RowService::CacheRows / 4);
        QCOMPARE(idOf(service.cached(last - 1)), "row-" + std::to_string(last - 1)); // the newest stay
        QVERIFY(!service.cached(0));
    }

    void an_index_that_continues_keeps_the_rows_and_another_one_does_not()
    {
        IndexedFolder examples;
        for (int file = 0; file < 6; ++file) {
            examples.add("f" + std::to_string(file) + ".jsonl", numberedExamples(50));
        }
        IndexRequest request;
        request.files = examples.files();
        request.schema = defaultSchema();
        UtcTime now {};
        request.clock = [&now] { return now += std::chrono::seconds(1); };
        std::vector<IndexPtr> pictures;
        QVERIFY(buildIndex(request, [&](IndexPtr index) { pictures.push_back(std::move(index)); }, {}, {}));
        QVERIFY(pictures.size() > 1);

        RowService service;
        service.setIndex(pictures.front());
        service.request(std::vector<RowNumber> {0});
        QTRY_VERIFY(service.cached(0));
        service.setIndex(pictures.back());
        QVERIFY(service.cached(0));
        service.request(std::vector<RowNumber> {299});
        QTRY_COMPARE(idOf(service.cached(299)), std::string("row-49"));

        IndexedFolder others;
        others.add("a.jsonl", {ExampleBuilder().with("id", "other").json()});
        service.request(rowsBetween(1, 40)); // still on its way when the folder changes
        service.setIndex(others.index());
        QVERIFY(!service.cached(0));
        service.request(std::vector<RowNumber> {0});
        QTRY_VERIFY(!service.busy());
        QCOMPARE(idOf(service.cached(0)), std::string("other"));
        QVERIFY(!service.cached(1));
    }

    void a_row_that_cannot_be_loaded_is_told_once_and_not_tried_again()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", numberedExamples(2));
        RowService service;
        service.setIndex(examples.index());
        examples.add("a.jsonl", {});
        QSignalSpy failed(&service, &RowService::loadFailed);
        service.request(std::vector<RowNumber> {0, 1});
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!service.busy());
        service.request(std::vector<RowNumber> {0, 1});
        QVERIFY(!service.busy());
    }

    void masked_lines_and_single_values_are_read_when_asked()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "jo@example.com").json()});
        const auto index = examples.index();
        RowService service;
        service.setIndex(index);
        QSignalSpy ready(&service, &RowService::maskedLineReady);
        QSignalSpy revealed(&service, &RowService::revealed);
        service.requestMaskedLine(0);
        service.requestReveal(index->findings().front());
        QVERIFY(service.busy());
        QTRY_VERIFY(!service.busy());
        QCOMPARE(ready.count(), 1);
        const auto line = qvariant_cast<MaskedLine>(ready.at(0).at(1));
        QVERIFY(line.text.find("xx@xxxxxxx.xxx") != std::string::npos);
        QVERIFY(line.text.find("jo@") == std::string::npos);
        QCOMPARE(revealed.count(), 1);
        QCOMPARE(revealed.at(0).at(1).toString(), QStringLiteral("jo@example.com"));
        QVERIFY(!service.cached(0)); // neither is a row of the table
    }

    void a_value_of_a_file_that_changed_is_not_revealed()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().with("id", "jo@example.com").json()});
        const auto index = examples.index();
        RowService service;
        service.setIndex(index);
        examples.add("a.jsonl", {ExampleBuilder().with("id", "someone.else@example.com").json()});
        QSignalSpy failed(&service, &RowService::revealFailed);
        QSignalSpy lineFailed(&service, &RowService::maskedLineFailed);
        service.requestReveal(index->findings().front());
        service.requestMaskedLine(0);
        QTRY_COMPARE(failed.count(), 1);
        QTRY_COMPARE(lineFailed.count(), 1);
        QCOMPARE(qvariant_cast<Error>(failed.at(0).at(1)).message,
            std::string("The file changed. Reload to see this value."));
    }

    void it_can_be_destroyed_while_rows_are_on_their_way()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", numberedExamples(500));
        auto service = std::make_unique<RowService>();
        service->setIndex(examples.index());
        bool heard = false;
        connect(service.get(), &RowService::loaded, this, [&] { heard = true; });
        service->request(rowsBetween(0, 500));
        service.reset();
        QCoreApplication::processEvents();
        QVERIFY(!heard);
    }
};

QTEST_GUILESS_MAIN(RowServiceTest)
#include "tst_row_service.moc"
