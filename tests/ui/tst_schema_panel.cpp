// SPDX-License-Identifier: Apache-2.0
/// The Schema tab as its users see it.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/schema/schema_diff_model.h"
#include "ui/schema/schema_panel.h"
#include "ui/schema/schema_strip.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented_control.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace workbench;

namespace {

struct Desk {
    TemporaryFolder folder;
    WorkbenchState state;
    SchemaPanel panel;

    Desk() : state(options(folder)), panel(state, nullptr) {}

    static WorkbenchOptions options(const TemporaryFolder& folder)
    {
        WorkbenchOptions options;
        options.schema = defaultSchema();
        options.config.outDir.value = folder.path("out");
        return options;
    }

    [[nodiscard]] QTableView* table() const
    {
        return panel.findChild<QTableView*>(QStringLiteral("schemaDiffTable"));
    }
    [[nodiscard]] QComboBox* combo() const
    {
        return panel.findChild<QComboBox*>(QStringLiteral("schemaBaselineCombo"));
    }
    [[nodiscard]] QString verdict() const { return panel.findChild<SchemaStrip*>()->verdictText(); }
    [[nodiscard]] QString shownAs(SchemaShown what) const
    {
        return panel.findChild<SegmentedControl*>()->button(static_cast<int>(what))->text();
    }
    bool settle()
    {
        return QTest::qWaitFor([this] { return panel.idle(); });
    }
};

} // namespace

class TestSchemaPanel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void without_a_baseline_the_features_stand_alone()
    {
        const Desk desk;
        QVERIFY(desk.verdict().startsWith(QStringLiteral("Nothing to compare with yet.")));
        QCOMPARE(desk.table()->model()->rowCount(), 70);
        QVERIFY(desk.table()->isColumnHidden(SchemaDiffModel::BaselineName));
        QVERIFY(!desk.table()->isColumnHidden(SchemaDiffModel::CurrentName));
        QCOMPARE(desk.combo()->currentText(), QStringLiteral("Nothing yet"));
        QVERIFY(desk.panel.idle());
    }

    void what_the_matched_rows_hold_stands_beside_each_feature()
    {
        Desk desk;
        desk.panel.show();
        const std::string rows = ExampleBuilder().with("window_days", 30).json() + "\n"
            + ExampleBuilder().with("window_days", 365).with("coverage_ratio", nullptr).json() + "\n";
        desk.folder.write("data/a.jsonl", rows);
        desk.state.openFolder(toQt(desk.folder.path("data")));
        QTRY_VERIFY(desk.state.statistics() && desk.state.statistics()->selection->ledger.matched == 2);
        const QAbstractItemModel* model = desk.table()->model();
        const auto cell
            = [model](int row, int column) { return model->index(row, column).data().toString(); };
        QCOMPARE(cell(3, SchemaDiffModel::CurrentName), QStringLiteral("window_days"));
        QCOMPARE(cell(3, SchemaDiffModel::Lowest), QStringLiteral("30"));
        QCOMPARE(cell(3, SchemaDiffModel::Highest), QStringLiteral("365"));
        QCOMPARE(cell(4, SchemaDiffModel::NullRate), QStringLiteral("50.0\u00a0%"));
    }

    void what_changed_while_nobody_looked_is_there_when_somebody_does()
    {
        Desk desk;
        desk.folder.write("data/a.jsonl",
            ExampleBuilder().with("window_days", 30).with("industry_key", "hvac").json() + "\n"
                + ExampleBuilder().with("window_days", 365).with("industry_key", "cleaning").json() + "\n");
        const auto lowest
            = [&desk] { return desk.table()->model()->index(3, SchemaDiffModel::Lowest).data().toString(); };
        desk.state.openFolder(toQt(desk.folder.path("data")));
        QTRY_VERIFY(desk.state.statistics() && desk.state.statistics()->selection->ledger.matched == 2);
        desk.panel.show();
        QCOMPARE(lowest(), QStringLiteral("30"));

        desk.panel.hide();
        const std::weak_ptr<const Statistics> before = desk.state.statistics();
        ExampleFilter filter = desk.state.filter();
        filter.industry = "cleaning";
        desk.state.changeFilter(filter, QStringLiteral("filter"));
        QTRY_VERIFY(desk.state.statistics() && desk.state.statistics()->selection->ledger.matched == 1);
        QTRY_VERIFY(before.expired()); // a panel that nobody looks at keeps no rows in memory
        desk.panel.show();
        QCOMPARE(lowest(), QStringLiteral("365"));
    }

    void the_columns_share_all_of_the_width()
    {
        Desk desk;
        for (const int width : {950, 951, 1000}) {
            desk.panel.resize(width, 700);
            desk.panel.show();
            int columns = 0;
            for (int column = 0; column < SchemaDiffModel::ColumnCount; ++column) {
                columns += desk.table()->columnWidth(column); // 0 for a hidden one
            }
            QCOMPARE(columns, desk.table()->viewport()->width());
        }
    }

    void a_feature_without_a_value_says_so()
    {
        Desk desk;
        desk.panel.show();
        desk.folder.write("data/a.jsonl", ExampleBuilder().with("window_days", nullptr).json() + "\n");
        desk.state.openFolder(toQt(desk.folder.path("data")));
        QTRY_VERIFY(desk.state.statistics() && desk.state.statistics()->selection->ledger.matched == 1);
        QCOMPARE(desk.table()->model()->index(3, SchemaDiffModel::Lowest).data().toString(),
            QStringLiteral("no value in any row"));
    }

    void a_shipped_schema_can_be_the_baseline()
    {
        Desk desk;
        desk.panel.setBaseline(QStringLiteral("signals_v1_core48"));
        QVERIFY(!desk.panel.idle());
        QVERIFY(desk.settle());
        QVERIFY2(desk.verdict().startsWith(QStringLiteral(
                     "Models trained on the baseline do not fit. 22 features were added at the end.")),
            qPrintable(desk.verdict()));
        QVERIFY(!desk.table()->isColumnHidden(SchemaDiffModel::BaselineName));
        QCOMPARE(desk.shownAs(SchemaShown::All), QStringLiteral("All 70"));
        QCOMPARE(desk.shownAs(SchemaShown::Changes), QStringLiteral("Changes 22"));
        QCOMPARE(desk.shownAs(SchemaShown::Removed), QStringLiteral("Removed 0"));
        QCOMPARE(desk.combo()->currentText(), QStringLiteral("Built in: signals_v1_core48"));

        desk.panel.findChild<SegmentedControl*>()->button(static_cast<int>(SchemaShown::Added))->click();
        QCOMPARE(desk.table()->model()->rowCount(), 22);
    }

    void hashes_are_heard_as_they_are_seen()
    {
        Desk desk;
        QStringList heard;
        const auto listen = [&] {
            heard.clear();
            for (const QLabel* label : desk.panel.findChildren<QLabel*>()) {
                heard << label->accessibleName();
            }
        };
        listen();
        QVERIFY(heard.contains(QStringLiteral("Hash of the current schema: c47f7d39")));
        QVERIFY(heard.contains(QStringLiteral("No baseline, no hash")));
        desk.panel.setBaseline(QStringLiteral("signals_v1_core48"));
        QVERIFY(desk.settle());
        listen();
        QVERIFY(heard.contains(QStringLiteral("Hash of the baseline: 3e09b767")));
    }

    void the_same_schema_is_identical()
    {
        Desk desk;
        desk.panel.setBaseline(QStringLiteral("signals_v1"));
        QVERIFY(desk.settle());
        QVERIFY(desk.verdict().startsWith(QStringLiteral("Models trained on the baseline fit.")));
    }

    void a_baseline_that_cannot_be_read_leaves_the_old_one()
    {
        Desk desk;
        desk.panel.setBaseline(QStringLiteral("signals_v1_core48"));
        QVERIFY(desk.settle());
        desk.panel.setBaseline(toQt(desk.folder.path("nowhere.json")));
        QVERIFY(desk.settle());
        const auto* message = desk.panel.findChild<MessageBar*>();
        QCOMPARE(message->title(), QStringLiteral("This baseline cannot be read."));
        QVERIFY(!message->text().isEmpty());
        QCOMPARE(desk.combo()->currentText(), QStringLiteral("Built in: signals_v1_core48"));
        QVERIFY(desk.verdict().startsWith(QStringLiteral("Models trained on the baseline do not fit.")));
    }

    void an_answer_that_was_overtaken_is_dropped()
    {
        Desk desk;
        desk.panel.setBaseline(QStringLiteral("signals_v1_core48"));
        desk.panel.setBaseline(QStringLiteral("signals_v1"));
        QVERIFY(desk.settle());
        QTest::qWait(50); // the first answer is here by now
        QCOMPARE(desk.combo()->currentText(), QStringLiteral("Built in: signals_v1"));
        QVERIFY(desk.verdict().startsWith(QStringLiteral("Models trained on the baseline fit.")));
    }

    void earlier_bundles_are_choices_and_failed_jobs_are_not()
    {
        Desk desk;
        JobRecord good;
        good.jobId = "good";
        good.status = JobStatus::Completed;
        good.completedAt = "2026-11-08T10:00:00.000Z";
        good.rows.exported = 1098;
        good.bundleDir = desk.folder.path("out/good");
        JobRecord failed = good;
        failed.status = JobStatus::Failed;
        failed.completedAt = "2026-11-09T10:00:00.000Z";
        JobList list;
        list.jobs = {failed, good};
        Q_EMIT desk.state.jobs().jobsListed(list);
        QVERIFY(desk.combo()->findText(QStringLiteral("Bundle of 8 Nov 2026, 1,098 rows")) > 0);
        QCOMPARE(desk.combo()->findText(QStringLiteral("Bundle of 9 Nov 2026, 1,098 rows")), -1);
        QCOMPARE(desk.combo()->currentText(), QStringLiteral("Nothing yet"));
    }

    void a_schema_file_is_named_by_its_file()
    {
        Desk desk;
        const std::string file
            = desk.folder.write("older.json", builtinSchema("signals_v1_core48")->toJson());
        desk.panel.setBaseline(toQt(file));
        QVERIFY(desk.settle());
        QCOMPARE(desk.combo()->currentText(), QStringLiteral("File: older.json"));
    }
};

QTEST_MAIN(TestSchemaPanel)
#include "tst_schema_panel.moc"
