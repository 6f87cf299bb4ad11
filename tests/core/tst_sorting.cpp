// SPDX-License-Identifier: Apache-2.0
#include "core/review/selection.h"

#include "core/row/row_values.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace workbench;

namespace {

std::vector<RowNumber> allRows(const ExampleIndex& index)
{
    std::vector<RowNumber> rows(index.rows());
    std::iota(rows.begin(), rows.end(), RowNumber {0});
    return rows;
}

} // namespace

class SortingTest final : public QObject {
    Q_OBJECT

    IndexedFolder m_examples;
    IndexPtr m_index;
    std::vector<std::string> m_ids; // "" for those that may not be shown

private Q_SLOTS:
    void initTestCase()
    {
        std::mt19937 random(11);
        std::vector<std::string> lines;
        for (int row = 0; row < 600; ++row) {
            ExampleBuilder example;
            std::string id
                = "id-" + std::to_string(random() % 90) + (random() % 2 == 0 ? "" : ".longer-than-eight");
            if (random() % 20 == 0) {
                id = "jo" + std::to_string(row) + "@example.com";
                m_ids.emplace_back();
            } else {
                m_ids.push_back(id);
            }
            example.with("id", id);
            example.with("invoice_total_sum_log", static_cast<double>(random() % 1000) / 77.0);
            example.with("industry_key", random() % 2 == 0 ? "hvac" : "cleaning");
            example.raw("targets.pressure_keys",
                random() % 3 == 0       ? "[]"
                    : random() % 2 == 0 ? "[\"b\"]"
                                        : "[\"a\",\"c\"]");
            if (random() % 6 == 0) {
                example.with("invoice_total_sum_log", nullptr);
            }
            if (random() % 9 == 0) {
                example.with("invoice_total_sum_log", "call 555-123-4567");
            }
            if (random() % 50 == 0) {
                lines.emplace_back("{broken");
                m_ids.back().clear();
                continue;
            }
            lines.push_back(example.json());
        }
        m_examples.add("a.jsonl", {lines.begin(), lines.begin() + 200});
        m_examples.add("b.jsonl", {lines.begin() + 200, lines.end()});
        m_index = m_examples.index();
        QCOMPARE(m_index->rows(), m_ids.size());
    }

    void rows_go_by_value_with_ties_in_input_order_and_nothing_last_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path :
            {"features.invoice_total_sum_log", "industry_key", "created_at", "features.has_quotes"}) {
            QTest::newRow(path) << QString::fromLatin1(path);
        }
    }
    void rows_go_by_value_with_ties_in_input_order_and_nothing_last()
    {
        QFETCH(QString, path);
        const auto column = m_index->columns().indexOf(path.toStdString());
        QVERIFY(column);
        for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
            auto expected = allRows(*m_index);
            std::stable_sort(expected.begin(), expected.end(), [&](RowNumber a, RowNumber b) {
                const double left = m_index->value(a, *column);
                const double right = m_index->value(b, *column);
                if (!isPlainValue(left) || !isPlainValue(right)) {
                    return isPlainValue(left) && !isPlainValue(right);
                }
                return order == SortOrder::Ascending ? left < right : left > right;
            });
            const auto sorted = sortRows(*m_index, allRows(*m_index), *column, order, {});
            QVERIFY(sorted);
            QCOMPARE(*sorted, expected);
        }
    }

    void ids_go_bytewise_and_those_that_may_not_be_shown_come_last()
    {
        for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
            auto expected = allRows(*m_index);
            std::stable_sort(expected.begin(), expected.end(), [&](RowNumber a, RowNumber b) {
                if (m_ids[a].empty() || m_ids[b].empty()) {
                    return !m_ids[a].empty() && m_ids[b].empty();
                }
                return order == SortOrder::Ascending ? m_ids[a] < m_ids[b] : m_ids[b] < m_ids[a];
            });
            const auto sorted = sortRows(*m_index, allRows(*m_index), RowColumns::ExampleId, order, {});
            QVERIFY(sorted);
            QCOMPARE(*sorted, expected);
        }
    }

    void pressure_keys_go_by_their_text()
    {
        const auto sorted = sortRows(
            *m_index, allRows(*m_index), m_index->columns().pressureKeys(), SortOrder::Ascending, {});
        QVERIFY(sorted);
        std::string before;
        for (const RowNumber row : *sorted) {
            const double code = m_index->value(row, m_index->columns().pressureKeys());
            if (!isPlainValue(code)) {
                break;
            }
            const auto& text = m_index->pressureKeySets()[static_cast<std::size_t>(code)];
            QVERIFY(before <= text);
            before = text;
        }
        QCOMPARE(before, std::string("[]"));
    }

    void negative_numbers_come_before_positive_ones()
    {
        IndexedFolder examples;
        std::vector<std::string> lines;
        const std::vector<const char*> times {
            "1969-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "1960-01-01T00:00:00Z", "1970-01-01T00:00:00Z"};
        for (const char* time : times) {
            lines.push_back(ExampleBuilder().with("created_at", time).json());
        }
        examples.add("a.jsonl", lines);
        const auto index = examples.index();
        const auto sorted
            = sortRows(*index, allRows(*index), RowColumns::CreatedAt, SortOrder::Ascending, {});
        QVERIFY(sorted);
        QCOMPARE(*sorted, (std::vector<RowNumber> {2, 0, 3, 1}));
    }

    void values_are_sorted_however_they_are_spread_data()
    {
        QTest::addColumn<double>("outlier");
        QTest::addColumn<int>("decades");
        QTest::newRow("side by side") << 0.5 << 0;
        QTest::newRow("over thirty decades") << 1.0 << 30;
        QTest::newRow("one far from all others") << 50.0 << -12;
        QTest::newRow("too small to be divided") << 1e-300 << -305;
    }
    void values_are_sorted_however_they_are_spread()
    {
        QFETCH(double, outlier);
        QFETCH(int, decades);
        constexpr std::size_t Rows = 3000; // enough for more than comparing each with each
        std::mt19937 random(23);
        std::vector<std::string> lines;
        for (std::size_t row = 0; row < Rows; ++row) {
            const double part = static_cast<double>(random() % 900) / 1000.0; // many are equal
            const int decade
                = decades <= 0 ? decades : -static_cast<int>(random() % static_cast<unsigned>(decades));
            lines.push_back(
                ExampleBuilder()
                    .with("invoice_total_sum_log", row == 77 ? outlier : part * std::pow(10, decade))
                    .json());
        }
        IndexedFolder examples;
        examples.add("a.jsonl", lines);
        const auto index = examples.index();
        const auto column = index->columns().indexOf("features.invoice_total_sum_log");
        QVERIFY(column);
        QCOMPARE(index->value(77, *column), outlier);
        for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
            auto expected = allRows(*index);
            std::stable_sort(expected.begin(), expected.end(), [&](RowNumber a, RowNumber b) {
                const double left = index->value(a, *column);
                const double right = index->value(b, *column);
                return order == SortOrder::Ascending ? left < right : left > right;
            });
            const auto sorted = sortRows(*index, allRows(*index), *column, order, {});
            QVERIFY(sorted);
            QCOMPARE(*sorted, expected);
        }
    }

    void it_does_not_matter_how_the_rows_were_sorted_before()
    {
        auto shuffled = allRows(*m_index);
        std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(5));
        const auto column = RowColumns::IndustryKey;
        const auto fromShuffled = sortRows(*m_index, shuffled, column, SortOrder::Descending, {});
        const auto fromSorted = sortRows(*m_index, allRows(*m_index), column, SortOrder::Descending, {});
        QVERIFY(fromShuffled && fromSorted);
        QCOMPARE(*fromShuffled, *fromSorted);
    }

    void verdicts_go_accepted_first_then_by_rule()
    {
        const auto placeOf = [&](RowNumber row) {
            return m_index->rejected(row) ? 1 + static_cast<int>(m_index->firstRule(row)) : 0;
        };
        for (const SortOrder order : {SortOrder::Ascending, SortOrder::Descending}) {
            auto expected = allRows(*m_index);
            std::stable_sort(expected.begin(), expected.end(), [&](RowNumber a, RowNumber b) {
                return order == SortOrder::Ascending ? placeOf(a) < placeOf(b) : placeOf(a) > placeOf(b);
            });
            QCOMPARE(sortByVerdict(*m_index, allRows(*m_index), order), expected);
        }
    }

    void a_stop_is_heard()
    {
        std::stop_source stop;
        stop.request_stop();
        for (const std::size_t column : {RowColumns::ExampleId, RowColumns::CreatedAt}) {
            const auto sorted
                = sortRows(*m_index, allRows(*m_index), column, SortOrder::Ascending, stop.get_token());
            QVERIFY(!sorted);
            QCOMPARE(sorted.error().code, ErrorCode::Cancelled);
        }
    }

    void ids_of_a_file_that_changed_are_not_made_up()
    {
        IndexedFolder examples;
        examples.add("a.jsonl", {ExampleBuilder().json(), ExampleBuilder().json()});
        const auto index = examples.index();
        examples.add("a.jsonl", {ExampleBuilder().with("id", "another").json()});
        const auto sorted
            = sortRows(*index, allRows(*index), RowColumns::ExampleId, SortOrder::Ascending, {});
        QVERIFY(!sorted);
        QCOMPARE(sorted.error().code, ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(SortingTest)
#include "tst_sorting.moc"
