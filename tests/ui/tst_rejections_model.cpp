// SPDX-License-Identifier: GPL-3.0-or-later
/// The findings as a table: order, narrowing, sorting, and never a raw value in any role.
#include "tests/ui/opened_folder.h"
#include "ui/rejections/findings_model.h"
#include "ui/rejections/rule_words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace workbench;

class TestRejectionsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_most_frequent_rule_comes_first();
    void findings_narrow_to_a_rule_a_field_and_a_file();
    void columns_sort_both_ways_and_ties_stand_as_in_the_files();
    void many_findings_are_put_in_order_while_the_old_order_stays();
    void swaps_of_selections_keep_the_model_in_step();
    void no_role_of_any_cell_holds_a_raw_value();
    void places_in_a_list_are_one_field();
    void every_rule_says_why_and_what_to_do();

private:
    [[nodiscard]] static QString text(const FindingsModel& model);

    TemporaryFolder m_folder;
    SelectionPtr m_selection;
    SelectionPtr m_firstFile; ///< another selection of the same index
};

void TestRejectionsModel::initTestCase()
{
    prepareWorkbenchTest(QStringLiteral("tst_rejections_model"));
    m_folder.write("a.jsonl",
        lines({ExampleBuilder(), ExampleBuilder().with("quotes_count", 5551234567.0),
            ExampleBuilder().with("features.source", "jo@example.com").with("quotes_count", 5551234568.0),
            ExampleBuilder()
                .with("source", "mock")
                .raw("targets.pressure_keys", "[\"fragility\",\"call 555-010-4477\"]")}));
    m_folder.write(
        "b.jsonl", lines({ExampleBuilder().with("source", "real").with("id", "jo@example.com")}) + "{\n");
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
    ExampleFilter one;
    one.maxRows = 2;
    const auto first = select(index, one, std::stop_token());
    QVERIFY(first);
    m_firstFile = *first;
}

QString TestRejectionsModel::text(const FindingsModel& model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < FindingsModel::ColumnCount; ++column) {
            cells << model.index(row, column).data().toString();
        }
        rows << cells.join(QStringLiteral(" | "));
    }
    return rows.join(QLatin1Char('\n'));
}

void TestRejectionsModel::the_most_frequent_rule_comes_first()
{
    FindingsModel model;
    model.setSelection(m_selection);
    QCOMPARE(text(model),
        QStringLiteral("email | features.source | xx@xxxxxxx.xxx | a.jsonl | 3\n"
                       "email | id | xx@xxxxxxx.xxx | b.jsonl | 1\n"
                       "out_of_range | features.quotes_count | 9999999999 | a.jsonl | 2\n"
                       "out_of_range | features.quotes_count | 9999999999 | a.jsonl | 3\n"
                       "phone | targets.pressure_keys[1] | xxxx 999-999-9999 | a.jsonl | 4\n"
                       "malformed | the whole line | { | b.jsonl | 2"));
}

void TestRejectionsModel::findings_narrow_to_a_rule_a_field_and_a_file()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSelection(m_selection);
    model.narrow(FindingFilter {FindingGroup::Rule, static_cast<std::size_t>(Rule::OutOfRange), {}});
    QCOMPARE(model.rowCount(), 2);
    model.narrow(FindingFilter {FindingGroup::Field, 0, "targets.pressure_keys[]"});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, FindingsModel::RuleColumn).data().toString(), QStringLiteral("phone"));
    model.narrow(FindingFilter {FindingGroup::File, 1, {}});
    QCOMPARE(model.rowCount(), 2);
    model.narrow(std::nullopt);
    QCOMPARE(model.rowCount(), 6);
}

void TestRejectionsModel::columns_sort_both_ways_and_ties_stand_as_in_the_files()
{
    FindingsModel model;
    model.setSelection(m_selection);
    const auto linesOf = [&] {
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            rows << model.index(row, FindingsModel::LineColumn).data().toString();
        }
        return rows.join(QLatin1Char(' '));
    };
    model.sortBy(int {FindingsModel::LineColumn}, Qt::AscendingOrder);
    QCOMPARE(linesOf(), QStringLiteral("1 2 2 3 3 4"));
    model.sortBy(int {FindingsModel::LineColumn}, Qt::DescendingOrder);
    QCOMPARE(linesOf(), QStringLiteral("4 3 3 2 2 1"));
    model.sortBy(int {FindingsModel::FieldColumn}, Qt::AscendingOrder);
    QCOMPARE(model.index(0, FindingsModel::FieldColumn).data().toString(), QStringLiteral("the whole line"));
    model.sortBy(std::nullopt, Qt::AscendingOrder);
    QCOMPARE(model.index(0, FindingsModel::RuleColumn).data().toString(), QStringLiteral("email"));
}

void TestRejectionsModel::many_findings_are_put_in_order_while_the_old_order_stays()
{
    constexpr int Many = 12'000;
    const TemporaryFolder folder;
    std::string text;
    for (int line = 0; line < Many; ++line) {
        text += "{\n";
    }
    folder.write("a.jsonl", text);
    IndexRequest request;
    request.files = *requireExampleFiles(folder.path());
    request.schema = defaultSchema();
    IndexPtr index;
    QVERIFY(buildIndex(request, [&index](IndexPtr next) { index = std::move(next); }, {}, {}));
    const auto selection = select(index, ExampleFilter(), {});
    QVERIFY(selection);

    FindingsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto firstLine = [&model] { return model.index(0, FindingsModel::LineColumn).data().toString(); };
    QSignalSpy listed(&model, &FindingsModel::listed);
    model.setSelection(*selection);
    QVERIFY(model.busy());
    QVERIFY(listed.wait());
    QCOMPARE(model.rowCount(), Many);
    QCOMPARE(firstLine(), QStringLiteral("1"));
    model.sortBy(int {FindingsModel::LineColumn}, Qt::DescendingOrder);
    QVERIFY(model.busy());
    QCOMPARE(firstLine(), QStringLiteral("1"));
    QVERIFY(listed.wait());
    QVERIFY(!model.busy());
    QCOMPARE(firstLine(), QStringLiteral("12,000"));
    QCOMPARE(model.index(0, FindingsModel::LineColumn).data(FindingsModel::ExactRole).toString(),
        QStringLiteral("12000")); // what is copied is a number for whoever pastes it
    model.sortBy(int {FindingsModel::LineColumn}, Qt::AscendingOrder);
    model.setSelection(nullptr); // what was on its way is not wanted any more
    QVERIFY(!model.busy());
    QCoreApplication::processEvents();
    QCOMPARE(model.rowCount(), 0);
}

void TestRejectionsModel::swaps_of_selections_keep_the_model_in_step()
{
    FindingsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSelection(m_selection);
    const IndexedFinding phone = model.finding(4);
    QCOMPARE(model.positionOf(phone), 4);
    model.setSelection(m_firstFile);
    QCOMPARE(text(model), QStringLiteral("out_of_range | features.quotes_count | 9999999999 | a.jsonl | 2"));
    QCOMPARE(model.positionOf(phone), -1);
    model.setSelection(nullptr);
    QCOMPARE(model.rowCount(), 0);
    model.setSelection(m_selection);
    QCOMPARE(model.positionOf(phone), 4);
}

void TestRejectionsModel::no_role_of_any_cell_holds_a_raw_value()
{
    FindingsModel model;
    model.setSelection(m_selection);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            for (int role = 0; role < Qt::UserRole + 8; ++role) {
                const QString cell = model.index(row, column).data(role).toString();
                QVERIFY(!cell.contains(QStringLiteral("555")));
                QVERIFY(!cell.contains(QStringLiteral("jo@")));
            }
        }
    }
}

void TestRejectionsModel::places_in_a_list_are_one_field()
{
    QCOMPARE(fieldOfPath("targets.pressure_keys[13]"), std::string("targets.pressure_keys[]"));
    QCOMPARE(fieldOfPath("features.window_days"), std::string("features.window_days"));
    QCOMPARE(fieldOfPath(""), std::string());
}

void TestRejectionsModel::every_rule_says_why_and_what_to_do()
{
    for (std::size_t rule = 0; rule < RuleCount; ++rule) {
        for (const char* path : {"", "id", "features", "features.source", "targets.pressure_keys[2]"}) {
            QVERIFY(whyRejected(static_cast<Rule>(rule), path).endsWith(QLatin1Char('.')));
        }
        QVERIFY(
            whatToDo(static_cast<Rule>(rule)).contains(QStringLiteral("Nothing here changes your files.")));
    }
    QCOMPARE(whyRejected(Rule::Phone, "features.industry_key"),
        QStringLiteral(
            "A telephone number stands where an industry should be. A number with ten digits can lead "
            "to a person, so the whole row stays here."));
}

QTEST_MAIN(TestRejectionsModel)
#include "tst_rejections_model.moc"
