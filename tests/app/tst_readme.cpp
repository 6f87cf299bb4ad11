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
        if (program == QLatin1String("signals-export")) {
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

    void run(const QString& line, int exitCode)
    {
        const QString path = QFileInfo(QStringLiteral(SIGNALS_EXPORT_PROGRAM)).path() + QLatin1Char(':')
            + workbenchFolder() + QLatin1Char(':') + qEnvironmentVariable("PATH");
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), path);
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), line});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        if (process.exitCode() != exitCode) {
            qWarning().noquote() << process.readAllStandardError();
        }
        QCOMPARE(process.exitCode(), exitCode);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(tst_readme)
#include "tst_readme.moc"
