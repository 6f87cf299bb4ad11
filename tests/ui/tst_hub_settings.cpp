// SPDX-License-Identifier: Apache-2.0
/// What the settings say of the Hub: whose token it is, what it may do, and where it is kept.
#include "tests/ui/hub_desk.h"
#include "tests/ui/opened_folder.h"
#include "ui/bridge/token_keeper.h"
#include "ui/theme/theme.h"
#include "ui/window/first_run_page.h"
#include "ui/window/settings_dialog.h"

#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace workbench;
using fakehub::FakeHub;

namespace {

struct Desk : HubDesk {
    Desk()
    {
        window.resize(1440, 900);
        window.show();
        dialog = new SettingsDialog(*state, &window);
        dialog->open();
    }

    template <class T> T* find(const char* name) const { return dialog->findChild<T*>(QLatin1String(name)); }
    QString tested() const
    {
        find<QPushButton>("testConnectionButton")->click();
        const bool answered = QTest::qWaitFor(
            [this] { return find<QPushButton>("testConnectionButton")->isEnabled(); }, 20'000);
        return answered ? find<QLabel>("connectionResult")->text() : QStringLiteral("no answer");
    }

    QWidget window;
    QPointer<SettingsDialog> dialog;
};

} // namespace

class HubSettingsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Before anybody talks to a desktop: here there is none.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        prepareWorkbenchTest(QStringLiteral("tst_hub_settings"));
    }

    void testing_the_connection_says_whose_token_it_is_and_whether_it_may_write()
    {
        Desk desk;
        desk.world.hub.createRepository(HubWorld::Repo);
        const auto before = desk.world.hub.snapshot(HubWorld::Repo);
        QString said = desk.tested();
        QVERIFY2(said.contains(QStringLiteral("as lena, with the token from HF_TOKEN."))
                && said.contains(QStringLiteral("It may write to lab/signals. The repository is private.")),
            qPrintable(said));
        QVERIFY2(
            said.contains(QStringLiteral("It may write everywhere that lena may: a fine-grained token for "
                                         "lab/signals alone is enough.")),
            qPrintable(said));
        QCOMPARE(desk.state->publisher().userName(), QStringLiteral("lena"));
        desk.token = FakeHub::ReadToken;
        said = desk.tested();
        QVERIFY2(said.contains(QStringLiteral("It may not write to lab/signals.")), qPrintable(said));
        desk.config.repo.value = "nobody/signals"; // there is none, and she may not make it
        desk.token.reset();
        said = desk.tested();
        QVERIFY2(said.contains(QStringLiteral("It may not write to nobody/signals.")), qPrintable(said));
        desk.config.repo.value = HubWorld::Repo;
        desk.token = FakeHub::FineGrainedToken;
        said = desk.tested();
        QVERIFY2(said.contains(QStringLiteral("shows only when something is published"))
                && !said.contains(QStringLiteral("everywhere")),
            qPrintable(said));
        desk.token = FakeHub::RevokedToken;
        said = desk.tested();
        QVERIFY2(said.contains(QStringLiteral(
                     "The Hub does not know this token. It comes from HF_TOKEN: put another one there")),
            qPrintable(said));
        desk.token = "";
        QVERIFY2(desk.tested().contains(QStringLiteral("No Hub token was found.")), "no token");
        desk.token.reset();
        desk.world.hub.fail({.kind = fakehub::FaultKind::Close, .times = 0});
        said = desk.tested();
        QVERIFY2(said.contains(QStringLiteral("the connection broke off")), qPrintable(said));
        QVERIFY(desk.world.hub.snapshot(HubWorld::Repo) == before);
        QCOMPARE(desk.world.hub.count("POST", ""), std::size_t(0)); // read only
        QVERIFY(!said.contains(QLatin1String(FakeHub::WriteToken)));
    }

    void without_a_secret_service_it_says_so_and_keeps_nothing()
    {
        QElapsedTimer clock;
        clock.start();
        Desk desk;
        QVERIFY2(clock.elapsed() < 5000, "the dialog waited for the desktop");
        TokenKeeper& tokens = desk.state->publisher().tokens();
        QTRY_VERIFY_WITH_TIMEOUT(tokens.state() == TokenKeeper::State::NoService, 60'000);
        auto* edit = desk.find<QLineEdit>("hubTokenEdit");
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        QVERIFY(!edit->isEnabled());
        QVERIFY(!desk.find<QPushButton>("keepTokenButton")->isEnabled());
        QVERIFY(!desk.find<QPushButton>("forgetTokenButton")->isEnabled());
        QVERIFY(desk.find<QLabel>("keyringState")
                    ->text()
                    .contains(QStringLiteral("No secret service answers here, so no token can be kept.")));
        QVERIFY(tokens.keep(QStringLiteral("hf_fake_kept_token")));
        QTRY_VERIFY_WITH_TIMEOUT(tokens.state() == TokenKeeper::State::NoService, 60'000);
        QVERIFY(!tokens.token());
        const QString folder = qEnvironmentVariable("WORKBENCH_PICTURES");
        if (!folder.isEmpty()) {
            QVERIFY(desk.dialog->grab().save(QDir(folder).filePath(QStringLiteral("settings.png"))));
        }
    }

    void the_first_page_says_whether_there_is_a_token_and_leads_to_where_one_is_entered()
    {
        HubDesk desk;
        FirstRunPage page(*desk.state, nullptr);
        page.resize(1100, 700);
        page.setVisible(true);
        const auto words = [&page] {
            QStringList all;
            for (const auto* label : page.findChildren<QLabel*>()) {
                all += label->text();
            }
            return all.join(QLatin1Char('\n'));
        };
        auto* setUp = page.findChild<QPushButton*>(QStringLiteral("setUpTokenButton"));
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(QStringLiteral("from HF_TOKEN")), 10'000);
        QVERIFY(!setUp->isVisible());
        QVERIFY(words().contains(QStringLiteral("Export, then publish")));
        QVERIFY(words().contains(QStringLiteral("Nothing is sent before you agree.")));
        QVERIFY2(!words().contains(QStringLiteral("push")), qPrintable(words()));
        QVERIFY(!words().contains(QLatin1String(FakeHub::WriteToken)));
        QVERIFY(desk.world.hub.requests().empty()); // nobody was asked

        desk.token = "";
        page.setVisible(false);
        page.setVisible(true);
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(QStringLiteral("none found: export works")), 10'000);
        QVERIFY(setUp->isVisible());
        QSignalSpy settings(desk.state.get(), &WorkbenchState::settingsRequested);
        setUp->click();
        QCOMPARE(settings.count(), 1);
    }

    void how_long_a_value_is_revealed_is_set_here()
    {
        const auto kept
            = [] { return QSettings().value(QStringLiteral("rejections/revealSeconds")).toInt(); };
        const Desk desk;
        auto* seconds = desk.find<QSpinBox>("revealSecondsSpin");
        QCOMPARE(seconds->value(), 10);
        seconds->setValue(25);
        QCOMPARE(kept(), 0); // not before it is applied
        for (auto* button : desk.dialog->findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Apply")) {
                button->click();
            }
        }
        QCOMPARE(kept(), 25);
        const Desk later;
        QCOMPARE(later.find<QSpinBox>("revealSecondsSpin")->value(), 25);
    }

    void what_is_set_elsewhere_is_told_in_words_with_its_key_and_its_file()
    {
        const Desk desk;
        QStringList words;
        QStringList hints;
        for (const auto* label : desk.dialog->findChildren<QLabel*>()) {
            words += label->text();
            hints += label->toolTip();
        }
        QVERIFY2(words.contains(QStringLiteral(
                     "by source and industry (default, HF_EXPORT_SPLIT_STRATEGY sets another)")),
            qPrintable(words.join(QLatin1Char('\n'))));
        QVERIFY(hints.join(QString()).contains(QDir::current().absoluteFilePath(QStringLiteral(".env"))));
        for (const auto* edit : desk.dialog->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QStringLiteral("Output folder")) {
                QVERIFY2(QDir::isAbsolutePath(edit->toolTip()), qPrintable(edit->toolTip()));
            }
        }
    }

    void what_can_be_no_token_is_not_kept()
    {
        TokenKeeper tokens;
        for (const char* text : {"", "   ", "two words", "line\nbreak", "t\xc3\xb6ken"}) {
            QVERIFY2(!tokens.keep(QString::fromUtf8(text)), text);
        }
        QVERIFY(tokens.state() == TokenKeeper::State::Unknown);
    }

    void every_control_has_a_name_for_those_who_hear_it()
    {
        const Desk desk;
        for (const auto* button : desk.dialog->findChildren<QPushButton*>()) {
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(), "a button");
        }
        for (const auto* edit : desk.dialog->findChildren<QLineEdit*>()) {
            const bool inner
                = edit->objectName().startsWith(QLatin1String("qt_")); // its spin box has the name
            QVERIFY2(inner || !edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
        }
        QVERIFY(!desk.find<QSpinBox>("revealSecondsSpin")->accessibleName().isEmpty());
    }
};

QTEST_MAIN(HubSettingsTest)
#include "tst_hub_settings.moc"
