// SPDX-License-Identifier: GPL-3.0-or-later
// The README's commands, read from the README and run in its order, in a folder that has its sample data.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Command {
    QString line; ///< without its comment
    int exitCode = 0; ///< "# exit 3" in the comment says another
};

/// The lines of all blocks marked as sh.
QList<Command> commandsOfReadme()
{
    QFile file(QStringLiteral(WORKBENCH_SOURCE_DIR "/README.md"));
    QList<Command> commands;
    if (!file.open(QIODevice::ReadOnly)) {
        return commands;
    }
    bool inside = false;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("```"))) {
            inside = line == QLatin1String("```sh");
        } else if (inside && !line.trimmed().isEmpty()) {
            const QString comment = line.section(QStringLiteral(" # "), 1);
            static const QRegularExpression Exit(QStringLiteral("^exit (\\d+)"));
            const auto match = Exit.match(comment);
            commands.append({line.section(QStringLiteral(" # "), 0, 0).trimmed(),
                match.hasMatch() ? match.captured(1).toInt() : 0});
        }
    }
    return commands;
}

} // namespace

class tst_readme : public QObject { // NOLINT: named as its file
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(QFile::link(QStringLiteral(WORKBENCH_SOURCE_DIR "/resources"),
            m_folder.filePath(QStringLiteral("resources"))));
        QVERIFY(commandsOfReadme().size() > 10);
    }

    void cleanupTestCase()
    {
        m_server.terminate();
        QVERIFY(m_server.waitForFinished(30'000));
        QCOMPARE(m_server.exitCode(), 0);
    }

    void every_command_does_what_the_readme_says_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("exitCode");
        for (const Command& command : commandsOfReadme()) {
            QTest::newRow(command.line.toUtf8().constData()) << command.line << command.exitCode;
        }
    }

    void every_command_does_what_the_readme_says()
    {
        QFETCH(QString, line);
        QFETCH(int, exitCode);
        const QString program = line.section(QLatin1Char(' '), 0, 0);
        if (line.startsWith(QLatin1String("signals-export serve"))) {
            serve(line);
        } else if (program == QLatin1String("curl")) {
            run(QString(line).replace(QLatin1String(":3000"), m_port), exitCode);
        } else if (program == QLatin1String("signals-export") || program == QLatin1String("mkdir")) {
            run(line, exitCode);
        } else if (program == QLatin1String("signals-workbench")) {
            if (workbenchFolder().isEmpty()) {
                QSKIP("this build is without the desktop application (WORKBENCH_BUILD_UI)");
            }
            // A window stays open until somebody closes it; a picture of it does not.
            const bool ends = line.contains(QLatin1String("--screenshot"));
            run(ends ? line : line + QStringLiteral(" --screenshot window.png"), exitCode);
        } else if (program == QLatin1String("cmake")) {
            QFile presets(QStringLiteral(WORKBENCH_SOURCE_DIR "/CMakePresets.json"));
            QVERIFY(presets.open(QIODevice::ReadOnly));
            const QString preset = line.section(QStringLiteral("--preset "), 1).trimmed();
            QVERIFY(presets.readAll().contains("\"name\": \"" + preset.toUtf8() + '"'));
        } else { // this very run may come from one of these scripts: there they have to be, and runnable
            const QFileInfo script(QStringLiteral(WORKBENCH_SOURCE_DIR "/") + program);
            QVERIFY2(script.isExecutable(), qPrintable(program));
            QCOMPARE(QProcess::execute(QStringLiteral("bash"), {QStringLiteral("-n"), script.filePath()}), 0);
        }
    }

private:
    static QString workbenchFolder()
    {
#ifdef SIGNALS_WORKBENCH_PROGRAM
        return QFileInfo(QStringLiteral(SIGNALS_WORKBENCH_PROGRAM)).path();
#else
        return {};
#endif
    }

    /// Stays until the end of the test. Where 3000 is taken another port has to do.
    void serve(const QString& line)
    {
        for (const QString& more : {QString(), QStringLiteral(" --port=0")}) {
            prepare(m_server);
            m_server.setReadChannel(QProcess::StandardError);
            m_server.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), "exec " + line + more});
            QByteArray said;
            while (!said.contains('\n') && m_server.waitForReadyRead(30'000)) {
                said += m_server.readAll();
            }
            static const QRegularExpression Listening(
                QStringLiteral("^Listening on http://127\\.0\\.0\\.1(:\\d+)\n"));
            const auto match = Listening.match(QString::fromUtf8(said));
            if (match.hasMatch()) {
                m_port = match.captured(1);
                return;
            }
            m_server.waitForFinished();
            QVERIFY2(said.contains("another program listens there"), said.constData());
        }
        QFAIL("it never listened");
    }

    void run(const QString& line, int exitCode)
    {
        QProcess process;
        prepare(process);
        process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), line});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        if (process.exitCode() != exitCode) {
            qWarning().noquote() << process.readAllStandardError();
        }
        QCOMPARE(process.exitCode(), exitCode);
    }

    void prepare(QProcess& process) const
    {
        const QString path = QFileInfo(QStringLiteral(SIGNALS_EXPORT_PROGRAM)).path() + QLatin1Char(':')
            + workbenchFolder() + QLatin1Char(':') + qEnvironmentVariable("PATH");
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), path);
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        process.setWorkingDirectory(m_folder.path());
        process.setProcessEnvironment(environment);
    }

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_port;
};

QTEST_GUILESS_MAIN(tst_readme)
#include "tst_readme.moc"
