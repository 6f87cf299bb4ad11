// SPDX-License-Identifier: Apache-2.0
/// The publish sheet as a person uses it, against a Hub that can fail at any request.
#include "tests/ui/publish_desk.h"
#include "ui/bridge/publish_runner.h"
#include "ui/publish/planned_files_model.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineEdit>
#include <QProgressBar>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <filesystem>

using namespace workbench;
using Desk = PublishDesk;
using fakehub::FaultKind;

namespace {

constexpr const char* Repo = HubWorld::Repo;

} // namespace

class PublishSheetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareLook(); }

    void it_says_what_will_happen_before_anything_is_sent()
    {
        Desk desk;
        QVERIFY(desk.world.push().outcome.published);
        const std::size_t commits = desk.world.hub.commits(Repo).size();
        desk.world.exportFewer("second");
        desk.show("second");
        QVERIFY(!desk.publishButton()->isEnabled());
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.publishButton()->text(), QStringLiteral("Publish 2 rows"));
        QVERIFY(desk.publishButton()->isEnabled());
        QVERIFY(!desk.sheet->banner()->isVisible());
        QCOMPARE(desk.find<QLabel>("publishBadge")->text(), QStringLiteral("Private"));
        QVERIFY(desk.find<QLabel>("publishPlace")->text().contains(QStringLiteral("branch main")));
        QCOMPARE(desk.sheet->windowModality(), Qt::WindowModal);
        // Icon and word are one chip.
        QCOMPARE(desk.find<QLabel>("publishBadge")->parentWidget()->property("chip").toString(),
            QStringLiteral("ok"));
        QCOMPARE(desk.find<QLabel>("publishBadge")->parentWidget()->findChildren<QLabel*>().size(), 2);

        const QAbstractItemModel* files = desk.find<QTableView>("publishFilesTable")->model();
        QStringList changes;
        for (int row = 0; row < files->rowCount(); ++row) {
            changes += files->index(row, PlannedFilesModel::Change).data().toString();
        }
        QStringList sorted = changes;
        std::stable_sort(sorted.begin(), sorted.end(), [](const QString& a, const QString& b) {
            const QStringList order {
                QStringLiteral("deleted"), QStringLiteral("added"), QStringLiteral("replaced")};
            return order.indexOf(a) < order.indexOf(b);
        });
        QCOMPARE(changes, sorted); // what hurts most first
        QVERIFY(changes.contains(QStringLiteral("deleted")) && changes.contains(QStringLiteral("replaced")));
        QVERIFY(files->index(0, PlannedFilesModel::Difference).data().toString().startsWith(QChar(0x2212)));

        QVERIFY2(desk.facts().contains(QStringLiteral("All rows\t4\t2\t\u22122")), qPrintable(desk.facts()));
        QVERIFY(desk.facts().contains(QStringLiteral("mock\t3\t2\t\u22121")));
        QVERIFY(desk.facts().contains(QStringLiteral("c47f7d39 = c47f7d39")));
        QVERIFY(desk.facts().contains(QStringLiteral("passed\tRepository is private")));
        QVERIFY(desk.facts().contains(QStringLiteral("rows guarded again")));
        QCOMPARE(desk.world.hub.commits(Repo).size(), commits);
        QCOMPARE(desk.state->publisher().userName(), QStringLiteral("lena"));
        desk.picture(QStringLiteral("passes"));
    }

    void no_button_is_the_default_one_and_return_publishes_only_from_publish()
    {
        Desk desk;
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        for (const auto* button : desk.sheet->findChildren<QPushButton*>()) {
            QVERIFY2(!button->isDefault() && !button->autoDefault(), qPrintable(button->text()));
        }
        desk.find<QLineEdit>("commitMessageEdit")->setFocus();
        QTest::keyClick(desk.find<QLineEdit>("commitMessageEdit"), Qt::Key_Return);
        desk.find<QTableView>("publishFilesTable")->setFocus();
        QTest::keyClick(desk.find<QTableView>("publishFilesTable"), Qt::Key_Enter);
        QTest::qWait(50);
        QVERIFY(desk.sheet && desk.sheet->stage() == PublishSheet::Stage::Shown);
        QVERIFY(!desk.world.hub.snapshot(Repo).exists);
        desk.publishButton()->setFocus();
        QTest::keyClick(desk.publishButton(), Qt::Key_Return);
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        QVERIFY(desk.world.holds("first"));
    }

    void afterwards_it_shows_the_revision_and_what_was_read_back()
    {
        Desk desk;
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.find<QLabel>("publishBadge")->text(), QStringLiteral("New, private"));
        auto* message = desk.find<QLineEdit>("commitMessageEdit");
        message->selectAll();
        QTest::keyClicks(message, QStringLiteral("Four rows"));
        QTest::mouseClick(desk.publishButton(), Qt::LeftButton);
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        const auto there = desk.world.hub.snapshot(Repo);
        QVERIFY(desk.world.holds("first") && there.isPrivate);
        QCOMPARE(desk.world.hub.commits(Repo).front().title, std::string("Four rows"));
        QCOMPARE(desk.message().title, QStringLiteral("4 rows are published."));
        QVERIFY(desk.message().text.contains(toQt(there.head)));
        const QRegularExpression readBack(QStringLiteral("\\b(\\d+) of \\1 changes read back"));
        QVERIFY2(desk.message().text.contains(readBack), qPrintable(desk.message().text));
        QVERIFY(desk.sheet->banner()->openButton()->isVisible());
        desk.sheet->banner()->copyButton()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), toQt(there.head));
        QVERIFY(!desk.publishButton()->isVisible());
        QCOMPARE(desk.cancelButton()->text(), QStringLiteral("Close"));
        // What was to come is now.
        QVERIFY2(desk.facts().contains(
                     QStringLiteral("nothing before\tnow, rev. ") + toQt(there.head.substr(0, 8))),
            qPrintable(desk.facts()));
        QVERIFY2(!desk.facts().contains(QStringLiteral("published: ")), qPrintable(desk.facts()));
        const QAbstractItemModel* files = desk.find<QTableView>("publishFilesTable")->model();
        QCOMPARE(files->headerData(PlannedFilesModel::Now, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Before"));
        QCOMPARE(files->headerData(PlannedFilesModel::After, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Now"));
        const auto receipt = desk.world.receipt();
        QVERIFY(receipt && receipt->pushed && receipt->revision == there.head);
        desk.picture(QStringLiteral("published"));
    }

    void a_commit_message_that_may_not_leave_is_told_while_it_is_typed()
    {
        Desk desk;
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        const QString before = desk.note();
        auto* message = desk.find<QLineEdit>("commitMessageEdit");
        message->selectAll();
        QTest::keyClicks(message, QStringLiteral("for sam@example.com"));
        QVERIFY(!desk.publishButton()->isEnabled());
        QVERIFY2(desk.note().contains(QStringLiteral("(email)")), qPrintable(desk.note()));
        QVERIFY2(!desk.note().contains(QStringLiteral("sam")), qPrintable(desk.note()));
        desk.picture(QStringLiteral("commit-message"));

        // Looking again refuses it as well, in the list of checks.
        desk.sheet->checkAgain();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY2(desk.facts().contains(QStringLiteral("failed\tThe commit message may not leave")),
            qPrintable(desk.facts()));
        QVERIFY(!desk.publishButton()->isEnabled());
        QVERIFY(!desk.message().title.contains(QStringLiteral("sam")));

        message->selectAll();
        QTest::keyClicks(message, QStringLiteral("Four rows"));
        desk.sheet->banner()->againButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(desk.publishButton()->isEnabled());
        QCOMPARE(desk.note(), before);
        QVERIFY(!desk.facts().contains(QStringLiteral("commit message")));
        QVERIFY(!desk.world.hub.snapshot(Repo).exists);
    }

    void a_schema_change_can_be_allowed_in_the_sheet()
    {
        Desk desk;
        QVERIFY(desk.world.push().outcome.published);
        desk.world.exportWith("core", "signals_v1_core48");
        desk.show("core");
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        desk.sheet->banner()->helpButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY2(desk.facts().contains(QStringLiteral("warning\tSchema is another one")),
            qPrintable(desk.facts()));
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        QVERIFY(desk.world.holds("core"));
    }

    void another_repository_is_chosen_for_this_once()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo, false); // public: cannot be published to
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(!desk.publishButton()->isEnabled());
        auto* other = desk.find<QPushButton>("otherRepoButton");
        auto* edit = desk.find<QLineEdit>("publishRepoEdit");
        QTest::mouseClick(other, Qt::LeftButton);
        QVERIFY(edit->hasFocus() && edit->isVisible() && !other->isVisible());
        QCOMPARE(edit->selectedText(), QString::fromLatin1(Repo));
        desk.picture(QStringLiteral("other-repository"));

        // Esc leaves the field and not the sheet; what is not a name is said beside it and asks nobody.
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!edit->isVisible() && desk.sheet->isVisible());
        QTest::mouseClick(other, Qt::LeftButton);
        QTest::keyClicks(edit, QStringLiteral("no repository"));
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(
            desk.find<QLabel>("publishRepoProblem")->text(), QStringLiteral("A repository is OWNER/NAME."));
        QCOMPARE(desk.sheet->stage(), PublishSheet::Stage::Shown);

        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("lab/other"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(desk.waitFor(PublishSheet::Stage::Looking));
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.find<QLabel>("publishBadge")->text(), QStringLiteral("New, private"));
        QVERIFY(!desk.sheet->banner()->isVisible());
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        QVERIFY(!other->isVisible());
        QVERIFY(desk.world.hub.snapshot("lab/other").isPrivate);
        QCOMPARE(desk.world.hub.commits("lab/other").front().id, desk.world.receipt()->revision);
        QVERIFY(desk.world.receipt()->repo == "lab/other");
        QVERIFY(desk.world.hub.snapshot(Repo).files.count("dataset.jsonl") == 0);
    }

    void settings_are_asked_for_where_they_help()
    {
        Desk desk;
        desk.token = "";
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QSignalSpy settings(desk.sheet, &PublishSheet::settingsRequested);
        desk.sheet->banner()->helpButton()->click();
        QCOMPARE(settings.count(), 1);
        QVERIFY(desk.sheet->isVisible());
    }

    void features_without_a_value_are_a_warning_that_refuses_nothing()
    {
        Desk desk;
        std::vector<std::string> captured;
        for (const Feature& feature : builtinSchema("signals_v1_core48")->features()) {
            captured.push_back(feature.key);
        }
        desk.world.exportWithValuesFor("captured", captured);
        desk.show("captured");
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY2(desk.facts().contains(QStringLiteral("warning\tSome features have no value\t22 features "))
                && desk.facts().contains(QStringLiteral("signals_v1_core48")),
            qPrintable(desk.facts()));
        QVERIFY(desk.publishButton()->isEnabled());
        desk.picture(QStringLiteral("warning"));
    }

    void while_it_sends_each_file_has_its_bar_and_cancel_acts_at_once()
    {
        fakehub::HubOptions options;
        options.lfsAbove = 1000; // files travel on their own
        Desk desk(options);
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.kind = FaultKind::Stall, .method = "PUT", .nth = 2, .bytes = 500});
        const auto before = desk.world.hub.snapshot(Repo);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        desk.publishButton()->click();
        QVERIFY(desk.sheet->stage() == PublishSheet::Stage::Publishing);
        const QAbstractItemModel* files = desk.find<QTableView>("publishFilesTable")->model();
        const auto sent = [files] {
            double most = 0;
            for (int row = 0; row < files->rowCount(); ++row) {
                const QVariant share
                    = files->index(row, PlannedFilesModel::Change).data(PlannedFilesModel::ShareRole);
                most = std::max(most, share.toDouble());
            }
            return most;
        };
        QTRY_VERIFY_WITH_TIMEOUT(sent() > 0.99, 20'000); // the first one is through, the second stalls
        QCOMPARE(files->headerData(PlannedFilesModel::Difference, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("Sent"));
        auto* all = desk.find<QProgressBar>("publishProgress");
        QVERIFY(all->isVisible());
        QTRY_VERIFY(all->value() > 0 && all->value() < all->maximum());
        desk.picture(QStringLiteral("sending"));
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(desk.cancelButton(), Qt::Key_Escape);
        QVERIFY(desk.sheet->isVisible()); // it stays to say how it ended
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(clock.elapsed() < 15'000); // it would stall for 20 s
        qInfo("cancelled after %lld ms", clock.elapsed());
        QCOMPARE(desk.message().title, QStringLiteral("Cancelled."));
        QVERIFY(desk.message().text.contains(QStringLiteral("as it was")));
        QVERIFY(desk.world.hub.snapshot(Repo) == before);
        QVERIFY(!desk.publishButton()->isEnabled()); // another look first
        desk.sheet->banner()->againButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(desk.publishButton()->isEnabled());
    }

    void what_was_sent_last_is_shown_while_the_commit_is_waited_for()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.kind = FaultKind::Stall, .method = "POST", .path = "/api/*/commit/*"});
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        desk.publishButton()->click();
        auto* all = desk.find<QProgressBar>("publishProgress");
        QTRY_COMPARE_WITH_TIMEOUT(all->value(), all->maximum(), 15'000);
        QCOMPARE(
            desk.note(), QStringLiteral("Making the commit: all is sent, the Hub's answer is waited for."));
        const QAbstractItemModel* files = desk.find<QTableView>("publishFilesTable")->model();
        for (int row = 0; row < files->rowCount(); ++row) {
            QCOMPARE(
                files->index(row, PlannedFilesModel::Difference).data().toString(), QStringLiteral("sent"));
        }
        QCOMPARE(desk.sheet->stage(), PublishSheet::Stage::Publishing);
        desk.picture(QStringLiteral("waiting"));
        desk.cancelButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
    }

    void what_nobody_can_say_is_said_so_and_the_next_look_finds_out()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        desk.world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = "/api/*/commit/*"});
        desk.world.hub.fail(
            {.kind = FaultKind::Close, .path = "/api/datasets/lab/signals", .nth = 3, .times = 0});
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Publishing) || desk.sheet->banner()->isVisible());
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.message().title, QStringLiteral("Nobody can say yet whether this was published."));
        QVERIFY(desk.message().text.contains(QStringLiteral("nothing is published twice")));
        QVERIFY(desk.message().tone == PublishTone::Warning);
        desk.picture(QStringLiteral("unknown"));
        desk.world.hub.clearFaults();
        desk.sheet->banner()->againButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        QCOMPARE(desk.message().title, QStringLiteral("Nothing to do: the Hub holds this bundle already."));
        QCOMPARE(desk.world.hub.commits(Repo).size(), std::size_t(2));
        desk.sheet->banner()->copyButton()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), toQt(desk.world.hub.snapshot(Repo).head));
    }

    void what_changed_since_it_was_shown_is_not_overwritten()
    {
        Desk desk;
        QVERIFY(desk.world.push().outcome.published);
        desk.world.exportFewer("second");
        desk.show("second");
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        const std::string theirs = desk.world.hub.commitFiles(Repo, {{"NOTES.md", "mine"}});
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Publishing) || desk.sheet->banner()->isVisible());
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.message().title, QStringLiteral("The repository changed since you looked at it."));
        QCOMPARE(desk.world.hub.snapshot(Repo).head, theirs);
    }

    void a_bundle_that_was_exported_anew_meanwhile_is_not_published_unseen()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        const auto before = desk.world.hub.snapshot(Repo);
        desk.world.exportFewer("second");
        desk.show("second");
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.publishButton()->text(), QStringLiteral("Publish 2 rows"));
        // As good as the one before, and seen by nobody.
        std::filesystem::remove_all(desk.world.folder.path("out/second"));
        desk.world.exportFewer("second", 3);
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Publishing) || desk.sheet->banner()->isVisible());
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.message().title, QStringLiteral("The bundle is another one than you looked at."));
        QVERIFY2(desk.facts().contains(QStringLiteral("failed\tThe bundle is another one\t")),
            qPrintable(desk.facts()));
        QVERIFY(desk.world.hub.snapshot(Repo) == before);
        desk.picture(QStringLiteral("another-bundle"));
        desk.sheet->checkAgain(); // now it is looked at
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.publishButton()->text(), QStringLiteral("Publish 3 rows"));
        QVERIFY(desk.find<QLineEdit>("commitMessageEdit")->text().contains(QStringLiteral("3 rows")));
        QVERIFY(desk.publishButton()->isEnabled());
    }

    void what_is_known_here_is_shown_before_the_hub_answers()
    {
        Desk desk;
        QVERIFY(desk.world.push().outcome.published);
        desk.world.hub.fail({.kind = FaultKind::Stall, .path = "/api/*", .times = 0});
        desk.world.exportFewer("second");
        desk.show("second");
        QTRY_COMPARE_WITH_TIMEOUT(desk.publishButton()->text(), QStringLiteral("Publish 2 rows"), 20'000);
        QCOMPARE(desk.sheet->stage(), PublishSheet::Stage::Looking);
        QVERIFY(!desk.publishButton()->isEnabled());
        const QString facts = desk.facts();
        QVERIFY2(facts.contains(QStringLiteral("All rows\tnot known\t2\t–")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("passed\tBundle verifies\t")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("open\tWho may read the repository")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("passed so far")), qPrintable(facts));
        QVERIFY(desk.find<QLineEdit>("commitMessageEdit")->text().contains(QStringLiteral("2 rows")));
        QVERIFY(desk.find<QLabel>("publishPlace")->text().contains(QStringLiteral("branch main")));
        QVERIFY(!desk.find<QLabel>("publishBadge")->isVisible());
        QVERIFY2(desk.note().startsWith(QStringLiteral("Asking the Hub.")), qPrintable(desk.note()));
        desk.picture(QStringLiteral("asking"));
    }

    void a_wait_counts_down_and_a_silence_counts_up()
    {
        const auto plain = [](QString text) { return text.replace(QChar(0x00a0), QLatin1Char(' ')); };
        PublishPatience patience;
        patience.begin(PublishPhase::Asking, 0);
        QCOMPARE(patience.text(2'999), QStringLiteral("Asking the Hub."));
        QCOMPARE(plain(patience.text(3'000)), QStringLiteral("Asking the Hub. 3 s so far."));
        patience.wait(QStringLiteral("The Hub asks for patience."), 250, 10'000);
        QCOMPARE(plain(patience.text(10'000)),
            QStringLiteral("The Hub asks for patience. Trying again in 4 min 10 s."));
        QCOMPARE(
            plain(patience.text(255'500)), QStringLiteral("The Hub asks for patience. Trying again in 5 s."));
        QCOMPARE(patience.text(260'000), QStringLiteral("Asking the Hub."));

        PublishProgress progress;
        progress.phase = PublishPhase::Uploading;
        progress.bytes = 4000;
        progress.sent = 1000;
        patience.heard(progress, 300'000);
        QCOMPARE(plain(patience.text(301'000)), QStringLiteral("Uploading: 1.0 kB of 4.0 kB"));
        patience.heard(progress, 302'000); // the same once more is no byte
        QCOMPARE(
            plain(patience.text(312'400)), QStringLiteral("Uploading: 1.0 kB of 4.0 kB. No bytes for 12 s."));
        progress.sent = 1001;
        patience.heard(progress, 312'500);
        QCOMPARE(plain(patience.text(312'600)), QStringLiteral("Uploading: 1.0 kB of 4.0 kB"));
    }

    void the_sheet_counts_while_it_waits()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.kind = FaultKind::Stall, .path = "/api/*", .times = 0});
        desk.show();
        QTRY_VERIFY(desk.note().startsWith(QStringLiteral("Asking the Hub.")));
        Q_EMIT desk.state->publisher().waited(QStringLiteral("Why."), 30);
        const QString first = desk.note();
        QVERIFY2(first.startsWith(QStringLiteral("Why. Trying again in ")), qPrintable(first));
        QTRY_VERIFY(desk.note() != first);
        QVERIFY2(desk.note().startsWith(QStringLiteral("Why. Trying again in 2")), qPrintable(desk.note()));
    }

    void a_hub_that_says_nothing_is_given_up_after_one_silence()
    {
        Desk desk;
        desk.stall = std::chrono::seconds {1};
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.kind = FaultKind::Stall, .path = "/api/*", .times = 0});
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.message().title, QStringLiteral("The Hub does not answer."));
        QVERIFY2(desk.message().text.contains(QStringLiteral("said nothing for 1 s")),
            qPrintable(desk.message().text));
        QVERIFY(desk.message().text.contains(QStringLiteral("can be published later")));
        QCOMPARE(desk.world.hub.count("GET", "/api/whoami-v2"), std::size_t(1));
        desk.picture(QStringLiteral("silent"));
    }

    void a_look_says_what_it_waits_for()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.path = "/api/whoami-v2", .status = 503});
        desk.show();
        QStringList notes;
        connect(&desk.state->publisher(), &PublishRunner::waited, this, [&] { notes += desk.note(); });
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(notes.size(), 1);
        QVERIFY2(notes.front().contains(QStringLiteral("The Hub answered 503"))
                && notes.front().contains(QStringLiteral("Trying again in")),
            qPrintable(notes.front()));
        QVERIFY(desk.publishButton()->isEnabled());
    }

    void closing_a_look_asks_nothing_more_of_the_hub()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.kind = FaultKind::Stall, .times = 0});
        desk.show();
        QTest::keyClick(desk.sheet, Qt::Key_Escape);
        QTRY_VERIFY(desk.sheet.isNull());
        QVERIFY(!desk.state->publisher().looking());
    }

    void it_fits_small_windows_and_its_buttons_never_leave()
    {
        Desk desk;
        desk.window.resize(1024, 640);
        desk.world.hub.createRepository(Repo, false);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY2(desk.sheet->width() <= 1024 * 9 / 10 && desk.sheet->height() <= 640 * 9 / 10,
            qPrintable(QStringLiteral("%1 x %2").arg(desk.sheet->width()).arg(desk.sheet->height())));
        for (const auto* button : desk.sheet->findChildren<QPushButton*>()) {
            if (button->isVisible()) {
                const QRect place(button->mapTo(desk.sheet, QPoint()), button->size());
                QVERIFY2(desk.sheet->rect().contains(place), qPrintable(button->text()));
                QVERIFY2(button->height() >= 24, qPrintable(button->text()));
            }
        }
        desk.picture(QStringLiteral("small"));
        desk.window.resize(1440, 900);
    }

    void every_control_has_a_name_for_those_who_hear_it()
    {
        Desk desk;
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        for (const auto* control : desk.sheet->findChildren<QWidget*>()) {
            const bool isControl = qobject_cast<const QAbstractButton*>(control)
                || qobject_cast<const QLineEdit*>(control) || qobject_cast<const QAbstractItemView*>(control)
                || qobject_cast<const QProgressBar*>(control);
            const bool inner = control->objectName().startsWith(QLatin1String("qt_"))
                || control->inherits("QHeaderView") || control->inherits("QTableCornerButton");
            if (isControl && !inner && control->isVisible()) {
                QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
            }
        }
    }
};

QTEST_MAIN(PublishSheetTest)
#include "tst_publish_sheet.moc"
