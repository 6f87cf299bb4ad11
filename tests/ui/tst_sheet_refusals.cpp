// SPDX-License-Identifier: Apache-2.0
/// What the publish sheet says where nothing can be published, and of what nobody knows.
#include "tests/ui/publish_desk.h"

#include <QDir>
#include <QRegularExpression>
#include <QTableView>
#include <QTest>

#include <filesystem>

using namespace workbench;
using Desk = PublishDesk;
using fakehub::FakeHub;
using fakehub::FaultKind;

namespace {

constexpr const char* Repo = HubWorld::Repo;

} // namespace

class SheetRefusalsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareLook(); }

    void a_refusal_says_what_why_and_what_to_do_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("remedy");
        QTest::addColumn<QString>("button");
        QTest::newRow("off") << "off"
                             << "Publishing is switched off."
                             << "Set HF_EXPORT_ENABLED=true in /"
                             << "";
        QTest::newRow("no token") << "no token"
                                  << "No Hub token was found."
                                  << "Enter one in Settings, or set HF_TOKEN."
                                  << "Open Settings";
        QTest::newRow("offline") << "offline"
                                 << "HF_HUB_OFFLINE is set"
                                 << "Unset it to publish."
                                 << "";
        QTest::newRow("name") << "name"
                              << "This is not the name of a repository"
                              << "OWNER/NAME"
                              << "";
        QTest::newRow("edited") << "edited"
                                << "The bundle was changed after it was written"
                                << "Export again."
                                << "Export again…";
        QTest::newRow("no answer") << "no answer"
                                   << "The Hub does not answer."
                                   << "can be published later"
                                   << "";
        QTest::newRow("read only") << "read only"
                                   << "This token may only read."
                                   << "Use one that may write"
                                   << "Open Settings";
        QTest::newRow("revoked") << "revoked"
                                 << "The Hub does not know this token."
                                 << "It comes from HF_TOKEN: put another one there (request "
                                 << "Open Settings";
        QTest::newRow("public") << "public"
                                << "Nothing can be published: this repository is public."
                                << "Make it private on the Hub"
                                << "Open its settings";
        QTest::newRow("schema") << "schema"
                                << "The published schema is"
                                << "Allow the change"
                                << "Allow the schema change";
    }

    void a_refusal_says_what_why_and_what_to_do()
    {
        QFETCH(QString, what);
        QFETCH(QString, title);
        QFETCH(QString, remedy);
        QFETCH(QString, button);
        Desk desk;
        desk.world.hub.createRepository(Repo);
        std::string jobId = "first";
        if (what == QLatin1String("off")) {
            desk.config.pushEnabled.value = false;
        } else if (what == QLatin1String("no token")) {
            desk.token = "";
        } else if (what == QLatin1String("offline")) {
            desk.offline = true;
        } else if (what == QLatin1String("name")) {
            desk.config.repo.value = "no repository";
        } else if (what == QLatin1String("edited")) {
            std::filesystem::permissions(desk.world.folder.path("out/first/README.md"),
                std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
            desk.world.folder.write("out/first/README.md", "edited by hand\n");
        } else if (what == QLatin1String("no answer")) {
            desk.world.hub.fail({.kind = FaultKind::Close, .times = 0});
        } else if (what == QLatin1String("read only")) {
            desk.token = FakeHub::ReadToken;
        } else if (what == QLatin1String("revoked")) {
            desk.token = FakeHub::RevokedToken;
        } else if (what == QLatin1String("public")) {
            desk.world.hub.setPrivate(Repo, false);
        } else if (what == QLatin1String("schema")) {
            desk.world.exportWith("core", "signals_v1_core48");
            QVERIFY(desk.world.push().outcome.published);
            jobId = "core";
        }
        const auto before = desk.world.hub.snapshot(Repo);
        desk.show(jobId);
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        const PublishMessage& said = desk.message();
        QVERIFY(desk.sheet->banner()->isVisible());
        QVERIFY2(!said.text.contains(QStringLiteral("((")) && !said.text.contains(QStringLiteral("))")),
            qPrintable(said.text));
        QVERIFY2(said.title.startsWith(title), qPrintable(said.title));
        QVERIFY2(said.text.contains(remedy), qPrintable(said.text));
        QVERIFY2(said.text.endsWith(QStringLiteral("Nothing has been sent.")), qPrintable(said.text));
        QCOMPARE(desk.sheet->banner()->helpButton()->isVisible(), !button.isEmpty());
        if (!button.isEmpty()) {
            QCOMPARE(desk.sheet->banner()->helpButton()->text(), button);
        }
        QCOMPARE(desk.sheet->focusWidget(), static_cast<QWidget*>(desk.sheet->banner()->againButton()));
        QVERIFY(!desk.publishButton()->isEnabled());
        // The failed check stands first, below the sum.
        QVERIFY2(desk.facts().contains(QRegularExpression(QStringLiteral("Checks\t[^\n]*failed\nfailed\t"))),
            qPrintable(desk.facts()));
        const QString envFile = QDir::current().absoluteFilePath(QStringLiteral(".env"));
        QCOMPARE(said.text.contains(envFile), what == QLatin1String("off"));
        // What the check's title says is not said again below it.
        const QStringList lines = desk.facts().split(QLatin1Char('\n'));
        const auto failed = lines.indexOf(QRegularExpression(QStringLiteral("^failed\t.*")));
        const QStringList check = lines.value(failed).split(QLatin1Char('\t'));
        QCOMPARE(check.size(), 3);
        QVERIFY2(
            !check[2].startsWith(check[1]) && !check[2].isEmpty(), qPrintable(check.join(QLatin1Char('|'))));
        QVERIFY(desk.world.hub.snapshot(Repo) == before);
        desk.picture(QStringLiteral("refused-") + what);
    }

    void what_the_hub_did_not_tell_is_not_taken_for_nothing_data()
    {
        QTest::addColumn<QString>("what");
        for (const char* what : {"off", "offline", "revoked", "no answer", "trouble"}) {
            QTest::newRow(what) << what;
        }
    }

    void what_the_hub_did_not_tell_is_not_taken_for_nothing()
    {
        QFETCH(QString, what);
        Desk desk;
        QVERIFY(desk.world.push().outcome.published);
        if (what == QLatin1String("off")) {
            desk.config.pushEnabled.value = false;
        } else if (what == QLatin1String("offline")) {
            desk.offline = true;
        } else if (what == QLatin1String("revoked")) {
            desk.token = FakeHub::RevokedToken;
        } else if (what == QLatin1String("no answer")) {
            desk.world.hub.fail({.kind = FaultKind::Close, .times = 0});
        } else {
            desk.world.hub.fail({.path = "/api/*/tree/*", .times = 0});
        }
        desk.world.exportFewer("second");
        desk.show("second");
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        const QString facts = desk.facts();
        QVERIFY2(facts.contains(QStringLiteral("All rows\tnot known\t2\t–")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("published: not known\tthis bundle")), qPrintable(facts));
        QVERIFY2(!facts.contains(QStringLiteral("nothing is published")), qPrintable(facts));
        QVERIFY2(!facts.contains(QLatin1Char('+')), qPrintable(facts));
        QCOMPARE(facts.count(QStringLiteral("Hub answers"))
                + facts.count(QStringLiteral("failed\tThe Hub does not answer")),
            what == QLatin1String("trouble") || what == QLatin1String("no answer") ? 1 : 0);
        desk.picture(QStringLiteral("not-known-") + what);
    }

    void a_public_repository_shows_what_would_change_all_the_same()
    {
        Desk desk;
        QVERIFY(desk.world.push().outcome.published);
        desk.world.hub.setPrivate(Repo, false);
        desk.world.exportFewer("second");
        desk.show("second");
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(!desk.publishButton()->isEnabled());
        QVERIFY2(desk.message().title.contains(QStringLiteral("public")), qPrintable(desk.message().title));
        const QString facts = desk.facts();
        QVERIFY2(facts.contains(QStringLiteral("All rows\t4\t2\t\u22122")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("passed\tSchema is unchanged")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("1 of 10 failed")), qPrintable(facts));
        QVERIFY(desk.find<QTableView>("publishFilesTable")->model()->rowCount() > 0);
        desk.picture(QStringLiteral("public"));
        // Where even that cannot be read, the reason stays the one that a person can mend.
        desk.world.hub.fail({.path = "/api/*/tree/*", .times = 0});
        desk.sheet->checkAgain();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY2(desk.message().title.contains(QStringLiteral("public")), qPrintable(desk.message().title));
        QVERIFY2(
            desk.facts().contains(QStringLiteral("All rows\tnot known\t2\t–")), qPrintable(desk.facts()));
    }

    void a_namespace_that_the_token_may_not_write_is_refused_before_anything_is_tried_data()
    {
        QTest::addColumn<QString>("repo");
        QTest::addColumn<QString>("why");
        QTest::newRow("of nobody") << "nobody/x"
                                   << "lena belongs to no organization called nobody.";
        QTest::newRow("read in it") << "archive/x"
                                    << "lena may only read in archive.";
        QTest::newRow("her own") << "lena/x"
                                 << "";
        QTest::newRow("her organization's") << "Lab/x"
                                            << "";
    }

    void a_namespace_that_the_token_may_not_write_is_refused_before_anything_is_tried()
    {
        QFETCH(QString, repo);
        QFETCH(QString, why);
        Desk desk;
        desk.world.hub.add(fakehub::Organization {.name = "archive"});
        desk.world.hub.add(
            fakehub::User {.name = "lena", .organizations = {{"lab", "write"}, {"archive", "read"}}});
        desk.config.repo.value = fromQt(repo);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.publishButton()->isEnabled(), why.isEmpty());
        QCOMPARE(desk.facts().contains(QStringLiteral("failed\tThe token may not write")), !why.isEmpty());
        if (!why.isEmpty()) {
            QCOMPARE(desk.message().title, QStringLiteral("This token may not write to %1.").arg(repo));
            QVERIFY2(desk.message().text.startsWith(why), qPrintable(desk.message().text));
            desk.picture(QStringLiteral("no-right"));
        }
    }

    void a_right_that_shows_only_at_the_end_fails_its_check_there()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.world.hub.fail({.method = "POST", .path = "/api/*/commit/*", .times = 0, .status = 403});
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Publishing) || desk.sheet->banner()->isVisible());
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.message().title, QStringLiteral("This token may not write to lab/signals."));
        QVERIFY2(desk.facts().contains(QStringLiteral("1 of 10 failed\nfailed\tThe token may not write")),
            qPrintable(desk.facts()));
        QCOMPARE(desk.message().text.count(QStringLiteral("Nothing was committed")), 1);
        QVERIFY(!desk.message().text.contains(QStringLiteral("Nothing has been sent")));
        QVERIFY(desk.sheet->banner()->helpButton()->isVisible());
    }

    void a_token_that_may_write_everywhere_is_a_warning_that_refuses_nothing_data()
    {
        QTest::addColumn<QString>("token");
        QTest::addColumn<bool>("everywhere");
        QTest::newRow("write") << QString::fromLatin1(FakeHub::WriteToken) << true;
        QTest::newRow("for one repository") << QString::fromLatin1(FakeHub::FineGrainedToken) << false;
    }

    void a_token_that_may_write_everywhere_is_a_warning_that_refuses_nothing()
    {
        QFETCH(QString, token);
        QFETCH(bool, everywhere);
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.token = fromQt(token);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(desk.publishButton()->isEnabled());
        QVERIFY(!desk.sheet->banner()->isVisible());
        QVERIFY2(desk.facts().contains(everywhere
                         ? QStringLiteral(
                             "warning\tToken may write everywhere\tfor lena. A fine-grained token for "
                             "lab/signals alone is enough.")
                         : QStringLiteral("passed\tToken may write\t")),
            qPrintable(desk.facts()));
        desk.picture(
            QStringLiteral("token-") + (everywhere ? QStringLiteral("wide") : QStringLiteral("narrow")));
    }

    void a_push_that_was_not_read_back_is_told_until_a_look_finds_the_bundle_there()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        // The first listing is of what is there before, the others would be the reading back.
        desk.world.hub.fail({.path = "/api/*/tree/*", .nth = 2, .times = 0, .status = 403});
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        QVERIFY2(desk.message().title.contains(QStringLiteral("could not be read back")),
            qPrintable(desk.message().title));
        const std::string made = desk.world.hub.snapshot(Repo).head;
        desk.world.hub.clearFaults();
        desk.world.hub.commitFiles(Repo, {{"README.md", "somebody else's"}});
        desk.sheet->checkAgain();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        const QString warning = QStringLiteral("warning\tThe last publishing was not read back\t");
        QVERIFY2(desk.facts().contains(warning), qPrintable(desk.facts()));
        QVERIFY(desk.publishButton()->isEnabled()); // publishing again is the remedy
        desk.picture(QStringLiteral("not-read-back"));
        desk.publishButton()->click();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        desk.sheet->checkAgain();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Over));
        QVERIFY2(!desk.facts().contains(warning), qPrintable(desk.facts()));
        QVERIFY(desk.world.hub.snapshot(Repo).head != made);
    }

    void what_was_mended_is_seen_by_checking_again()
    {
        Desk desk;
        desk.world.hub.createRepository(Repo, false);
        desk.show();
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QCOMPARE(desk.find<QLabel>("publishBadge")->text(), QStringLiteral("Public"));
        desk.world.hub.setPrivate(Repo, true);
        QTest::keyClick(desk.sheet->focusWidget(), Qt::Key_Return); // Check again has the focus
        QVERIFY(desk.waitFor(PublishSheet::Stage::Looking));
        QVERIFY(desk.waitFor(PublishSheet::Stage::Shown));
        QVERIFY(!desk.sheet->banner()->isVisible());
        QVERIFY(desk.publishButton()->isEnabled());
        QCOMPARE(desk.find<QLabel>("publishBadge")->text(), QStringLiteral("Private"));
    }
};

QTEST_MAIN(SheetRefusalsTest)
#include "tst_sheet_refusals.moc"
