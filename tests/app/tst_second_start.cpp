// SPDX-License-Identifier: GPL-3.0-or-later
/// A second start of signals-workbench hands its folder to the first, unless it was told other things.
#include "tests/app/process_signals.h"
#include "tests/support/example_builder.h"
#include "tests/support/private_bus.h"

#include <QDBusConnectionInterface>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace workbench;

class TestSecondStart final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (m_bus.address().isEmpty()) {
            QSKIP("there is no dbus-daemon here");
        }
        for (const char* folder : {"one", "two", "run"}) {
            QDir(m_home.path()).mkpath(QLatin1String(folder));
            QFile file(m_home.filePath(QLatin1String(folder) + QStringLiteral("/a.jsonl")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(ExampleBuilder().json()) + '\n');
        }
        QFile::setPermissions(
            m_home.filePath(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile other(m_home.filePath(QStringLiteral("other.env")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("HF_DATASET_REPO=lab/other\n");
        m_first = start({QStringLiteral("one")});
        const QDBusConnection bus = m_bus.connectAs(QStringLiteral("test"));
        QTRY_VERIFY_WITH_TIMEOUT(
            bus.interface()->isServiceRegistered(QStringLiteral("com.secondmynd.signalsworkbench")), 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(session(QStringLiteral("folder")), whole("one"), 60'000);
    }

    void cleanupTestCase()
    {
        if (m_first) {
            end(*m_first);
        }
    }

    void it_hands_over_its_folder_and_its_tab_and_ends()
    {
        const auto second = start({QStringLiteral("two"), QStringLiteral("--tab=insights")});
        QVERIFY(second->waitForFinished(60'000));
        QCOMPARE(second->exitStatus(), QProcess::NormalExit);
        QCOMPARE(second->exitCode(), 0);
        QCOMPARE(second->readAllStandardError(), QByteArray());
        QTRY_COMPARE_WITH_TIMEOUT(session(QStringLiteral("folder")), whole("two"), 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(session(QStringLiteral("tab")), QStringLiteral("insights"), 60'000);
        QCOMPARE(m_first->state(), QProcess::Running);
    }

    void who_is_told_other_things_stands_alone_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("token");
        QTest::newRow("another repository") << QStringList {QStringLiteral("--env-file=other.env")} << "";
        QTest::newRow("another schema") << QStringList {QStringLiteral("--schema=signals_v1_core48")} << "";
        QTest::newRow("labels of its own") << QStringList {QStringLiteral("--labels-dir=two")} << "";
        QTest::newRow("a token of its own") << QStringList() << "hf_fake_of_its_own";
    }
    void who_is_told_other_things_stands_alone()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, token);
        const auto second = start(QStringList {QStringLiteral("one")} + arguments, token);
        // Once it listens to this signal its window is there.
        QTRY_VERIFY_WITH_TIMEOUT(isInMask(second->processId(), "SigCgt", SIGTERM), 60'000);
        end(*second);
        QCOMPARE(second->exitCode(), 0);
    }

private:
    [[nodiscard]] QString whole(const char* folder) const
    {
        return QDir(m_home.path()).filePath(QLatin1String(folder));
    }

    /// What the first window remembers of itself.
    [[nodiscard]] QString session(const QString& key) const
    {
        QFile file(m_home.filePath(QStringLiteral("state/signals-workbench/session.json")));
        return file.open(QIODevice::ReadOnly)
            ? QJsonDocument::fromJson(file.readAll()).object().value(key).toString()
            : QString();
    }

    std::unique_ptr<QProcess> start(const QStringList& arguments, const QString& token = {})
    {
        auto process = std::make_unique<QProcess>();
        process->setWorkingDirectory(m_home.path());
        QProcessEnvironment environment;
        const auto set = [&environment](const char* name, const QString& value) {
            environment.insert(QLatin1String(name), value);
        };
        set("PATH", qEnvironmentVariable("PATH"));
        set("HOME", m_home.path());
        set("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")));
        set("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")));
        set("XDG_CACHE_HOME", m_home.filePath(QStringLiteral("cache")));
        set("XDG_RUNTIME_DIR", m_home.filePath(QStringLiteral("run")));
        set("DBUS_SESSION_BUS_ADDRESS", m_bus.address());
        set("WORKBENCH_SINGLE_INSTANCE", QStringLiteral("1"));
        set("QT_QPA_PLATFORM", QStringLiteral("offscreen"));
        set("LC_ALL", QStringLiteral("C.UTF-8"));
        if (!token.isEmpty()) {
            set("HF_TOKEN", token);
        }
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(SIGNALS_WORKBENCH_PROGRAM), arguments);
        process->waitForStarted();
        return process;
    }

    static void end(QProcess& process)
    {
        process.terminate();
        if (!process.waitForFinished(60'000)) {
            process.kill();
            process.waitForFinished();
        }
    }

    QTemporaryDir m_home;
    PrivateBus m_bus;
    std::unique_ptr<QProcess> m_first;
};

QTEST_GUILESS_MAIN(TestSecondStart)
#include "tst_second_start.moc"
