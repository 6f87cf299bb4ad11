// SPDX-License-Identifier: GPL-3.0-or-later
/// signals-workbench as a process: pictures of every tab, and its answers to the command line.
#include "tests/app/core_files.h"
#include "tests/app/process_signals.h"
#include "tests/support/example_builder.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace workbench;

namespace {

struct Ended {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

class TestSignalsWorkbench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_home.isValid());
        QDir(m_home.path()).mkpath(QStringLiteral("data"));
        QDir(m_home.path()).mkpath(QStringLiteral("run"));
        QFile::setPermissions(
            m_home.filePath(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile file(m_home.filePath(QStringLiteral("data/examples.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 40; ++i) {
            ExampleBuilder example;
            example.with("id", "ex_" + std::to_string(i));
            if (i % 8 == 3) {
                example.with("window_days", 5551234567.0);
            }
            file.write(QByteArray::fromStdString(example.json()) + '\n');
        }
    }

    void every_tab_can_be_pictured_data()
    {
        QTest::addColumn<QString>("tab");
        for (const char* tab : {"preview", "rejections", "schema", "insights", "jobs"}) {
            QTest::newRow(tab) << QString::fromLatin1(tab);
        }
    }

    void every_tab_can_be_pictured()
    {
        QFETCH(QString, tab);
        const QString picture = m_home.filePath(tab + QStringLiteral(".png"));
        const Ended ended = run({QStringLiteral("--data-dir"), QStringLiteral("data"),
            QStringLiteral("--tab"), tab, QStringLiteral("--screenshot"), picture});
        QCOMPARE(ended.err, QByteArray());
        QCOMPARE(ended.exitCode, 0);
        const QImage image(picture, "PNG");
        QCOMPARE(image.size(), QSize(1440, 900));
        m_pictures.insert(tab, image);
        for (auto it = m_pictures.cbegin(); it != m_pictures.cend(); ++it) {
            QVERIFY2(it.key() == tab || it.value() != image, qPrintable(it.key()));
        }
    }

    void a_picture_leaves_no_settings_behind()
    {
        QCOMPARE(run({QStringLiteral("--data-dir=data"), QStringLiteral("--screenshot=p.png")}).exitCode, 0);
        QVERIFY(QFile::exists(m_home.filePath(QStringLiteral("p.png"))));
        QVERIFY(!QDir(m_home.filePath(QStringLiteral("config"))).exists());
    }

    void without_a_folder_the_first_run_is_pictured()
    {
        QCOMPARE(run({QStringLiteral("--screenshot=first.png")}).exitCode, 0);
        QVERIFY(QImage(m_home.filePath(QStringLiteral("first.png"))).size() == QSize(1440, 900));
    }

    void a_folder_that_is_not_there_is_pictured_as_such()
    {
        QCOMPARE(
            run({QStringLiteral("--data-dir=nowhere"), QStringLiteral("--screenshot=gone.png")}).exitCode, 0);
    }

    void a_picture_that_cannot_be_saved_is_a_failure()
    {
        const Ended ended
            = run({QStringLiteral("--data-dir=data"), QStringLiteral("--screenshot=no/such/folder/p.png")});
        QCOMPARE(ended.exitCode, 1);
        QVERIFY(ended.err.contains("no/such/folder/p.png"));
    }

    void version_and_help_need_no_screen()
    {
        const Ended version = run({QStringLiteral("--version")}, QStringLiteral("xcb"));
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.out.startsWith("signals-workbench "));
        const Ended help = run({QStringLiteral("--help")}, QStringLiteral("xcb"));
        QCOMPARE(help.exitCode, 0);
        for (const char* option : {"--data-dir", "--env-file", "--schema", "--tab", "--screenshot"}) {
            QVERIFY2(help.out.contains(option), option);
        }
    }

    void wrong_usage_is_refused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown option") << QStringList {QStringLiteral("--nonsense")};
        QTest::newRow("unknown tab") << QStringList {QStringLiteral("--tab=summary")};
        QTest::newRow("no value") << QStringList {QStringLiteral("--screenshot=")};
        QTest::newRow("no size") << QStringList {QStringLiteral("--size=big")};
        QTest::newRow("a schema that is none")
            << QStringList {QStringLiteral("--schema=data/examples.jsonl")};
    }

    void wrong_usage_is_refused()
    {
        QFETCH(QStringList, arguments);
        const Ended ended = run(arguments, QStringLiteral("xcb"));
        QCOMPARE(ended.exitCode, 2);
        QCOMPARE(ended.out, QByteArray());
        QVERIFY(ended.err.contains("Usage:"));
    }

    void an_env_file_that_is_asked_for_has_to_be_there()
    {
        const Ended ended = run({QStringLiteral("--env-file=missing.env")}, QStringLiteral("xcb"));
        QCOMPARE(ended.exitCode, 1);
        QVERIFY(ended.err.contains("missing.env"));
    }

    /// What a browser that is opened from the window inherits, and what a crash would write down.
    void the_token_is_neither_in_its_environment_nor_in_a_core_file()
    {
        const CoreFilesWanted wanted;
        const QByteArray canary("hf_canary_of_the_environment");
        m_more.insert(QStringLiteral("HF_TOKEN"), QString::fromUtf8(canary));
        QProcess process;
        start(process, {QStringLiteral("--data-dir=data")}, QStringLiteral("offscreen"));
        m_more.clear();
        QVERIFY(process.waitForStarted());
        const auto environment = [&process] {
            QFile file(QStringLiteral("/proc/%1/environ").arg(process.processId()));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isInMask(process.processId(), "SigCgt", SIGTERM), 60'000);
        QVERIFY(environment().contains("HOME=")); // it can be looked at
        QVERIFY(!environment().contains(canary));
        QVERIFY(leavesNoCoreFile(process.processId()));
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(60'000));
    }

    /// Last, since it leaves settings.
    void a_signal_ends_it_as_it_ends_itself_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }

    void a_signal_ends_it_as_it_ends_itself()
    {
        QFETCH(int, signal);
        QDir config(m_home.filePath(QStringLiteral("config")));
        config.removeRecursively();
        QProcess process;
        start(process, {QStringLiteral("--data-dir=data")}, QStringLiteral("offscreen"));
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(isInMask(process.processId(), "SigCgt", signal), 60'000);
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(config.exists()); // where the window stood
    }

private:
    Ended run(const QStringList& arguments, const QString& platform = QStringLiteral("offscreen"))
    {
        QProcess process;
        start(process, arguments, platform);
        if (!process.waitForFinished(120000)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        Ended ended;
        ended.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        ended.out = process.readAllStandardOutput();
        ended.err = process.readAllStandardError();
        return ended;
    }

    void start(QProcess& process, const QStringList& arguments, const QString& platform)
    {
        process.setWorkingDirectory(m_home.path());
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home.filePath(QStringLiteral("run")));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        environment.insert(m_more);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SIGNALS_WORKBENCH_PROGRAM), arguments);
    }

    QTemporaryDir m_home;
    QProcessEnvironment m_more; ///< of one test
    QMap<QString, QImage> m_pictures;
};

QTEST_GUILESS_MAIN(TestSignalsWorkbench)
#include "tst_signals_workbench.moc"
