// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/review_runner.h"

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"
#include "tests/support/temporary_folder.h"
#include "ui/bridge/qt_text.h"

#include <QSignalSpy>
#include <QTest>

#include <chrono>
#include <filesystem>
#include <fstream>

using namespace workbench;

namespace {

std::vector<std::string> examplesOf(const char* source, int count)
{
    return std::vector<std::string>(
        static_cast<std::size_t>(count), ExampleBuilder().with("source", source).json());
}

template <class T> T answer(const QSignalSpy& spy, int call, int argument = 0)
{
    return qvariant_cast<T>(spy.at(call).at(argument));
}

RowList matched(const SelectionPtr& selection) { return {selection, &selection->matched}; }

} // namespace

class ReviewRunnerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_folder_is_listed_then_read_then_complete()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", examplesOf("mock", 30));
        ReviewRunner runner;
        QStringList order;
        connect(&runner, &ReviewRunner::folderListed, this, [&] { order << QStringLiteral("listed"); });
        connect(&runner, &ReviewRunner::indexGrew, this, [&](const IndexPtr& index) {
            order << (index->complete() ? QStringLiteral("whole") : QStringLiteral("part"));
        });
        connect(&runner, &ReviewRunner::opened, this, [&] { order << QStringLiteral("opened"); });
        QSignalSpy opened(&runner, &ReviewRunner::opened);
        QSignalSpy progressed(&runner, &ReviewRunner::openProgressed);
        runner.open(toQt(examples.folder().path()), defaultSchema(), 2);
        QVERIFY(order.isEmpty()); // nothing is done in the call itself
        QTRY_COMPARE(opened.count(), 1);
        order.removeAll(QStringLiteral("part"));
        QCOMPARE(order,
            (QStringList {QStringLiteral("listed"), QStringLiteral("whole"), QStringLiteral("opened")}));
        QCOMPARE(answer<IndexPtr>(opened, 0)->rows(), std::size_t {30});
        QVERIFY(opened.at(0).at(1).toDouble() > 0);
        const auto last = answer<ScanProgress>(progressed, static_cast<int>(progressed.count()) - 1);
        QCOMPARE(last.read, std::uint64_t {30});
        QCOMPARE(last.bytesRead, last.bytesTotal);
    }

    void a_folder_is_opened_from_what_was_kept_of_it_until_it_is_read_anew()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", examplesOf("mock", 30));
        const std::filesystem::path file = std::filesystem::path(examples.folder().path()) / "a.jsonl";
        const auto time = std::filesystem::last_write_time(file) - std::chrono::hours(1);
        std::filesystem::last_write_time(file, time);
        const TemporaryFolder cache;
        ReviewRunner runner;
        runner.setCacheFolder(toQt(cache.path() + "/kept"));
        QSignalSpy opened(&runner, &ReviewRunner::opened);
        runner.open(toQt(examples.folder().path()), defaultSchema(), 2);
        QTRY_COMPARE(opened.count(), 1);
        // Spoiled so that neither size nor time nor inode tell: only who reads the file sees it.
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << '#';
        std::filesystem::last_write_time(file, time);
        runner.open(toQt(examples.folder().path()), defaultSchema(), 2);
        QTRY_COMPARE(opened.count(), 2);
        QVERIFY(!answer<IndexPtr>(opened, 1)->malformed(0));
        QCOMPARE(answer<IndexPtr>(opened, 1)->rows(), std::size_t {30});
        runner.open(toQt(examples.folder().path()), defaultSchema(), 2, ReviewRunner::Reading::Anew);
        QTRY_COMPARE(opened.count(), 3);
        QVERIFY(answer<IndexPtr>(opened, 2)->malformed(0));
    }

    void a_folder_that_cannot_be_read_is_told_once()
    {
        const IndexedFolder examples;
        ReviewRunner runner;
        QSignalSpy failed(&runner, &ReviewRunner::openFailed);
        QSignalSpy listed(&runner, &ReviewRunner::folderListed);
        runner.open(toQt(examples.folder().path("missing")), defaultSchema(), 1);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(answer<Error>(failed, 0).code, ErrorCode::Io);
        QCOMPARE(listed.count(), 0);
    }

    void only_the_newest_folder_reports()
    {
        IndexedFolder first;
        first.add("a.jsonl", examplesOf("mock", 500));
        IndexedFolder second;
        second.add("b.jsonl", examplesOf("real", 3));
        ReviewRunner runner;
        QSignalSpy opened(&runner, &ReviewRunner::opened);
        QSignalSpy listed(&runner, &ReviewRunner::folderListed);
        QSignalSpy failed(&runner, &ReviewRunner::openFailed);
        runner.open(toQt(first.folder().path()), defaultSchema(), 1);
        runner.open(toQt(second.folder().path()), defaultSchema(), 1);
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(answer<IndexPtr>(opened, 0)->rows(), std::size_t {3});
        QCOMPARE(listed.count(), 1);
        QCOMPARE(failed.count(), 0);
    }

    void a_reading_that_is_cancelled_says_so()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", examplesOf("mock", 100));
        ReviewRunner runner;
        QSignalSpy failed(&runner, &ReviewRunner::openFailed);
        QSignalSpy opened(&runner, &ReviewRunner::opened);
        runner.open(toQt(examples.folder().path()), defaultSchema(), 1);
        runner.cancelOpen();
        QTRY_COMPARE(failed.count() + opened.count(), 1);
        QCOMPARE(failed.count(), 1);
        QCOMPARE(answer<Error>(failed, 0).code, ErrorCode::Cancelled);
    }

    void a_selection_comes_first_and_its_statistics_follow()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", examplesOf("mock", 5));
        examples.add("b.jsonl", examplesOf("real", 2));
        ReviewRunner runner;
        QSignalSpy selected(&runner, &ReviewRunner::selected);
        QSignalSpy counted(&runner, &ReviewRunner::counted);
        connect(&runner, &ReviewRunner::counted, this, [&] { QCOMPARE(selected.count(), 1); });
        const auto index = examples.index();
        ExampleFilter filter;
        for (const char* source : {"mock", "real", "mock", "real"}) { // somebody clicks about
            filter.source = source;
            runner.select(index, filter);
        }
        QTRY_COMPARE(counted.count(), 1);
        QCOMPARE(selected.count(), 1); // the newest alone
        const auto selection = answer<SelectionPtr>(selected, 0);
        QCOMPARE(selection->filter, filter);
        QCOMPARE(selection->ledger.matched, std::uint64_t {2});
        QCOMPARE(answer<StatisticsPtr>(counted, 0)->selection, selection);
    }

    void opening_another_folder_silences_the_selection_of_the_old_one()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", examplesOf("mock", 50));
        ReviewRunner runner;
        QSignalSpy selected(&runner, &ReviewRunner::selected);
        QSignalSpy sorted(&runner, &ReviewRunner::sorted);
        QSignalSpy found(&runner, &ReviewRunner::searchFound);
        QSignalSpy opened(&runner, &ReviewRunner::opened);
        const auto index = examples.index();
        runner.select(index, {});
        runner.search(index, QStringLiteral("V"));
        runner.open(toQt(examples.folder().path()), defaultSchema(), 1);
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(selected.count(), 0);
        QCOMPARE(found.count(), 0);
    }

    void rows_are_sorted_by_column_and_by_verdict()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("quotes_count", 5).with("window_days", -1).json(),
                ExampleBuilder().with("quotes_count", 1).json(),
                ExampleBuilder().with("quotes_count", 3).json()});
        const auto index = examples.index();
        const auto selection = select(index, {}, {});
        QVERIFY(selection);
        ReviewRunner runner;
        QSignalSpy sorted(&runner, &ReviewRunner::sorted);
        const auto column = static_cast<int>(index->columns().indexOf("features.quotes_count").value());
        runner.sort(*selection, matched(*selection), column, SortOrder::Ascending);
        QTRY_COMPARE(sorted.count(), 1);
        QCOMPARE(*answer<RowList>(sorted, 0), (std::vector<RowNumber> {1, 2, 0}));
        runner.sort(*selection, matched(*selection), ReviewRunner::VerdictColumn, SortOrder::Ascending);
        QTRY_COMPARE(sorted.count(), 2);
        QCOMPARE(*answer<RowList>(sorted, 1), (std::vector<RowNumber> {1, 2, 0}));
        QSignalSpy failed(&runner, &ReviewRunner::sortFailed);
        runner.sort(*selection, matched(*selection), column, SortOrder::Descending);
        runner.cancelSort();
        QTRY_COMPARE(failed.count() + sorted.count(), 3);
        sorted.clear();
        runner.sort(*selection, matched(*selection), ReviewRunner::NumberColumn, SortOrder::Descending);
        QTRY_COMPARE(sorted.count(), 1);
        QCOMPARE(*answer<RowList>(sorted, 0), (std::vector<RowNumber> {2, 1, 0}));
    }

    void a_search_hands_over_its_hits_and_says_when_it_is_done()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder().with("id", "apple-1").json(), ExampleBuilder().with("id", "pear").json(),
                ExampleBuilder().with("id", "apple-2").json()});
        ReviewRunner runner;
        std::vector<RowNumber> rows;
        connect(&runner, &ReviewRunner::searchFound, this, [&](const std::vector<RowNumber>& found) {
            rows.insert(rows.end(), found.begin(), found.end());
        });
        QSignalSpy finished(&runner, &ReviewRunner::searchFinished);
        const auto index = examples.index();
        runner.search(index, QStringLiteral("pear"));
        runner.search(index, QStringLiteral("apple")); // typed on: the first is given up
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(rows, (std::vector<RowNumber> {0, 2}));
        QSignalSpy failed(&runner, &ReviewRunner::searchFailed);
        examples.add("a.jsonl", {});
        runner.search(index, QStringLiteral("apple"));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(answer<Error>(failed, 0).code, ErrorCode::Io);
    }

    void it_can_be_destroyed_in_the_middle_of_everything()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", examplesOf("mock", 2000));
        const auto index = examples.index();
        auto runner = std::make_unique<ReviewRunner>();
        bool heard = false;
        connect(runner.get(), &ReviewRunner::opened, this, [&] { heard = true; });
        runner->open(toQt(examples.folder().path()), defaultSchema(), 2);
        runner->select(index, {});
        runner->search(index, QStringLiteral("V"));
        runner.reset();
        QCoreApplication::processEvents();
        QVERIFY(!heard);
    }
};

QTEST_GUILESS_MAIN(ReviewRunnerTest)
#include "tst_review_runner.moc"
