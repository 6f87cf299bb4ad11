// SPDX-License-Identifier: Apache-2.0
#include "core/review/statistics.h"

#include "core/row/row_values.h"
#include "tests/support/example_builder.h"
#include "tests/support/indexed_folder.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <random>

using namespace workbench;

namespace {

StatisticsPtr statisticsOf(const IndexPtr& index, const ExampleFilter& filter = {})
{
    const auto selection = select(index, filter, {});
    if (!selection) {
        throw std::runtime_error(selection.error().message);
    }
    auto statistics = computeStatistics(*selection, {});
    if (!statistics) {
        throw std::runtime_error(statistics.error().message);
    }
    return *statistics;
}

const ColumnStatistics& columnOf(const Statistics& statistics, std::string_view path)
{
    return statistics.columns.at(statistics.selection->index->columns().indexOf(path).value());
}

/// Rows that have `values` of one feature; NaN stands for null.
StatisticsPtr statisticsOf(std::string_view feature, const std::vector<double>& values)
{
    IndexedFolder examples;
    std::vector<std::string> lines;
    for (const double value : values) {
        auto example = ExampleBuilder();
        lines.push_back(
            std::isnan(value) ? example.with(feature, nullptr).json() : example.with(feature, value).json());
    }
    examples.add("a.jsonl", lines);
    return statisticsOf(examples.index());
}

std::uint64_t sum(const std::vector<std::uint64_t>& bins)
{
    return std::accumulate(bins.begin(), bins.end(), std::uint64_t {0});
}

} // namespace

class StatisticsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_figures_do_not_depend_on_the_threads()
    {
        IndexedFolder examples;
        std::vector<std::string> lines;
        std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same rows each time
        for (int row = 0; row < 6000; ++row) { // enough for more than one thread
            lines.push_back(ExampleBuilder()
                                .with("id", "ex_" + std::to_string(row))
                                .with("source", random() % 3 == 0 ? "real" : "mock")
                                .with("window_days", static_cast<int>(random() % 400))
                                .with("gini_proxy", static_cast<double>(random() % 1000) / 1000)
                                .json());
        }
        examples.add("a.jsonl", lines);
        const auto selection = select(examples.index(), {}, {});
        QVERIFY(selection);
        const auto alone = computeStatistics(*selection, {}, 1);
        const auto together = computeStatistics(*selection, {}, 4);
        QVERIFY(alone && together);
        QVERIFY((*alone)->columns == (*together)->columns);
        QVERIFY((*alone)->pressureKeys == (*together)->pressureKeys);
        QCOMPARE((*alone)->rowsWithoutPressure, (*together)->rowsWithoutPressure);
        QCOMPARE(columnOf(**alone, "features.window_days").values, std::uint64_t {6000});
    }

    void each_column_agrees_with_counting_by_hand()
    {
        std::mt19937 random(99);
        IndexedFolder examples;
        std::vector<std::string> lines;
        for (int row = 0; row < 701; ++row) {
            ExampleBuilder example;
            example.with("quotes_count", static_cast<double>(random() % 500));
            example.with("coverage_ratio", static_cast<double>(random() % 1000) / 1000);
            example.with("source", random() % 3 == 0 ? "real" : "mock");
            if (random() % 4 == 0) {
                example.with("coverage_ratio", nullptr);
            }
            if (random() % 10 == 0) {
                example.with("coverage_ratio", 77.0);
            }
            lines.push_back(random() % 60 == 0 ? "{" : example.json());
        }
        examples.add("a.jsonl", lines);
        const auto index = examples.index();
        ExampleFilter filter;
        filter.source = "mock";
        const auto statistics = statisticsOf(index, filter);
        const auto& rows = statistics->selection->matched;
        for (std::size_t column = 0; column < index->columns().size(); ++column) {
            const auto& counted = statistics->columns[column];
            std::vector<double> values;
            std::uint64_t nulls = 0;
            for (const RowNumber row : rows) {
                const double value = index->value(row, column);
                nulls += isNullValue(value) ? 1 : 0;
                if (isPlainValue(value)) {
                    values.push_back(value);
                }
            }
            QCOMPARE(counted.values, std::uint64_t {values.size()});
            QCOMPARE(counted.nulls, nulls);
            QCOMPARE(counted.hidden, rows.size() - values.size() - nulls);
            const auto kind = index->columns()[column].kind;
            if (kind == ColumnKind::Enum) {
                QCOMPARE(sum(counted.counts), counted.values);
            }
            if (values.empty() || (kind != ColumnKind::Number && kind != ColumnKind::Integer)) {
                continue;
            }
            std::sort(values.begin(), values.end());
            const std::size_t middle = values.size() / 2;
            const double median = values.size() % 2 == 1
                ? values[middle]
                : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
            QCOMPARE(counted.lowest, values.front());
            QCOMPARE(counted.highest, values.back());
            QCOMPARE(counted.median, median);
            for (const Histogram* histogram : {&counted.header, &counted.spread, &counted.insight}) {
                QCOMPARE(sum(histogram->bins), counted.values);
            }
        }
    }

    void bins_reach_from_the_lowest_to_the_99th_percentile()
    {
        std::vector<double> values;
        for (int value = 0; value < 200; ++value) {
            values.push_back(value);
        }
        values.back() = 9'000'000; // the one in the highest hundredth
        const auto statistics = statisticsOf("quotes_per_active_day", values);
        const Histogram& header = columnOf(*statistics, "features.quotes_per_active_day").header;
        QCOMPARE(header.bins.size(), HeaderBins);
        QCOMPARE(header.from, 0.0);
        QCOMPARE(header.to, 197.0);
        QVERIFY(header.lastBinHoldsRest);
        // 198 values up to 197, 12 bins of 16.42: 17 or 16 in each, the two above in the last one.
        QCOMPARE(header.bins.front(), std::uint64_t {17});
        QCOMPARE(sum(header.bins), std::uint64_t {200});
        QCOMPARE(header.bins.back(), std::uint64_t {19});
    }

    void a_constant_is_one_bin()
    {
        const auto statistics = statisticsOf("coverage_ratio", {0.5, 0.5, 0.5});
        const auto& column = columnOf(*statistics, "features.coverage_ratio");
        QCOMPARE(column.header.bins, std::vector<std::uint64_t> {3});
        QCOMPARE(column.header.from, 0.5);
        QCOMPARE(column.header.to, 0.5);
        QVERIFY(!column.header.lastBinHoldsRest);
    }

    void few_whole_numbers_have_a_bin_each()
    {
        const auto statistics = statisticsOf("mapping_confidence_level", {0, 2, 2, 2});
        const Histogram& insight = columnOf(*statistics, "features.mapping_confidence_level").insight;
        QVERIFY(insight.oneBinPerNumber);
        QCOMPARE(insight.bins, (std::vector<std::uint64_t> {1, 0, 3}));
    }

    void a_rare_whole_number_is_not_counted_as_its_neighbour()
    {
        std::vector<double> values(300, 1.0);
        values.front() = 0;
        values.back() = 2;
        const auto statistics = statisticsOf("mapping_confidence_level", values);
        const Histogram& insight = columnOf(*statistics, "features.mapping_confidence_level").insight;
        QVERIFY(insight.oneBinPerNumber);
        QVERIFY(!insight.lastBinHoldsRest);
        QCOMPARE(insight.bins, (std::vector<std::uint64_t> {1, 298, 1}));
    }

    void nearly_all_zeros_still_show_the_rest()
    {
        std::vector<double> values(300, 0.0);
        values.back() = 90;
        const auto statistics = statisticsOf("quotes_per_active_day", values);
        const Histogram& header = columnOf(*statistics, "features.quotes_per_active_day").header;
        QCOMPARE(header.to, 90.0);
        QCOMPARE(header.bins.front(), std::uint64_t {299});
        QCOMPARE(header.bins.back(), std::uint64_t {1});
    }

    void a_column_without_a_value_has_no_bins_and_a_null_rate_of_one()
    {
        const auto statistics = statisticsOf("coverage_ratio", {std::nan(""), std::nan("")});
        const auto& column = columnOf(*statistics, "features.coverage_ratio");
        QCOMPARE(column.values, std::uint64_t {0});
        QCOMPARE(column.nullRate(), 1.0);
        QVERIFY(column.header.bins.empty());
    }

    void a_value_that_did_not_pass_is_neither_null_nor_a_value()
    {
        const auto statistics = statisticsOf("coverage_ratio", {0.5, 5551234567.0, std::nan(""), 0.25});
        const auto& column = columnOf(*statistics, "features.coverage_ratio");
        QCOMPARE(column.values, std::uint64_t {2});
        QCOMPARE(column.nulls, std::uint64_t {1});
        QCOMPARE(column.hidden, std::uint64_t {1});
        QCOMPARE(column.highest, 0.5);
        QCOMPARE(column.nullRate(), 0.25);
    }

    void pressures_industries_and_labels_are_counted_by_row()
    {
        IndexedFolder examples;
        examples.add("a.jsonl",
            {ExampleBuilder()
                    .raw("targets.pressure_keys", R"(["a","b","a"])")
                    .with("industry_key", "cleaning")
                    .json(),
                ExampleBuilder().raw("targets.pressure_keys", R"(["b"])").with("source", "real").json(),
                ExampleBuilder().raw("targets.pressure_keys", "[]").raw("labels", "null").json(),
                ExampleBuilder().raw("targets.pressure_keys", "null").json(),
                ExampleBuilder().raw("targets.pressure_keys", R"(["x@y.zz"])").json()});
        const auto statistics = statisticsOf(examples.index());
        const std::map<std::string, std::uint64_t> pressures {{"a", 1}, {"b", 2}};
        QCOMPARE(statistics->pressureKeys, pressures);
        QCOMPARE(statistics->rowsWithoutPressure, std::uint64_t {2});
        QCOMPARE(statistics->labelledRows, std::uint64_t {4});
        const auto& schema = *statistics->selection->index->schema();
        const auto at = [&](std::string_view industry, std::string_view source) {
            const auto row = std::find(schema.industries().begin(), schema.industries().end(), industry);
            const auto column = std::find(schema.sources().begin(), schema.sources().end(), source);
            return statistics->industryBySource[static_cast<std::size_t>(row - schema.industries().begin())]
                                               [static_cast<std::size_t>(column - schema.sources().begin())];
        };
        QCOMPARE(at("cleaning", "mock"), std::uint64_t {1});
        QCOMPARE(at("hvac", "real"), std::uint64_t {1});
        QCOMPARE(at("hvac", "mock"), std::uint64_t {3});
        QCOMPARE(at("plumbing", "mock"), std::uint64_t {0});
    }

    void no_rows_give_empty_statistics()
    {
        const auto statistics = statisticsOf(IndexedFolder().index());
        QCOMPARE(statistics->columns.size(), statistics->selection->index->columns().size());
        QCOMPARE(statistics->columns.front().nullRate(), 0.0);
    }

    void a_stop_is_heard()
    {
        const auto selection = select(IndexedFolder().index(), {}, {});
        std::stop_source stop;
        stop.request_stop();
        const auto statistics = computeStatistics(*selection, stop.get_token());
        QVERIFY(!statistics);
        QCOMPARE(statistics.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(StatisticsTest)
#include "tst_statistics.moc"
