// SPDX-License-Identifier: Apache-2.0
/// A push that is killed at any of its calls that change a file or flush one, or whose machine loses power
/// there: the job's record is the old one or has the whole receipt, what was told as done stays known, and
/// pushing again finds what the Hub has instead of committing it twice.
#include "tests/faults/power_loss.h"
#include "tests/faults/struck_export.h"
#include "tests/support/fake_hub/fake_hub.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using workbench::fakehub::FakeHub;

namespace {

/// A bundle that is not pushed yet, and a Hub.
struct Pushing {
    Pushing()
    {
        exports.setEnvironment(QStringLiteral("HF_ENDPOINT"), QString::fromStdString(hub.url()));
        exports.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromLatin1(FakeHub::WriteToken));
        exports.setEnvironment(QStringLiteral("HF_EXPORT_ENABLED"), QStringLiteral("true"));
        exports.startWith(StruckExport::Start::OldBundle);
        before = exports.state();
        recordBefore = exports.record();
    }
    static QString push(const QString& repo)
    {
        return QStringLiteral("push --quiet --bundle-dir=out/job --repo=") + repo;
    }
    [[nodiscard]] QJsonObject receipt() const
    {
        return QJsonDocument::fromJson(exports.record()).object()[QStringLiteral("push")].toObject();
    }
    [[nodiscard]] bool isPushed() const { return receipt()[QStringLiteral("pushed")].toBool(); }
    [[nodiscard]] bool isTrue() const { return exports.record() == recordBefore || isPushed(); }
    /// The Hub has it once: the repository's first commit, and ours, which is what the receipt says.
    [[nodiscard]] bool isPushedOnce(const QString& repo) const
    {
        return hub.commits(repo.toStdString()).size() == 2
            && receipt()[QStringLiteral("revision")].toString().toStdString()
            == hub.snapshot(repo.toStdString()).head;
    }

    const FakeHub hub;
    StruckExport exports {QStringLiteral("--threads=1")};
    Tree before;
    QByteArray recordBefore;
};

} // namespace

class KilledPushTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_killed_push_leaves_a_true_record_and_at_most_one_commit()
    {
        Pushing it;
        StruckExport& exports = it.exports;
        const int calls
            = exports.callsOf(Pushing::push(QStringLiteral("lab/counted")), QStringLiteral("kill"));
        for (const int point : chosenPoints(calls, 10)) {
            exports.restore(it.before);
            const QString repo = QStringLiteral("lab/killed_%1").arg(point);
            const ProgramResult killed = exports.run(Pushing::push(repo), {QStringLiteral("kill"), point});
            QCOMPARE(killed.exitCode, -1);
            const QString call = exports.struck();
            QVERIFY2(it.isTrue(), qPrintable(call));
            QCOMPARE(exports.run(QStringLiteral("status job --out-dir=out")).exitCode, 0);
            QCOMPARE(exports.state().keys(), it.before.keys()); // it cleared up
            const ProgramResult again = exports.run(Pushing::push(repo));
            QVERIFY2(again.exitCode == 0, again.err.constData());
            QVERIFY2(it.isPushedOnce(repo), qPrintable(call));
            for (const QByteArray& bytes : exports.state()) {
                QVERIFY2(!bytes.contains(FakeHub::WriteToken), qPrintable(call));
            }
        }
    }

    void a_push_that_loses_power_leaves_a_true_record_and_is_known_once_it_was_told()
    {
        Pushing it;
        StruckExport& exports = it.exports;
        const QString repo = QStringLiteral("lab/dark");
        const PowerLoss loss(exports.journalOf(Pushing::push(repo)), exports.folder(), it.before);
        QVERIFY(it.isPushedOnce(repo));
        QCOMPARE(loss.unhurt(), exports.state());
        for (int calls = 0; calls <= loss.calls(); ++calls) {
            for (quint32 seed = 0; seed < 8; ++seed) {
                exports.restore(loss.after(calls, seed));
                const QString moment = QStringLiteral("after %1 calls, seed %2").arg(calls).arg(seed);
                QVERIFY2(it.isTrue(), qPrintable(moment));
                QVERIFY2(calls < loss.calls() || it.isPushed(), qPrintable(moment));
            }
        }
        exports.restore(loss.after(0, 0)); // the Hub has what the record does not know of
        QVERIFY(!it.isPushed());
        const ProgramResult again = exports.run(Pushing::push(repo));
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QVERIFY(it.isPushedOnce(repo));
    }
};

QTEST_GUILESS_MAIN(KilledPushTest)
#include "tst_killed_push.moc"
