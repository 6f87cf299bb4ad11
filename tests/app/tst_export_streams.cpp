// SPDX-License-Identifier: Apache-2.0
/// signals-export among other programs: pipes, signals and terminals.
#include "app/export/progress_bar.h"
#include "tests/app/export_program.h"
#include "tests/app/process_signals.h"
#include "tests/support/example_builder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QtTest>

#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace workbench;

namespace {

constexpr int Patience = 60'000; // milliseconds

std::string refusedExample(const char* id)
{
    return ExampleBuilder().with("id", id).with("window_days", 5551234567.0).json();
}

QByteArray digest(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

/// Whether the program has set up what it does about signals: one that comes before simply ends it.
bool mindsSignals(const QProcess& process)
{
    const qint64 id = process.processId();
    return isInMask(id, "SigBlk", SIGINT) && isInMask(id, "SigBlk", SIGTERM)
        && isInMask(id, "SigCgt", SIGUSR1);
}

void sendSignal(const QProcess& process, int signal)
{
    ::kill(static_cast<pid_t>(process.processId()), signal);
}

/// Far more than can be read before a signal comes: one file under many names.
void writeMuch(ExportProgram& program)
{
    program.writeValid(QStringLiteral("000.jsonl"), 2000);
    const QByteArray first = program.path(QStringLiteral("data/000.jsonl")).toLocal8Bit();
    for (int i = 1; i < 400; ++i) {
        const QString name = QStringLiteral("data/%1.jsonl").arg(i, 3, 10, QLatin1Char('0'));
        if (::link(first.constData(), program.path(name).toLocal8Bit().constData()) != 0) {
            qFatal("cannot link a file");
        }
    }
}

/// Waits until rows of a run stand in its hidden folder.
bool isWritingRows(ExportProgram& program, const QProcess& process)
{
    const auto areThere = [&program] {
        return program.tree(QStringLiteral("runs/hf_export"))
            .join(QLatin1Char(' '))
            .contains(QStringLiteral("dataset.jsonl"));
    };
    QElapsedTimer timer;
    timer.start();
    while (!areThere() && process.state() == QProcess::Running && timer.elapsed() < Patience) {
        QTest::qWait(5);
    }
    return areThere();
}

/// The program under a terminal of its own, by util-linux's script(1): what it wrote, stdout and stderr.
QByteArray underTerminal(ExportProgram& program, const QString& line, const QString& noColour)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
    environment.remove(QStringLiteral("NO_COLOR"));
    if (!noColour.isEmpty()) {
        environment.insert(QStringLiteral("NO_COLOR"), noColour);
    }
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(program.path(QStringLiteral(".")));
    process.start(QStringLiteral("script"),
        {QStringLiteral("-qec"), QStringLiteral(SIGNALS_EXPORT_PROGRAM) + QLatin1Char(' ') + line,
            QStringLiteral("/dev/null")});
    process.closeWriteChannel();
    process.waitForFinished(Patience);
    return process.readAll();
}

} // namespace

class tst_ExportStreams : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_guard_passes_the_rows_that_a_run_writes();
    void the_guard_tells_rejections_as_masked_lines();
    void the_guard_has_no_row_limit_of_its_own();
    void the_guard_prints_a_summary_alone();
    void a_reader_that_goes_away_ends_the_guard_quietly_with_1();
    void findings_that_cannot_be_told_end_the_guard_without_a_summary();
    void closed_standard_streams_do_not_end_up_in_a_bundle();
    void a_signal_ends_a_guard_that_waits_for_input();
    void a_signal_ends_a_guard_that_waits_for_its_reader_data();
    void a_signal_ends_a_guard_that_waits_for_its_reader();
    void a_signal_ends_a_run_and_leaves_nothing_half_done_data();
    void a_signal_ends_a_run_and_leaves_nothing_half_done();
    void a_killed_run_is_a_failed_one_for_whoever_asks();
    void a_cancelled_run_is_a_document_too();
    void colour_is_for_terminals_and_can_be_forbidden();
    void a_progress_line_fits_its_terminal_data();
    void a_progress_line_fits_its_terminal();
};

void tst_ExportStreams::the_guard_passes_the_rows_that_a_run_writes()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 1000);
    QCOMPARE(program.run(words("run --job-id=one")).exitCode, 0);
    const ProgramResult guarded
        = program.run(words("guard"), program.readFile(QStringLiteral("data/a.jsonl")));
    QCOMPARE(guarded.exitCode, 0);
    QCOMPARE(guarded.err, QByteArray());
    QVERIFY(!guarded.out.isEmpty());
    QCOMPARE(
        digest(guarded.out), digest(program.readFile(QStringLiteral("runs/hf_export/one/dataset.jsonl"))));
}

void tst_ExportStreams::the_guard_tells_rejections_as_masked_lines()
{
    ExportProgram program;
    const std::string input
        = ExampleBuilder().with("id", "a").json() + "\r\n\n" + refusedExample("b") + "\nnull";
    const ProgramResult result = program.run(words("guard"), QByteArray::fromStdString(input));
    QCOMPARE(result.exitCode, 3);
    QCOMPARE(result.out.count('\n'), 1);
    const QList<QByteArray> lines = result.err.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0],
        QByteArray(
            R"({"line":3,"rule":"out_of_range","path":"features.window_days","masked":"9999999999"})"));
    QCOMPARE(QJsonDocument::fromJson(lines[1]).object()[QStringLiteral("rule")].toString(),
        QStringLiteral("malformed"));
    QCOMPARE(program.run(words("guard"), {}).exitCode, 0);
    QCOMPARE(program.tree(QStringLiteral(".")), QStringList {QStringLiteral("data")});
}

void tst_ExportStreams::the_guard_has_no_row_limit_of_its_own()
{
    ExportProgram program;
    program.setEnvironment(QStringLiteral("HF_EXPORT_MAX_ROWS"), QStringLiteral("2"));
    program.writeValid(QStringLiteral("a.jsonl"), 5);
    const QByteArray input = program.readFile(QStringLiteral("data/a.jsonl"));
    QCOMPARE(program.run(words("guard"), input).out.count('\n'), 5);
    QCOMPARE(program.run(words("guard --max-rows=3"), input).out.count('\n'), 3);
}

void tst_ExportStreams::the_guard_prints_a_summary_alone()
{
    ExportProgram program;
    const std::string input = ExampleBuilder().with("id", "a").json() + "\n" + refusedExample("b");
    const ProgramResult result = program.run(words("guard --json"), QByteArray::fromStdString(input));
    QCOMPARE(result.exitCode, 3);
    QCOMPARE(result.json()[QStringLiteral("rows")].toObject(),
        (QJsonObject {{QStringLiteral("read"), 2}, {QStringLiteral("matched"), 2},
            {QStringLiteral("exported"), 1}, {QStringLiteral("rejected"), 1}}));
    QVERIFY(result.err.contains("out_of_range"));
}

void tst_ExportStreams::a_reader_that_goes_away_ends_the_guard_quietly_with_1()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3000);
    QProcess process;
    process.setWorkingDirectory(program.path(QStringLiteral(".")));
    process.start(QStringLiteral("sh"),
        {QStringLiteral("-c"),
            QStringLiteral("{ \"$0\" guard <data/a.jsonl; echo $? >status; } | head -c 10 >/dev/null"),
            QStringLiteral(SIGNALS_EXPORT_PROGRAM)});
    QVERIFY(process.waitForFinished(Patience));
    QCOMPARE(program.readFile(QStringLiteral("status")), QByteArray("1\n"));
    QCOMPARE(process.readAllStandardError(), QByteArray());
}

void tst_ExportStreams::findings_that_cannot_be_told_end_the_guard_without_a_summary()
{
    ExportProgram program;
    program.writeFile(QStringLiteral("data/a.jsonl"), QByteArray::fromStdString(refusedExample("b")));
    QProcess process;
    process.setWorkingDirectory(program.path(QStringLiteral(".")));
    process.start(QStringLiteral("sh"),
        {QStringLiteral("-c"),
            QStringLiteral("\"$0\" guard --summary=sum.json <data/a.jsonl 2>/dev/full; echo $? >status"),
            QStringLiteral(SIGNALS_EXPORT_PROGRAM)});
    QVERIFY(process.waitForFinished(Patience));
    QCOMPARE(program.readFile(QStringLiteral("status")), QByteArray("1\n"));
    QVERIFY(!QFile::exists(program.path(QStringLiteral("sum.json"))));
}

void tst_ExportStreams::closed_standard_streams_do_not_end_up_in_a_bundle()
{
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 20);
    QProcess process;
    process.setWorkingDirectory(program.path(QStringLiteral(".")));
    process.start(QStringLiteral("sh"),
        {QStringLiteral("-c"),
            QStringLiteral("\"$0\" run --data-dir data --job-id one <&- >&- 2>&-; echo $? >run; "
                           "\"$0\" guard <&- >/dev/null 2>&1; echo $? >guard"),
            QStringLiteral(SIGNALS_EXPORT_PROGRAM)});
    QVERIFY(process.waitForFinished(Patience));
    QCOMPARE(program.readFile(QStringLiteral("run")), QByteArray("0\n"));
    QCOMPARE(program.run(words("verify runs/hf_export/one")).exitCode, 0);
    QCOMPARE(program.readFile(QStringLiteral("guard")), QByteArray("1\n")); // no input is not an empty input
}

void tst_ExportStreams::a_signal_ends_a_guard_that_waits_for_input()
{
    for (const int signal : {SIGINT, SIGTERM}) {
        ExportProgram program;
        const auto process = program.start(words("guard --threads=2"));
        process->write("\n");
        QTRY_VERIFY_WITH_TIMEOUT(mindsSignals(*process), Patience);
        QTest::qWait(50); // no event tells that a process waits for more
        QCOMPARE(process->state(), QProcess::Running);
        sendSignal(*process, signal);
        QVERIFY(process->waitForFinished(Patience));
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), 130);
    }
}

void tst_ExportStreams::a_signal_ends_a_guard_that_waits_for_its_reader_data()
{
    QTest::addColumn<bool>("rows");
    QTest::newRow("of rows") << true;
    QTest::newRow("of findings") << false;
}

void tst_ExportStreams::a_signal_ends_a_guard_that_waits_for_its_reader()
{
    QFETCH(bool, rows);
    ExportProgram program;
    program.writeValid(QStringLiteral("a.jsonl"), 3000);
    if (!rows) {
        std::string refused;
        for (int i = 0; i < 3000; ++i) {
            refused += refusedExample("b") + '\n';
        }
        program.writeFile(QStringLiteral("data/a.jsonl"), QByteArray::fromStdString(refused));
    }
    const QByteArray slow = program.path(QStringLiteral("slow")).toLocal8Bit();
    QCOMPARE(::mkfifo(slow.constData(), 0600), 0);
    const int reader = ::open(slow.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC); // that reads nothing
    QVERIFY(reader >= 0);
    const auto close = qScopeGuard([reader] { ::close(reader); });
    QProcess process;
    process.setWorkingDirectory(program.path(QStringLiteral(".")));
    process.setStandardInputFile(program.path(QStringLiteral("data/a.jsonl")));
    const QString nowhere = QProcess::nullDevice();
    process.setStandardOutputFile(rows ? QString::fromLocal8Bit(slow) : nowhere);
    process.setStandardErrorFile(rows ? nowhere : QString::fromLocal8Bit(slow));
    process.start(QStringLiteral(SIGNALS_EXPORT_PROGRAM), {QStringLiteral("guard")});
    const auto isFull = [reader] {
        int bytes = 0;
        return ::ioctl(reader, FIONREAD, &bytes) == 0 && 2 * bytes >= ::fcntl(reader, F_GETPIPE_SZ);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isFull() && mindsSignals(process), Patience);
    sendSignal(process, SIGTERM);
    QVERIFY(process.waitForFinished(Patience));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
}

void tst_ExportStreams::a_signal_ends_a_run_and_leaves_nothing_half_done_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("threads");
    QTest::newRow("SIGINT") << int(SIGINT) << QStringLiteral("1");
    QTest::newRow("SIGTERM") << int(SIGTERM) << QStringLiteral("2");
}

void tst_ExportStreams::a_signal_ends_a_run_and_leaves_nothing_half_done()
{
    QFETCH(int, signal);
    QFETCH(QString, threads);
    ExportProgram program;
    writeMuch(program);
    const auto process = program.start(words("run --job-id=one --max-rows=100000000 --threads") << threads);
    QVERIFY(isWritingRows(program, *process));
    sendSignal(*process, signal);
    sendSignal(*process, signal); // a second one changes nothing
    QVERIFY(process->waitForFinished(Patience));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 130);
    QCOMPARE(program.tree(QStringLiteral("runs/hf_export")), QStringList());
    const ProgramResult status = program.run(words("status one --json"));
    QCOMPARE(status.json()[QStringLiteral("status")].toString(), QStringLiteral("cancelled"));
    QVERIFY(status.json()[QStringLiteral("bundle_dir")].isNull());
}

void tst_ExportStreams::a_killed_run_is_a_failed_one_for_whoever_asks()
{
    ExportProgram program;
    writeMuch(program);
    const auto process = program.start(words("run --job-id=one --max-rows=100000000"));
    QVERIFY(isWritingRows(program, *process));
    const ProgramResult alive = program.run(words("status one --json"));
    QCOMPARE(alive.json()[QStringLiteral("status")].toString(), QStringLiteral("running"));
    QVERIFY(isWritingRows(program, *process)); // asking takes nothing from a run that lives
    sendSignal(*process, SIGKILL);
    QVERIFY(process->waitForFinished(Patience));
    const ProgramResult status = program.run(words("status one --json"));
    QCOMPARE(status.json()[QStringLiteral("status")].toString(), QStringLiteral("failed"));
    QCOMPARE(status.json()[QStringLiteral("error")].toString(),
        QStringLiteral("The program ended before the job did."));
    QCOMPARE(program.tree(QStringLiteral("runs/hf_export")), QStringList());
}

void tst_ExportStreams::a_cancelled_run_is_a_document_too()
{
    ExportProgram program;
    writeMuch(program);
    const auto process = program.start(words("check --json --max-rows=100000000"));
    QTRY_VERIFY_WITH_TIMEOUT(mindsSignals(*process), Patience);
    sendSignal(*process, SIGINT);
    QVERIFY(process->waitForFinished(Patience));
    QCOMPARE(process->exitCode(), 130);
    const QJsonObject json = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
    QCOMPARE(json[QStringLiteral("error")].toObject()[QStringLiteral("code")].toString(),
        QStringLiteral("cancelled"));
}

void tst_ExportStreams::colour_is_for_terminals_and_can_be_forbidden()
{
    if (QStandardPaths::findExecutable(QStringLiteral("script")).isEmpty()) {
        QSKIP("script(1) of util-linux is not installed: there is no terminal to try");
    }
    if (const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY); terminal >= 0) {
        ::close(terminal);
    } else {
        QSKIP("no pseudo-terminal can be made: is devpts mounted in this chroot?");
    }
    ExportProgram program;
    program.writeData(QStringLiteral("a.jsonl"), {ExampleBuilder().json(), refusedExample("x")});
    const QString line = QStringLiteral("check --data-dir data");
    QVERIFY(underTerminal(program, line, {}).contains("\x1b[31m"));
    const QByteArray plain = underTerminal(program, line, QStringLiteral("1"));
    QVERIFY(plain.contains("rejected by the guard"));
    QVERIFY(!plain.contains("\x1b[3"));
}

void tst_ExportStreams::a_progress_line_fits_its_terminal_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("expected");
    QTest::newRow("wide") << 110
                          << QStringLiteral("[##########------------------------------]  25 %  250,000 rows  "
                                            "500.0 MB  125,000 rows/s  6 s left");
    QTest::newRow("narrow") << 66
                            << QStringLiteral(" 25 %  250,000 rows  500.0 MB  125,000 rows/s  6 s left");
    QTest::newRow("tiny") << 10 << QStringLiteral(" 25 %  250");
}

void tst_ExportStreams::a_progress_line_fits_its_terminal()
{
    QFETCH(int, width);
    QFETCH(QString, expected);
    const ProgressFigures figures {500'000'000, 2'000'000'000, 250'000};
    const std::string line = progressLine(figures, 2, static_cast<std::size_t>(width));
    QVERIFY(line.size() <= static_cast<std::size_t>(width));
    QCOMPARE(QString::fromStdString(line), expected);
    // No rate and no time left before there is something to go by.
    QVERIFY(progressLine(figures, 0.5, 100).find("left") == std::string::npos);
}

QTEST_GUILESS_MAIN(tst_ExportStreams)
#include "tst_export_streams.moc"
