// SPDX-License-Identifier: GPL-3.0-or-later
/// The preview's model through several swaps of rows, read as text.
#include "tests/ui/opened_folder.h"
#include "ui/preview/preview_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace workbench;

class TestPreviewModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void a_row_that_is_not_here_is_blank_and_comes_by_itself();
    void cells_say_null_zero_and_masked_apart();
    void rows_are_swapped_whole_and_stay_in_step();
    void a_list_that_grew_keeps_the_rows_before_it();
    void decimals_are_the_same_for_a_whole_column();
    void a_row_is_found_by_its_number_in_any_order();
    void columns_stand_family_by_family();
    void all_roles_of_a_cell_at_once_are_what_each_says_alone();

private:
    [[nodiscard]] RowList all() const { return {m_selection, &m_selection->matched}; }
    [[nodiscard]] RowList kept() const { return {m_selection, &m_selection->kept}; }
    [[nodiscard]] RowList rejected() const { return {m_selection, &m_selection->rejected}; }
    [[nodiscard]] QString text(PreviewModel& model, const QStringList& paths);

    TemporaryFolder m_folder;
    SelectionPtr m_selection;
    StatisticsPtr m_statistics;
    RowService m_rows;
};

void TestPreviewModel::initTestCase()
{
    prepareWorkbenchTest(QStringLiteral("tst_preview_model"));
    m_folder.write("a.jsonl",
        lines({ExampleBuilder().with("id", "row-a").with("quotes_count", 0).with("coverage_ratio", 0.5),
            ExampleBuilder().with("id", "row-b").with("quotes_count", 5551234567.0),
            ExampleBuilder().with("id", "row-c").with("quotes_count", nullptr).with("coverage_ratio", 1)}));
    m_folder.write("b.jsonl",
        lines({ExampleBuilder()
                   .with("id", "row-d")
                   .with("quotes_count", 1234)
                   .with("features.source", "555-010-4477"),
            ExampleBuilder().with("id", "row-e").with("quotes_count", 7)}));
    const auto files = requireExampleFiles(m_folder.path());
    QVERIFY(files);
    IndexPtr index;
    IndexRequest request;
    request.files = *files;
    request.schema = defaultSchema();
    const auto built = buildIndex(
        request, [&index](IndexPtr next) { index = std::move(next); }, {}, std::stop_token());
    QVERIFY(built);
    const auto selection = select(index, ExampleFilter(), std::stop_token());
    QVERIFY(selection);
    m_selection = *selection;
    const auto statistics = computeStatistics(m_selection, std::stop_token());
    QVERIFY(statistics);
    m_statistics = *statistics;
    m_rows.setIndex(index);
}

/// One line a row, its cells apart by " | ", once everything is loaded.
QString TestPreviewModel::text(PreviewModel& model, const QStringList& paths)
{
    const auto read = [&] {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (const QString& path : paths) {
                cells << model.index(row, model.columns().columnOfPath(path)).data().toString();
            }
            lines << cells.join(QStringLiteral(" | "));
        }
        return lines.join(QLatin1Char('\n'));
    };
    read(); // asks for what is missing
    (void)QTest::qWaitFor([&] { return model.idle(); });
    return read();
}

void TestPreviewModel::a_row_that_is_not_here_is_blank_and_comes_by_itself()
{
    RowService rows;
    rows.setIndex(m_selection->index);
    PreviewModel model(*defaultSchema(), rows);
    model.show(m_selection->index, all());
    const QModelIndex id = model.index(0, PreviewColumns::ExampleId);
    QVERIFY(id.data().toString().isEmpty());
    QCOMPARE(id.data(PreviewModel::StateRole).toInt(), static_cast<int>(CellState::Loading));
    // Verdicts are in the index: known before any row is read.
    QCOMPARE(model.index(1, PreviewColumns::Verdict).data().toString(), QStringLiteral("out_of_range"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QTRY_COMPARE(id.data().toString(), QStringLiteral("row-a"));
    QVERIFY(!changed.isEmpty());
}

void TestPreviewModel::cells_say_null_zero_and_masked_apart()
{
    PreviewModel model(*defaultSchema(), m_rows);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(m_selection->index, all());
    QCOMPARE(text(model,
                 {QStringLiteral("#"), QStringLiteral("verdict"), QStringLiteral("example_id"),
                     QStringLiteral("features.quotes_count"), QStringLiteral("features.source")}),
        QStringLiteral("1 | kept | row-a | 0 | mock\n"
                       "2 | out_of_range | row-b | 9999999999 | mock\n"
                       "3 | kept | row-c | null | mock\n"
                       "4 | phone | row-d | 1,234 | 999-999-9999\n"
                       "5 | kept | row-e | 7 | mock"));
    const int quotes = model.columns().columnOfPath(QStringLiteral("features.quotes_count"));
    QCOMPARE(model.index(2, quotes).data(Qt::AccessibleTextRole).toString(), QStringLiteral("null"));
    QVERIFY(
        model.index(1, quotes).data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("masked")));
    QCOMPARE(model.index(2, quotes).data(PreviewModel::ExactRole).toString(), QString());
    QCOMPARE(model.index(3, quotes).data(PreviewModel::ExactRole).toString(), QStringLiteral("1234"));
}

void TestPreviewModel::rows_are_swapped_whole_and_stay_in_step()
{
    PreviewModel model(*defaultSchema(), m_rows);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QStringList id {QStringLiteral("example_id")};
    model.show(m_selection->index, kept());
    QCOMPARE(text(model, id), QStringLiteral("row-a\nrow-c\nrow-e"));
    model.show(m_selection->index, rejected());
    QCOMPARE(text(model, id), QStringLiteral("row-b\nrow-d"));
    model.show(m_selection->index,
        std::make_shared<const std::vector<RowNumber>>(
            m_selection->matched.rbegin(), m_selection->matched.rend()));
    QCOMPARE(text(model, id), QStringLiteral("row-e\nrow-d\nrow-c\nrow-b\nrow-a"));
    model.show(nullptr, nullptr);
    QCOMPARE(text(model, id), QString());
    model.show(m_selection->index, all());
    QCOMPARE(text(model, id), QStringLiteral("row-a\nrow-b\nrow-c\nrow-d\nrow-e"));
}

void TestPreviewModel::a_list_that_grew_keeps_the_rows_before_it()
{
    PreviewModel model(*defaultSchema(), m_rows);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(
        m_selection->index, std::make_shared<const std::vector<RowNumber>>(std::vector<RowNumber> {0, 1}));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QPersistentModelIndex second = model.index(1, 0);
    model.show(m_selection->index, all());
    QCOMPARE(reset.size(), 0);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(second.row(), 1);
    QCOMPARE(model.rowCount(), 5);
}

void TestPreviewModel::decimals_are_the_same_for_a_whole_column()
{
    PreviewModel model(*defaultSchema(), m_rows);
    model.show(m_selection->index, kept());
    model.setStatistics(m_statistics);
    const QString shown = text(model, {QStringLiteral("features.coverage_ratio")});
    const QStringList ratios = shown.split(QLatin1Char('\n'));
    QCOMPARE(ratios.at(0), QStringLiteral("0.500"));
    QCOMPARE(ratios.at(1), QStringLiteral("1.000"));
}

void TestPreviewModel::a_row_is_found_by_its_number_in_any_order()
{
    PreviewModel model(*defaultSchema(), m_rows);
    model.show(
        m_selection->index, std::make_shared<const std::vector<RowNumber>>(std::vector<RowNumber> {4, 0, 2}));
    QCOMPARE(model.positionOf(0), 1);
    QCOMPARE(model.positionOf(2), 2);
    QCOMPARE(model.positionOf(3), -1);
    model.show(m_selection->index, rejected());
    QCOMPARE(model.positionOf(3), 1);
    QCOMPARE(model.positionOf(4), -1);
}

void TestPreviewModel::columns_stand_family_by_family()
{
    const PreviewColumns columns(*defaultSchema());
    QCOMPARE(columns.count(), 85); // number and verdict beside the row's 83
    QCOMPARE(columns.path(PreviewColumns::ExampleId), QStringLiteral("example_id"));
    QStringList families;
    for (int column = PreviewColumns::FrozenCount; column < columns.count(); ++column) {
        if (families.isEmpty() || families.last() != columns.familyTitle(column)) {
            families << columns.familyTitle(column);
        }
    }
    QCOMPARE(families.join(QLatin1Char(' ')),
        QStringLiteral("Context Volume Timing Revenue Ratio Flags Targets Labels"));
}

void TestPreviewModel::all_roles_of_a_cell_at_once_are_what_each_says_alone()
{
    PreviewModel model(*defaultSchema(), m_rows);
    model.show(m_selection->index, all());
    (void)text(model, {QStringLiteral("example_id")});
    const int wanted[] = {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::TextAlignmentRole,
        PreviewModel::StateRole, PreviewModel::ExactRole, PreviewModel::RejectedRole};
    for (const int row : {0, 1, 2}) {
        for (int column = 0; column < model.columnCount(); ++column) {
            std::vector<QModelRoleData> roles;
            for (const int role : wanted) {
                roles.emplace_back(role);
            }
            model.multiData(model.index(row, column), roles);
            for (const QModelRoleData& role : roles) {
                QCOMPARE(role.data().toString(), model.index(row, column).data(role.role()).toString());
            }
        }
    }
}

QTEST_MAIN(TestPreviewModel)
#include "tst_preview_model.moc"
