// SPDX-License-Identifier: Apache-2.0
/// The Insights tab: what a choice of a bar does, and what stands there without data.
#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/temporary_folder.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/insights/bar_chart.h"
#include "ui/insights/chart_picture.h"
#include "ui/insights/insight_card.h"
#include "ui/insights/insights_board.h"
#include "ui/insights/insights_panel.h"
#include "ui/widgets/state_page.h"

#include <QAction>
#include <QApplication>
#include <QImage>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

using namespace workbench;

namespace {

struct Desk {
    TemporaryFolder folder;
    WorkbenchState state;
    InsightsPanel panel;

    Desk() : state(options()), panel(state, nullptr)
    {
        panel.resize(1150, 760);
        panel.show();
    }

    static WorkbenchOptions options()
    {
        WorkbenchOptions options;
        options.schema = defaultSchema();
        return options;
    }

    bool open()
    {
        std::string lines;
        for (int i = 0; i < 3; ++i) {
            lines += ExampleBuilder().with("industry_key", "hvac").with("labels.reviewer_score", 2).json()
                + "\n";
        }
        lines += ExampleBuilder().with("industry_key", "unknown").with("labels", nullptr).json() + "\n";
        folder.write("data/a.jsonl", lines);
        state.openFolder(toQt(folder.path("data")));
        return waitForRows(4);
    }

    bool waitForRows(std::uint64_t rows)
    {
        return QTest::qWaitFor([this, rows] {
            return state.statistics() && state.statistics()->selection->ledger.matched == rows
                && state.idle();
        });
    }

    [[nodiscard]] InsightCard* card(const QString& name) const
    {
        for (InsightCard* card : panel.findChildren<InsightCard*>()) {
            if (card->accessibleName() == name) {
                return card;
            }
        }
        return nullptr;
    }

    [[nodiscard]] BarRow* bar(const QString& cardName, const QString& label) const
    {
        for (BarRow* row : card(cardName)->findChildren<BarRow*>()) {
            if (row->isVisibleTo(card(cardName)) && row->accessibleName().contains(label)) {
                return row;
            }
        }
        return nullptr;
    }
};

} // namespace

class TestInsightsPanel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void without_a_folder_it_says_so()
    {
        const Desk desk;
        QVERIFY(desk.panel.findChild<StatePage*>()->isVisible());
        QCOMPARE(desk.panel.findChild<StatePage*>()->title(), QStringLiteral("Nothing is open"));
        QVERIFY(desk.panel.findChild<QScrollArea*>(QStringLiteral("insightsView")));
        QVERIFY(!desk.panel.actions().at(1)->isEnabled());
    }

    void each_card_is_titled_with_its_finding()
    {
        Desk desk;
        QVERIFY(desk.open());
        QCOMPARE(desk.card(QStringLiteral("Industry by source"))->title(),
            QStringLiteral("Every fourth row has no known industry"));
        QVERIFY(desk.card(QStringLiteral("Reviewer scores"))
                    ->title()
                    .startsWith(QStringLiteral("3 rows are labelled")));
    }

    void a_bar_narrows_the_filter_and_a_second_click_takes_it_back()
    {
        Desk desk;
        QVERIFY(desk.open());
        BarRow* hvac = desk.bar(QStringLiteral("Industry by source"), QStringLiteral("hvac"));
        QVERIFY(hvac);
        QVERIFY(hvac->accessibleName().contains(QStringLiteral("3 rows")));
        QTest::mouseClick(hvac, Qt::LeftButton);
        QCOMPARE(desk.state.filter().industry, std::optional<std::string>("hvac"));
        QVERIFY(desk.waitForRows(3));
        BarRow* chosen = desk.bar(QStringLiteral("Industry by source"), QStringLiteral("hvac"));
        chosen->setFocus();
        QTest::keyClick(chosen, Qt::Key_Return);
        QCOMPARE(desk.state.filter().industry, std::optional<std::string>());
        QVERIFY(desk.waitForRows(4));
    }

    void a_reviewer_score_narrows_to_labelled_rows()
    {
        Desk desk;
        QVERIFY(desk.open());
        QTest::mouseClick(
            desk.bar(QStringLiteral("Reviewer scores"), QStringLiteral("Score 2")), Qt::LeftButton);
        QVERIFY(desk.state.filter().labelled);
        QVERIFY(desk.waitForRows(3));
    }

    void a_bar_without_a_filter_does_nothing()
    {
        Desk desk;
        QVERIFY(desk.open());
        const ExampleFilter before = desk.state.filter();
        const auto bars = desk.card(QStringLiteral("Boundary classes"))->findChildren<BarRow*>();
        QVERIFY(!bars.isEmpty());
        QTest::mouseClick(bars.first(), Qt::LeftButton);
        QVERIFY(desk.state.filter() == before);
    }

    void what_changed_while_nobody_looked_is_there_when_somebody_does()
    {
        Desk desk;
        QVERIFY(desk.open());
        QVERIFY(desk.bar(QStringLiteral("Industry by source"), QStringLiteral("hvac"))
                    ->accessibleName()
                    .contains(QStringLiteral("3 rows")));
        desk.panel.hide();
        const std::weak_ptr<const Statistics> before = desk.state.statistics();
        ExampleFilter filter = desk.state.filter();
        filter.industry = "unknown";
        desk.state.changeFilter(filter, QStringLiteral("filter"));
        QVERIFY(desk.waitForRows(1));
        QTRY_VERIFY(before.expired()); // a panel that nobody looks at keeps no rows in memory
        desk.panel.show();
        const BarRow* hvac = desk.bar(QStringLiteral("Industry by source"), QStringLiteral("hvac"));
        QVERIFY(!hvac || hvac->accessibleName().contains(QStringLiteral("0 rows")));
    }

    void arrows_move_from_bar_to_bar()
    {
        Desk desk;
        QVERIFY(desk.open());
        QApplication::setActiveWindow(&desk.panel);
        const auto bars = desk.card(QStringLiteral("Industry by source"))->findChildren<BarRow*>();
        bars.first()->setFocus();
        QTest::keyClick(bars.first(), Qt::Key_Down);
        QVERIFY(bars.at(1)->hasFocus());
        QTest::keyClick(bars.at(1), Qt::Key_Up);
        QVERIFY(bars.first()->hasFocus());
    }

    void a_chart_with_fewer_bars_is_still_reached_by_tab()
    {
        BarChart chart;
        Bar bar;
        bar.label = bar.spoken = QStringLiteral("rows");
        chart.setBars({bar, bar, bar}, false);
        chart.show();
        const QList<BarRow*> rows = chart.findChildren<BarRow*>();
        QTest::keyClick(rows.at(0), Qt::Key_Down);
        QTest::keyClick(rows.at(1), Qt::Key_Down);
        QCOMPARE(rows.at(2)->focusPolicy(), Qt::StrongFocus);
        chart.setBars({bar, bar}, false);
        int stops = 0;
        for (const BarRow* row : rows) {
            stops += row->isVisible() && row->focusPolicy() == Qt::StrongFocus ? 1 : 0;
        }
        QCOMPARE(stops, 1);
    }

    void the_same_numbers_stand_in_a_table()
    {
        Desk desk;
        QVERIFY(desk.open());
        auto* numbers = desk.card(QStringLiteral("Industry by source"))->findChild<QTableWidget*>();
        QVERIFY(!numbers->isVisible());
        desk.panel.actions().at(0)->trigger();
        QVERIFY(numbers->isVisible());
        QCOMPARE(numbers->item(0, 0)->text(), QStringLiteral("hvac"));
        QCOMPARE(numbers->item(0, 3)->text(), QStringLiteral("3"));
        QCOMPARE(numbers->item(0, 4)->text(), QStringLiteral("75.0\u00a0%"));
    }

    void charts_are_saved_as_a_picture_or_the_reason_is_told()
    {
        Desk desk;
        QVERIFY(desk.open());
        const QImage picture = desk.panel.findChild<InsightsBoard*>()->picture();
        QVERIFY(picture.width() > 2 * InsightsBoard::LeastCardWidth);
        ChartPicture writer;
        QSignalSpy saved(&writer, &ChartPicture::saved);
        QSignalSpy failed(&writer, &ChartPicture::failed);
        writer.save(picture, toQt(desk.folder.path("charts.png")));
        QVERIFY(writer.busy());
        QTRY_COMPARE(saved.count(), 1);
        QVERIFY(!writer.busy());
        QCOMPARE(QImage(toQt(desk.folder.path("charts.png"))).size(), picture.size());
        writer.save(picture, toQt(desk.folder.path("nowhere/charts.png")));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(!failed.at(0).at(1).toString().isEmpty());
    }

    void when_nothing_matches_the_filters_can_be_cleared()
    {
        Desk desk;
        QVERIFY(desk.open());
        ExampleFilter filter = desk.state.filter();
        filter.industry = "plumbing";
        desk.state.changeFilter(filter, QStringLiteral("plumbing"));
        QTRY_VERIFY(desk.state.selection()->ledger.matched == 0);
        auto* page = desk.panel.findChild<StatePage*>();
        QTRY_VERIFY(page->isVisible());
        QCOMPARE(page->title(), QStringLiteral("No row matches these filters"));
        page->firstButton()->click();
        QVERIFY(desk.waitForRows(4));
    }
};

QTEST_MAIN(TestInsightsPanel)
#include "tst_insights_panel.moc"
