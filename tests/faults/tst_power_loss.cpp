// SPDX-License-Identifier: Apache-2.0
/// An export whose machine loses its power, at any moment: what was not flushed is there or not, by chance
/// and in any order. What is found afterwards is what a kill may leave (tst_crash_points), and what the
/// program has told as done is there. Moments are drawn at random, the same in every run;
/// WORKBENCH_EVERY_FAULT draws many.
#include "tests/faults/power_loss.h"
#include "tests/support/thoroughness.h"

#include <QCryptographicHash>
#include <QSet>
#include <QtTest>

#include <optional>
#include <random>

using namespace workbench;

namespace {

using Start = StruckExport::Start;

/// One export, written down.
struct Journaled {
    Journaled(const QString& options, bool overwrites, int rows) : exports(options, rows)
    {
        exports.startWith(overwrites ? Start::OldBundle : Start::Empty);
        before = exports.state();
        line = exports.exportLine();
        loss.emplace(exports.journalOf(line), exports.folder(), before);
    }

    StruckExport exports;
    Tree before;
    QString line;
    std::optional<PowerLoss> loss;
};

int draws(int most)
{
    constexpr int Many = 3000; // a thousand moments by three seeds
    return qEnvironmentVariableIsSet("WORKBENCH_EVERY_FAULT") ? Many : std::max(8, most / CaseStride);
}

} // namespace

class PowerLossTest : public QObject {
    Q_OBJECT

private:
    static void addExports()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("overwrites");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("most");
        QTest::newRow("a new bundle") << "--threads=1" << false << 4 << 150;
        QTest::newRow("over an old one") << "--threads=1" << true << 4 << 150;
        QTest::newRow("files of several pieces") << "--threads=2 --split=by_source" << true << 1500 << 20;
    }

private Q_SLOTS:
    void the_journal_tells_all_that_an_export_does_data() { addExports(); }
    void the_journal_tells_all_that_an_export_does()
    {
        QFETCH(QString, options);
        QFETCH(bool, overwrites);
        QFETCH(int, rows);
        const Journaled run(options, overwrites, rows);
        QVERIFY(run.exports.showsNew());
        QCOMPARE(run.loss->unhurt(), run.exports.state());
        QCOMPARE(run.loss->after(0, 0), run.before);
    }

    void an_export_that_loses_power_leaves_all_or_nothing_data() { addExports(); }
    void an_export_that_loses_power_leaves_all_or_nothing()
    {
        QFETCH(QString, options);
        QFETCH(bool, overwrites);
        QFETCH(int, rows);
        QFETCH(int, most);
        Journaled run(options, overwrites, rows);
        std::mt19937 random(20261130); // NOLINT(*-msc51-cpp): the same in every run
        QSet<QByteArray> seen;
        QStringList problems;
        for (int draw = 0; draw < draws(most); ++draw) {
            const int calls = std::uniform_int_distribution<int>(0, run.loss->calls())(random);
            const auto seed = static_cast<quint32>(random());
            const Tree left = run.loss->after(calls, seed);
            if (const QByteArray hash = hashOf(left); seen.contains(hash)) {
                continue;
            } else {
                seen.insert(hash);
            }
            run.exports.restore(left);
            if (const QString problem = run.exports.problemNowAndOfNextRun(); !problem.isEmpty()) {
                problems += QStringLiteral("after %1 of %2 calls, seed %3: %4")
                                .arg(calls)
                                .arg(run.loss->calls())
                                .arg(seed)
                                .arg(problem);
            }
        }
        qInfo("%d disks, each another", static_cast<int>(seen.size()));
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
        QVERIFY(seen.size() > 1);
    }

    void what_was_told_as_done_is_there_afterwards_data() { addExports(); }
    void what_was_told_as_done_is_there_afterwards()
    {
        QFETCH(QString, options);
        QFETCH(bool, overwrites);
        QFETCH(int, rows);
        QFETCH(int, most);
        Journaled run(options, overwrites, rows);
        for (int draw = 0; draw < draws(most) / 8 + 4; ++draw) {
            run.exports.restore(run.loss->after(run.loss->calls(), static_cast<quint32>(draw)));
            QVERIFY2(run.exports.showsNew(), qPrintable(QStringLiteral("seed %1").arg(draw)));
            QVERIFY(run.exports.record().contains("\"completed\""));
            QCOMPARE(run.exports.problem(), QString());
        }
    }

    /// That the two above can fail.
    void an_export_that_never_flushed_would_be_found_out()
    {
        Journaled run(QStringLiteral("--threads=1"), true, 4);
        run.loss->forgetFlushes();
        int hurt = 0;
        for (quint32 seed = 0; seed < 16; ++seed) {
            run.exports.restore(run.loss->after(run.loss->calls(), seed));
            hurt += run.exports.problem().isEmpty() ? 0 : 1;
        }
        QVERIFY2(hurt > 0, "every disk was whole");
    }

private:
    static QByteArray hashOf(const Tree& tree)
    {
        QCryptographicHash hash(QCryptographicHash::Sha256);
        for (auto entry = tree.begin(); entry != tree.end(); ++entry) {
            hash.addData(entry.key().toUtf8() + '\0' + entry.value() + '\0');
        }
        return hash.result();
    }
};

QTEST_GUILESS_MAIN(PowerLossTest)
#include "tst_power_loss.moc"
