// SPDX-License-Identifier: Apache-2.0
/// A push that is killed at any of its calls that change a file or flush one: the job's record is the old one
/// or has the whole receipt, and pushing again finds what the Hub has instead of committing it twice.
#include "tests/faults/struck_export.h"
#include "tests/support/fake_hub/fake_hub.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using workbench::fakehub::FakeHub;

class KilledPushTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_killed_push_leaves_a_true_record_and_at_most_one_commit()
    {
        const FakeHub hub;
        StruckExport exports(QStringLiteral("--threads=1"));
        exports.setEnvironment(QStringLiteral("HF_ENDPOINT"), QString::fromStdString(hub.url()));
        exports.setEnvironment(QStringLiteral("HF_TOKEN"), QString::fromLatin1(FakeHub::WriteToken));
        exports.setEnvironment(QStringLiteral("HF_EXPORT_ENABLED"), QStringLiteral("true"));
        exports.startWith(StruckExport::Start::OldBundle);
        const Tree before = exports.state();
        const QByteArray recordBefore = exports.record();
        const auto push = [](const QString& repo) {
            return QStringLiteral("push --quiet --bundle-dir=out/job --repo=") + repo;
        };
        const auto receipt = [&exports] {
            return QJsonDocument::fromJson(exports.record()).object()[QStringLiteral("push")].toObject();
        };
        const int calls = exports.callsOf(push(QStringLiteral("lab/counted")), QStringLiteral("kill"));
        for (const int point : chosenPoints(calls, 10)) {
            exports.restore(before);
            const QString repo = QStringLiteral("lab/killed_%1").arg(point);
            const ProgramResult killed = exports.run(push(repo), {QStringLiteral("kill"), point});
            QCOMPARE(killed.exitCode, -1);
            const QString call = exports.struck();
            const bool isTrue
                = exports.record() == recordBefore || receipt()[QStringLiteral("pushed")].toBool();
            QVERIFY2(isTrue, qPrintable(call));
            QCOMPARE(exports.run(QStringLiteral("status job --out-dir=out")).exitCode, 0);
            QCOMPARE(exports.state().keys(), before.keys()); // it cleared up
            const ProgramResult again = exports.run(push(repo));
            QVERIFY2(again.exitCode == 0, again.err.constData());
            const auto there = hub.snapshot(repo.toStdString());
            QCOMPARE(receipt()[QStringLiteral("revision")].toString(), QString::fromStdString(there.head));
            QCOMPARE(
                hub.commits(repo.toStdString()).size(), std::size_t {2}); // the repository's own, and ours
            for (const QByteArray& bytes : exports.state()) {
                QVERIFY2(!bytes.contains(FakeHub::WriteToken), qPrintable(call));
            }
        }
    }
};

QTEST_GUILESS_MAIN(KilledPushTest)
#include "tst_killed_push.moc"
