// SPDX-License-Identifier: Apache-2.0
/// From the window to the sheet and back: one click, nothing skipped.
#include "tests/ui/hub_desk.h"
#include "ui/jobs/job_details.h"
#include "ui/publish/publish_sheet.h"
#include "ui/publish/refusal_banner.h"
#include "ui/schema/schema_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/window_memory.h"

#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace workbench;

namespace {

struct Desk : HubDesk {
    Desk() : memory(nullptr), window(*state, memory)
    {
        writeSixExamples(world.folder, "data");
        window.show();
        window.openFolder(toQt(world.folder.path("data")));
        ready = QTest::qWaitFor([this] { return state->idle(); }, 20'000);
    }

    template <class T> T* find(const char* name) const { return window.findChild<T*>(QLatin1String(name)); }
    [[nodiscard]] QPushButton* button(const char* name) const { return find<QPushButton>(name); }
    [[nodiscard]] PublishSheet* sheet() const { return window.findChild<PublishSheet*>(); }
    bool sheetAt(PublishSheet::Stage stage) const
    {
        return QTest::qWaitFor([&] { return sheet() && sheet()->stage() == stage; }, 30'000);
    }
    [[nodiscard]] QStringList primaries() const
    {
        QStringList names;
        for (const auto* each : window.findChildren<QPushButton*>()) {
            if (each->isVisible() && each->property("primary").toBool() && each->window() == &window) {
                names += each->objectName();
            }
        }
        return names;
    }

    WindowMemory memory;
    MainWindow window;
    bool ready = false;
};

} // namespace

class PublishWindowTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareLook(); }

    void publish_exports_first_with_the_exports_own_question_and_then_shows_the_sheet()
    {
        Desk desk;
        QVERIFY(desk.ready);
        QCOMPARE(desk.primaries(), QStringList {QStringLiteral("exportButton")});
        QVERIFY(desk.button("pushButton")->isEnabled());
        desk.button("pushButton")->setFocus();
        QTest::keyClick(&desk.window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(desk.find<QDialog>("exportQuestion") != nullptr); // one row is rejected
        QVERIFY(desk.sheet() == nullptr);
        desk.button("confirmExportButton")->click();
        QVERIFY(desk.sheetAt(PublishSheet::Stage::Shown));
        QCOMPARE(desk.button("confirmPublishButton")->text(), QStringLiteral("Publish 5 rows"));
        QCOMPARE(desk.primaries(), QStringList {QStringLiteral("pushButton")});
        desk.button("confirmPublishButton")->click();
        QVERIFY(desk.sheetAt(PublishSheet::Stage::Over));
        const std::string head = desk.world.hub.snapshot(HubWorld::Repo).head;
        QVERIFY(!head.empty());
        desk.sheet()->close();
        QTRY_COMPARE(desk.window.focusWidget(), static_cast<QWidget*>(desk.button("pushButton")));

        // The job's details hold the receipt, and the status bar says who it was.
        auto* details = desk.window.findChild<JobDetails*>();
        QTRY_VERIFY_WITH_TIMEOUT(
            details->asText().contains(QStringLiteral("lab/signals, revision ") + toQt(head.substr(0, 8))),
            10'000);
        QVERIFY(desk.button("publishedLink")->isVisible());
        QCOMPARE(desk.find<QLabel>("hubUser")->text(), QStringLiteral("Hub: signed in as lena"));
        const QString folder = qEnvironmentVariable("WORKBENCH_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(300);
            QVERIFY(desk.window.grab().save(QDir(folder).filePath(QStringLiteral("window-after.png"))));
        }
    }

    void an_export_that_is_not_confirmed_publishes_nothing_later()
    {
        Desk desk;
        QVERIFY(desk.ready);
        desk.button("pushButton")->click();
        QTRY_VERIFY(desk.find<QDialog>("exportQuestion") != nullptr);
        desk.find<QDialog>("exportQuestion")->reject();
        QTRY_VERIFY(desk.find<QDialog>("exportQuestion") == nullptr);
        desk.button("exportButton")->click();
        QTRY_VERIFY(desk.find<QDialog>("exportQuestion") != nullptr);
        desk.button("confirmExportButton")->click();
        QTRY_COMPARE_WITH_TIMEOUT(
            desk.primaries(), QStringList {QStringLiteral("pushButton")}, 20'000); // the next step
        QTest::qWait(100);
        QVERIFY(desk.sheet() == nullptr);
        // The bundle is there now: Publish shows the sheet at once. Another selection needs another export.
        desk.window.showTab(Tab::Preview);
        auto* table = desk.find<QWidget>("previewTable");
        table->setFocus();
        desk.button("pushButton")->click(); // as by its shortcut: the table keeps the keyboard
        QVERIFY(desk.sheetAt(PublishSheet::Stage::Shown));
        desk.sheet()->close();
        QTRY_VERIFY(desk.sheet() == nullptr);
        QTRY_COMPARE(desk.window.focusWidget(), table);
        ExampleFilter mock = desk.state->filter();
        mock.source = "mock";
        desk.state->changeFilter(mock, QStringLiteral("source is mock"));
        QTRY_COMPARE(desk.primaries(), QStringList {QStringLiteral("exportButton")});
        desk.state->undoStack().undo();
        QTRY_COMPARE(desk.primaries(), QStringList {QStringLiteral("pushButton")});
    }

    void a_finished_job_is_published_from_its_details()
    {
        Desk desk;
        QVERIFY(desk.ready);
        desk.window.showTab(Tab::Jobs);
        auto* publish = desk.button("publishBundleButton");
        QTRY_VERIFY_WITH_TIMEOUT(publish->isVisible() && publish->isEnabled(), 10'000);
        publish->click();
        QVERIFY(desk.sheetAt(PublishSheet::Stage::Shown));
        QCOMPARE(desk.button("confirmPublishButton")->text(), QStringLiteral("Publish 4 rows"));
    }

    void what_is_published_is_a_baseline_and_follows_what_is_published()
    {
        Desk desk;
        QVERIFY(desk.ready);
        auto* panel = desk.find<SchemaPanel>("schemaPanel");
        auto* combo = desk.find<QComboBox>("schemaBaselineCombo");
        const auto choose = [&] {
            const int place = combo->findText(QStringLiteral("Published"));
            combo->setCurrentIndex(place);
            Q_EMIT combo->activated(place);
        };
        const auto words = [panel] {
            QStringList all;
            for (const auto* label : panel->findChildren<QLabel*>()) {
                if (label->isVisibleTo(panel)) {
                    all += label->text();
                }
            }
            return all.join(QLatin1Char('\n'));
        };
        choose(); // there is no repository yet
        QVERIFY(words().contains(QStringLiteral("asking the Hub")));
        QVERIFY(QTest::qWaitFor([panel] { return panel->idle(); }, 20'000));
        QVERIFY2(words().contains(QStringLiteral("lab/signals")), qPrintable(words()));
        QCOMPARE(combo->currentText(), QStringLiteral("Nothing yet"));

        desk.world.exportWith("core", "signals_v1_core48");
        QVERIFY(desk.world.push("core").outcome.published);
        choose();
        QVERIFY(QTest::qWaitFor([panel] { return panel->idle(); }, 20'000));
        QCOMPARE(combo->currentText(), QStringLiteral("Published"));
        QVERIFY2(words().contains(toQt(builtinSchema("signals_v1_core48")->hash())), qPrintable(words()));

        // A later publishing makes it another one.
        PublishOrder order;
        order.bundleDir = toQt(desk.world.folder.path("out/first"));
        order.allowSchemaChange = true;
        desk.state->publisher().publish(order);
        QTRY_VERIFY_WITH_TIMEOUT(
            !words().contains(toQt(builtinSchema("signals_v1_core48")->hash())) && panel->idle(), 20'000);
        QCOMPARE(combo->currentText(), QStringLiteral("Published"));

        desk.world.hub.fail({.kind = fakehub::FaultKind::Close, .times = 0});
        choose();
        QVERIFY(QTest::qWaitFor([panel] { return panel->idle(); }, 20'000));
        QVERIFY2(words().contains(QStringLiteral("What is published cannot be compared with.")),
            qPrintable(words()));
        QVERIFY2(words().contains(QStringLiteral("the connection broke off")), qPrintable(words()));
    }
};

QTEST_MAIN(PublishWindowTest)
#include "tst_publish_window.moc"
