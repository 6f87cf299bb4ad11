// SPDX-License-Identifier: Apache-2.0
/// A token kept in a real secret service: a message bus and a keyring of the test's own, in a folder that
/// vanishes.
#include "tests/support/temporary_folder.h"
#include "ui/bridge/token_keeper.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>
#include <vector>

using namespace workbench;

namespace {

constexpr const char* Secret = "hf_a_token_of_nobody_0123456789abcdef";

/// Ends with this program and not before: a bus that goes takes every program on it along (GLib raises
/// SIGTERM).
QProcess& outliving(const QString& program, const QStringList& arguments)
{
    // Held until the end and never destroyed: their destructors would end them too early.
    static auto* const kept = new std::vector<QProcess*>;
    QProcess* process = kept->emplace_back(new QProcess);
    process->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process->start(program, arguments);
    return *process;
}

bool hasCome(const TokenKeeper& keeper, TokenKeeper::State state)
{
    return QTest::qWaitFor([&] { return keeper.state() == state; }, 20'000);
}

} // namespace

class TokenKeeperTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char* const program : {"dbus-daemon", "gnome-keyring-daemon"}) {
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty()) {
                QSKIP("dbus-daemon or gnome-keyring-daemon is missing, so there is no secret service to keep "
                      "a token in");
            }
        }
        const QByteArray home = m_home.path().c_str();
        for (const char* const name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"}) {
            qputenv(name, home);
        }
        QProcess& bus = outliving(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        QVERIFY(bus.waitForReadyRead(10'000));
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readLine().trimmed());
        QProcess& keyring = outliving(QStringLiteral("gnome-keyring-daemon"),
            {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                QStringLiteral("--components=secrets")});
        QVERIFY(keyring.waitForStarted());
        keyring.write("a password");
        keyring.closeWriteChannel();
    }

    void what_is_kept_is_found_by_the_next_start_and_gone_when_forgotten()
    {
        {
            TokenKeeper keeper;
            QTest::qWait(500); // the service takes its name
            keeper.read();
            QVERIFY2(hasCome(keeper, TokenKeeper::State::None), qPrintable(keeper.problem()));
            QVERIFY(keeper.keep(QStringLiteral("  %1\n").arg(QLatin1String(Secret))));
            QVERIFY2(hasCome(keeper, TokenKeeper::State::Kept), qPrintable(keeper.problem()));
        }
        TokenKeeper next;
        next.read();
        QVERIFY2(hasCome(next, TokenKeeper::State::Kept), qPrintable(next.problem()));
        QVERIFY(next.token().has_value());
        next.forget();
        QVERIFY2(hasCome(next, TokenKeeper::State::None), qPrintable(next.problem()));
        TokenKeeper last;
        last.read();
        QVERIFY2(hasCome(last, TokenKeeper::State::None), qPrintable(last.problem()));
        QVERIFY(!last.token().has_value());
    }

private:
    TemporaryFolder m_home;
};

QTEST_GUILESS_MAIN(TokenKeeperTest)
#include "tst_token_keeper.moc"
