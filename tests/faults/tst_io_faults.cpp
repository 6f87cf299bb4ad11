// SPDX-License-Identifier: Apache-2.0
/// An export that the disk fails, at any of its calls, once or from then on: it says what and where, the old
/// bundle stays, the record is true, and it neither hangs nor dies of it. Points are chosen evenly;
/// WORKBENCH_EVERY_FAULT goes through all.
#include "tests/faults/struck_export.h"
#include "tests/support/thoroughness.h"

#include <QRegularExpression>
#include <QtTest>

namespace {

using Start = StruckExport::Start;
using workbench::Sanitized;

/// A path of ours: an error has to be about something.
bool namesAPlace(const QByteArray& message)
{
    static const QRegularExpression place(QStringLiteral("(^|[ './])(out|out_jobs|new|\\.env)\\b|: \\.: "));
    return place.match(QString::fromUtf8(message)).hasMatch();
}

QString problemOf(StruckExport& exports, const ProgramResult& result, const Fault& fault)
{
    if (result.exitCode != 0 && result.exitCode != 1) {
        return result.exitCode == -1
            ? QStringLiteral("it hung or died: ") + QString::fromUtf8(result.err)
            : QStringLiteral("exit %1: ").arg(result.exitCode) + QString::fromUtf8(result.err);
    }
    if (result.err.contains("Sanitizer") || result.err.contains("nternal fault")) {
        return QString::fromUtf8(result.err);
    }
    if (result.exitCode == 1 && !namesAPlace(result.err)) {
        return QStringLiteral("the error names no place: ") + QString::fromUtf8(result.err);
    }
    if (result.exitCode == 0 && !exports.showsNew()) {
        return QStringLiteral("it says done, and the bundle is not there");
    }
    // Where nothing can be renamed any more, what was shown cannot be taken back either.
    if (result.exitCode == 1 && !fault.forEver && !exports.showsWhatWasThere()) {
        return QStringLiteral("it says that it failed, and what was there is not: ")
            + QString::fromUtf8(result.err);
    }
    return exports.problemNowAndOfNextRun();
}

} // namespace

class IoFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_fault_of_the_disk_is_told_and_harms_nothing_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("forEver");
        for (const char* const kind :
            {"ENOSPC", "EDQUOT", "EIO", "EIO-flush", "EROFS", "EACCES", "EMFILE", "EINTR", "short"}) {
            QTest::addRow("%s, once", kind) << QString::fromLatin1(kind) << false;
            if (qstrcmp(kind, "EINTR") != 0) { // interrupted for ever is not what happens
                QTest::addRow("%s, from then on", kind) << QString::fromLatin1(kind) << true;
            }
        }
    }

    void a_fault_of_the_disk_is_told_and_harms_nothing()
    {
        QFETCH(QString, kind);
        QFETCH(bool, forEver);
        int struck = 0;
        QStringList problems;
        for (const Start start : {Start::Empty, Start::OldBundle}) {
            if (Sanitized && start == Start::Empty) {
                continue; // another program for each: those over an old bundle will do
            }
            StruckExport& exports = start == Start::Empty ? m_few : m_overwritten;
            exports.startWith(start);
            const Tree before = exports.state();
            const QString line = exports.exportLine();
            const int most = start == Start::Empty ? 1 : 3;
            int& calls = m_calls[line + kind];
            calls = calls > 0 ? calls : exports.callsOf(line, kind);
            for (const int point : chosenPoints(calls, kind == QLatin1String("EIO") ? 3 * most : most)) {
                exports.restore(before);
                const Fault fault {kind, point, forEver};
                const ProgramResult result = exports.run(line, fault);
                const QString call = exports.struck();
                struck += call.isEmpty() ? 0 : 1;
                if (const QString problem = problemOf(exports, result, fault); !problem.isEmpty()) {
                    problems += fault.text() + QStringLiteral(" (%1): ").arg(call) + problem;
                }
            }
        }
        qInfo("struck at %d points", struck);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
        QVERIFY(struck > 0);
    }

private:
    QMap<QString, int> m_calls; ///< by line and kind
    StruckExport m_few {QStringLiteral("--threads=1")};
    StruckExport m_overwritten {QStringLiteral("--threads=2")};
};

QTEST_GUILESS_MAIN(IoFaultsTest)
#include "tst_io_faults.moc"
