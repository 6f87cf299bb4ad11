// SPDX-License-Identifier: Apache-2.0
// One marked token through a push that fails at every request in turn, the Hub sending it back each time: it
// is in no output, no file and no command line.
#include "tests/app/core_files.h"
#include "tests/app/export_program.h"
#include "tests/support/fault_matrix.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QtTest>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::FaultKind;

namespace {

const QByteArray Canary = "hf_canary_that_must_sing_nowhere";

} // namespace

class TokenCanaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_token_is_nowhere_data();
    void the_token_is_nowhere();
    void a_crash_would_leave_no_copy_of_it();
};

void TokenCanaryTest::the_token_is_nowhere_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("redirected");
    QTest::addColumn<bool>("escaped");
    QTest::newRow("no fault") << -1 << false << false;
    for (std::size_t s = 0; s < pushSteps().size(); ++s) {
        const QString name = pushSteps()[s].name;
        QTest::newRow(qPrintable(name + ": sent back in a refusal")) << static_cast<int>(s) << false << false;
        QTest::newRow(qPrintable(name + ": sent back escaped")) << static_cast<int>(s) << false << true;
        if (pushSteps()[s].method == std::string_view("GET")) {
            QTest::newRow(qPrintable(name + ": sent back in a redirect"))
                << static_cast<int>(s) << true << false;
        }
    }
}

void TokenCanaryTest::the_token_is_nowhere()
{
    QFETCH(int, step);
    QFETCH(bool, redirected);
    QFETCH(bool, escaped);
    FakeHub hub(smallParts());
    hub.add(fakehub::Token {.value = Canary.toStdString(), .user = "lena"});
    const bool exists = step < 0 || pushSteps()[static_cast<std::size_t>(step)].exists;
    if (exists) {
        hub.createRepository(HubWorld::Repo);
        hub.commitFiles(HubWorld::Repo, HubWorld::olderBundle());
    }
    if (step >= 0) {
        const fakehub::Fault refusal {
            .kind = FaultKind::Status, .times = 0, .status = 400, .message = "no: " + Canary.toStdString()};
        const fakehub::Fault redirect {.kind = FaultKind::Redirect,
            .times = 0,
            .location = hub.storageUrl() + "/elsewhere?t=" + Canary.toStdString()};
        const fakehub::Fault inJson {.kind = FaultKind::Answer,
            .times = 0,
            .status = 400,
            .body = "{\"error\":\"no: \\u0068" + Canary.toStdString().substr(1) + "\"}"};
        hub.fail(faultAt(pushSteps()[static_cast<std::size_t>(step)],
            redirected    ? redirect
                : escaped ? inJson
                          : refusal));
    }
    ExportProgram program;
    program.setEnvironment("HF_ENDPOINT", QString::fromStdString(hub.url()));
    program.setEnvironment("HF_TOKEN", QString::fromUtf8(Canary));
    program.setEnvironment("HF_EXPORT_ENABLED", "true");
    program.setEnvironment("HF_DATASET_REPO", HubWorld::Repo);
    program.writeValid("a.jsonl", 6);
    const auto process = program.start(words("run --push --job-id=one --json --data-dir=data"));
    QVERIFY(process->waitForStarted());
    QByteArray commandLines;
    do {
        QFile commandLine(QString("/proc/%1/cmdline").arg(process->processId()));
        if (commandLine.open(QIODevice::ReadOnly)) {
            commandLines += commandLine.readAll();
        }
    } while (!process->waitForFinished(20) && process->state() != QProcess::NotRunning);
    QVERIFY(commandLines.contains("--push")); // it was looked at
    QVERIFY(!commandLines.contains(Canary));
    const QByteArray out = process->readAllStandardOutput();
    const QByteArray err = process->readAllStandardError();
    QVERIFY(!out.contains(Canary) && !err.contains(Canary));
    // Whoever refuses to check an object that came in parts is asked again whether it is there, and it is.
    const bool recovers
        = !redirected && step >= 0 && QString(pushSteps()[static_cast<std::size_t>(step)].name) == "verify";
    QCOMPARE(process->exitCode(), step < 0 || recovers ? 0 : 5);
    const QStringList names = program.tree("runs");
    QVERIFY(names.contains("hf_export_jobs/one.json"));
    for (const QString& name : names) {
        QVERIFY2(!program.readFile("runs/" + name).contains(Canary), qPrintable(name));
    }
}

void TokenCanaryTest::a_crash_would_leave_no_copy_of_it()
{
    const CoreFilesWanted wanted; // by whoever starts it
    ExportProgram program;
    const auto process = program.start(words("guard")); // waits for lines
    QVERIFY(process->waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(leavesNoCoreFile(process->processId()), 60'000);
    process->kill();
    QVERIFY(process->waitForFinished(60'000));
}

QTEST_GUILESS_MAIN(TokenCanaryTest)
#include "tst_token_canary.moc"
