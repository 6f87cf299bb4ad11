// SPDX-License-Identifier: GPL-3.0-or-later
// What a search found, among the rows that are looked at: neither one too many nor one too few.
#include "ui/bridge/found_rows.h"

#include <QtTest>

#include <algorithm>
#include <random>
#include <set>

using namespace workbench;

namespace {

/// One in `sparseness` of the rows below `end`.
std::vector<RowNumber> someRows(std::mt19937& random, RowNumber end, unsigned sparseness)
{
    std::vector<RowNumber> rows;
    for (RowNumber row = 0; row < end; ++row) {
        if (random() % sparseness == 0) {
            rows.push_back(row);
        }
    }
    return rows;
}

} // namespace

class FoundRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void those_in_both_and_no_others_data()
    {
        QTest::addColumn<unsigned>("foundOneIn");
        QTest::addColumn<unsigned>("lookedAtOneIn");
        QTest::newRow("all among all") << 1U << 1U;
        QTest::newRow("few among all") << 300U << 1U;
        QTest::newRow("all among few") << 1U << 300U;
        QTest::newRow("half among half") << 2U << 2U;
        QTest::newRow("few among few") << 200U << 200U;
    }

    void those_in_both_and_no_others()
    {
        QFETCH(const unsigned, foundOneIn);
        QFETCH(const unsigned, lookedAtOneIn);
        std::mt19937 random(17); // NOLINT: the same rows each time
        for (int round = 0; round < 20; ++round) {
            const auto hits = someRows(random, 3000, foundOneIn);
            const auto rows = someRows(random, 3000, lookedAtOneIn);
            FoundRows found;
            for (std::size_t from = 0; from < hits.size();) { // in batches of any size, empty ones too
                const std::size_t size = std::min<std::size_t>(random() % 400, hits.size() - from);
                found.add({hits.begin() + static_cast<std::ptrdiff_t>(from),
                    hits.begin() + static_cast<std::ptrdiff_t>(from + size)});
                from += size;
            }
            const std::set<RowNumber> wanted(hits.begin(), hits.end());
            std::vector<RowNumber> both;
            std::copy_if(rows.begin(), rows.end(), std::back_inserter(both),
                [&](RowNumber row) { return wanted.count(row) > 0; });
            QCOMPARE(found.among(rows), both);
        }
    }

    void nothing_found_or_nothing_looked_at_is_nothing()
    {
        FoundRows found;
        QVERIFY(found.among(std::vector<RowNumber> {1, 2}).empty());
        found.add({});
        found.add({1, 2});
        QVERIFY(found.among({}).empty());
        const FoundRows before = found;
        found.clear();
        QVERIFY(found.among(std::vector<RowNumber> {1, 2}).empty());
        QCOMPARE(
            before.among(std::vector<RowNumber> {2, 3}), std::vector<RowNumber> {2}); // a copy of its own
    }
};

QTEST_GUILESS_MAIN(FoundRowsTest)
#include "tst_found_rows.moc"
