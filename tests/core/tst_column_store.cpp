// SPDX-License-Identifier: Apache-2.0
#include "core/review/column_store.h"
#include "core/row/row_values.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace workbench;

Q_DECLARE_METATYPE(std::vector<double>)

namespace {

std::shared_ptr<const ColumnStore> storeOf(const std::vector<double>& values)
{
    ColumnStoreBuilder builder(1);
    for (const double value : values) {
        builder.add({&value, 1});
    }
    return builder.finish();
}

bool sameBits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

std::vector<double> repeated(const std::vector<double>& values, std::size_t count)
{
    std::vector<double> all;
    for (std::size_t row = 0; row < count; ++row) {
        all.push_back(values[row % values.size()]);
    }
    return all;
}

} // namespace

class ColumnStoreTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_value_comes_back_exactly_data()
    {
        QTest::addColumn<std::vector<double>>("values");
        const double null = nullValue();
        const double hidden = hiddenValue();
        const auto row = [](const char* name, std::vector<double> values) {
            QTest::newRow(name) << repeated(values, 100);
            QTest::addRow("%s, over several blocks", name)
                << repeated(values, 2 * ColumnStore::BlockRows + 17);
        };
        row("a constant", {42.5});
        row("nulls alone", {null});
        row("hidden ones alone", {hidden});
        row("nulls and hidden ones", {null, hidden});
        row("flags", {0, 1, null, hidden});
        row("as wide as one byte allows", {0, 253, null, hidden});
        row("wider than one byte", {0, 254, 255, null, hidden});
        row("as wide as two bytes allow", {0, 65533, null, hidden});
        row("wider than two bytes", {0, 65534, null, hidden});
        row("as wide as four bytes allow", {0, 4294967293.0, null, hidden});
        row("wider than four bytes", {0, 4294967294.0, null, hidden});
        row("times in milliseconds", {1795360826130.0, 1795360826365.0, null, hidden});
        row("negative whole numbers", {-5, 7, -200, null});
        row("halves", {0.5, -2.25, 1e10, null, hidden});
        row("negative halves", {-4.5, -4, 3, null});
        std::vector<double> late = repeated({-1, 2}, 99);
        late.push_back(-1.5);
        row("a half that comes late", late);
        row("whole numbers as far as they are counted", {2251799813685247.0, 2251799813685240.0, null});
        row("and further", {2251799813685248.0, 2251799813685249.0, -2251799813685248.0, null});
        row("halves beyond them", {2251799813685248.5, 2251799813685249.0, null});
        row("halves below them", {-2251799813685248.5, -2251799813685249.0, null});
        row("doubles", {0.1, 0.9891826923076923, 1e300, -1e-300, 5e-324, null, hidden});
        row("beyond single precision's range", {1e39, 2e39, null});
        row("the largest and smallest", {1.7976931348623157e308, -1.7976931348623157e308, null});
        row("whole numbers beyond 2^53", {9007199254740992.0, 9007199254740994.0, null});
    }
    void every_value_comes_back_exactly()
    {
        QFETCH(std::vector<double>, values);
        const auto store = storeOf(values);
        QCOMPARE(store->rows(), values.size());
        for (std::size_t row = 0; row < values.size(); ++row) {
            QVERIFY2(sameBits(store->value(row, 0), values[row]), qPrintable(QString::number(row)));
        }
        // Every third row, and all but the first ones, numbered as in an index whose segment begins at 1000.
        for (const std::uint32_t step : {3U, 1U}) {
            std::vector<std::uint32_t> wanted;
            for (std::uint32_t row = step == 1 ? 5 : 0; row < values.size(); row += step) {
                wanted.push_back(1000 + row);
            }
            std::vector<double> out(wanted.size());
            store->gather(0, wanted, 1000, out);
            for (std::size_t place = 0; place < wanted.size(); ++place) {
                QVERIFY(sameBits(out[place], values[wanted[place] - 1000]));
            }
        }
    }

    void minus_zero_is_zero()
    {
        const auto store = storeOf({0.5, -0.0});
        QVERIFY(sameBits(store->value(1, 0), 0.0));
    }

    void columns_of_different_forms_lie_side_by_side()
    {
        std::mt19937 random(7);
        ColumnStoreBuilder builder(3);
        std::vector<std::array<double, 3>> rows;
        for (int row = 0; row < 10'000; ++row) {
            rows.push_back({static_cast<double>(random() % 5), static_cast<double>(random()) / 3, 7});
            builder.add(rows.back());
        }
        const auto store = builder.finish();
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t column = 0; column < 3; ++column) {
                QCOMPARE(store->value(row, column), rows[row][column]);
            }
        }
    }

    void small_numbers_take_one_byte_and_constants_none()
    {
        const std::size_t rows = 10 * ColumnStore::BlockRows;
        const auto constant = storeOf(repeated({1}, rows))->imageBytes();
        const auto small = storeOf(repeated({1, 2}, rows))->imageBytes();
        const auto whole = storeOf(repeated({1, 0.1}, rows))->imageBytes();
        QVERIFY(constant < rows / 20);
        QCOMPARE(small - constant, rows);
        QCOMPARE(whole - constant, 8 * rows);
    }

    void a_builder_begins_anew_after_it_gave_a_store()
    {
        ColumnStoreBuilder builder(1);
        const double first = 1;
        const double second = 2;
        builder.add({&first, 1});
        const auto before = builder.finish();
        builder.add({&second, 1});
        const auto after = builder.finish();
        QCOMPARE(before->rows(), std::size_t {1});
        QCOMPARE(before->value(0, 0), 1.0);
        QCOMPARE(after->rows(), std::size_t {1});
        QCOMPARE(after->value(0, 0), 2.0);
    }
};

QTEST_GUILESS_MAIN(ColumnStoreTest)
#include "tst_column_store.moc"
