// SPDX-License-Identifier: Apache-2.0
/// An export that is killed, at any of its calls that change a file or flush one: what is there is the whole
/// old bundle or the whole new one, the record says which, and nothing is left behind. Points are chosen
/// evenly; WORKBENCH_EVERY_FAULT goes through all.
#include "tests/faults/struck_export.h"

#include <QtTest>

#include <limits>

namespace {

using Start = StruckExport::Start;

/// Kills `line` at the chosen points, and has `judge` look at each. How many there were, and all problems.
struct Kills {
    int struck = 0;
    QStringList problems;
    int mostOfAll = std::numeric_limits<int>::max(); ///< with WORKBENCH_EVERY_FAULT

    template <class Judge> void at(StruckExport& exports, const QString& line, int most, Judge judge)
    {
        const Tree before = exports.state();
        for (const char* const kind : {"kill", "torn"}) {
            const QString name = QString::fromLatin1(kind);
            exports.restore(before);
            const int mostOfKind = kind[0] == 'k' ? most : most / 8 + 1;
            for (const int point : chosenPoints(exports.callsOf(line, name), mostOfKind, mostOfAll)) {
                exports.restore(before);
                const Fault fault {name, point};
                const ProgramResult result = exports.run(line, fault);
                const QString call = exports.struck();
                struck += call.isEmpty() ? 0 : 1;
                if (!call.isEmpty() && result.exitCode != -1) {
                    problems += fault.text() + QStringLiteral(": it lives");
                }
                if (const QString problem = judge(); !problem.isEmpty()) {
                    problems += fault.text() + QStringLiteral(" (%1): ").arg(call) + problem;
                }
            }
        }
    }
};

void conclude(const Kills& kills)
{
    qInfo("killed at %d points", kills.struck);
    QVERIFY2(kills.problems.isEmpty(), qPrintable(kills.problems.join(QLatin1Char('\n'))));
    QVERIFY(kills.struck > 0);
}

} // namespace

class CrashPointsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_export_that_is_killed_leaves_all_or_nothing_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("overwrites");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("most");
        QTest::newRow("a new bundle") << "--threads=1" << false << 4 << 16;
        QTest::newRow("over an old one") << "--threads=1" << true << 4 << 24;
        QTest::newRow("over an old one, two threads") << "--threads=2" << true << 4 << 6;
        QTest::newRow("files of several pieces") << "--threads=2 --split=by_source" << true << 1500 << 3;
    }

    void an_export_that_is_killed_leaves_all_or_nothing()
    {
        QFETCH(QString, options);
        QFETCH(bool, overwrites);
        QFETCH(int, rows);
        QFETCH(int, most);
        StruckExport exports(options, rows);
        exports.startWith(overwrites ? Start::OldBundle : Start::Empty);
        Kills kills;
        kills.at(exports, exports.exportLine(), most, [&] { return exports.problemNowAndOfNextRun(); });
        conclude(kills);
    }

    void who_clears_up_after_a_kill_may_be_killed_as_well_data()
    {
        QTest::addColumn<QString>("clearing");
        QTest::newRow("who asks for its status") << "status job --out-dir=out";
        QTest::newRow("the next run") << "";
    }

    void who_clears_up_after_a_kill_may_be_killed_as_well()
    {
        QFETCH(QString, clearing);
        StruckExport exports(QStringLiteral("--threads=1"));
        exports.startWith(Start::OldBundle);
        const Tree before = exports.state();
        Kills kills;
        kills.mostOfAll = 8; // for each of all first kills
        for (const int first :
            chosenPoints(exports.callsOf(exports.exportLine(), QStringLiteral("kill")), 4)) {
            exports.restore(before);
            QCOMPARE(exports.run(exports.exportLine(), {QStringLiteral("kill"), first}).exitCode, -1);
            if (clearing
                    .isEmpty()) { // another run, which may fail for itself after the first one was through
                exports.takeAsOld();
            }
            const QString line = clearing.isEmpty() ? exports.exportLine() : clearing;
            kills.at(exports, line, 3, [&] { return exports.problem(); });
        }
        conclude(kills);
    }
};

QTEST_GUILESS_MAIN(CrashPointsTest)
#include "tst_crash_points.moc"
