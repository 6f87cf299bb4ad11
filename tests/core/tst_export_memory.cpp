// SPDX-License-Identifier: Apache-2.0
/// An export for which there is no memory at one moment, whichever: it fails as any other does, on all its
/// threads, or does without; the old bundle stays and the record is true. Moments are chosen evenly;
/// WORKBENCH_EVERY_FAULT goes through all.
#include "core/job/export_job.h"
#include "tests/core/export_world.h"
#include "tests/support/scarce_memory.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

using namespace workbench;
using World = ExportWorld;

class ExportMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void no_memory_at_any_moment_is_an_error_like_another_data()
    {
        QTest::addColumn<unsigned>("threads");
        QTest::addColumn<int>("rows");
        QTest::addColumn<long>("most");
        QTest::newRow("a few rows, one thread") << 1U << 4 << 100L;
        QTest::newRow("a few rows, two threads") << 2U << 4 << 100L;
        QTest::newRow("files of several pieces") << 2U << 1500 << 20L;
    }

    void no_memory_at_any_moment_is_an_error_like_another()
    {
        if (ThreadSanitized) {
            QSKIP("memory is ThreadSanitizer's here");
        }
        QFETCH(unsigned, threads);
        QFETCH(int, rows);
        QFETCH(long, most);
        const World world(manyExamples(rows) + badExample(1));
        ExportRequest request = world.request();
        request.onRejection = OnRejection::Skip;
        request.threads = threads;
        request.overwrite = true;
        QVERIFY(!run(request).error); // also what is made once a program
        const std::string oldInfo = world.folder.read("out/job/dataset_info.json");
        // Another bundle of as many rows.
        request.clock = [] { return ExportTime + std::chrono::seconds(1); };
        const long all = countedRun(request, 0);
        const std::string newInfo = world.folder.read("out/job/dataset_info.json");
        QVERIFY(oldInfo != newInfo);
        most = qEnvironmentVariableIsSet("WORKBENCH_EVERY_FAULT")
            ? all
            : std::min(all, Sanitized ? most / 8 : most);
        long failed = 0;
        for (long point = 0; point < most; ++point) {
            request.clock = [] { return ExportTime; };
            QVERIFY(!run(request).error);
            request.clock = [] { return ExportTime + std::chrono::seconds(1); };
            const long which = 1 + point * all / most;
            countedRun(request, which);
            const QByteArray at = "allocation " + QByteArray::number(qlonglong(which));
            QVERIFY(clearLeftovers(world.folder.path("out"), [] { return ExportTime; }));
            QCOMPARE(world.outputs().filter(QStringLiteral("/.")), QStringList());
            const JobRecord record = world.record();
            const std::string info = world.folder.read("out/job/dataset_info.json");
            if (m_result.error) {
                ++failed;
                QCOMPARE(m_result.error->code, ErrorCode::Io);
                QVERIFY2(info == oldInfo, at.constData());
                // Before the first record is written, it is the old one that stays.
                QVERIFY2(
                    record.status == JobStatus::Failed || record.startedAt == formatRfc3339(ExportTime, true),
                    at.constData());
            } else {
                QVERIFY2(info == newInfo && record.status == JobStatus::Completed, at.constData());
            }
            QVERIFY2(verifies(world.folder.path("out/job")), at.constData());
        }
        qInfo("%ld of %ld moments without memory, %ld exports failed", most, all, failed);
        QVERIFY(failed > 0);
    }

private:
    /// How often it asked for memory.
    long countedRun(const ExportRequest& request, long failing)
    {
        countRequestsForMemory(failing);
        m_result = run(request);
        return requestsForMemory();
    }

    ExportResult m_result;
};

QTEST_GUILESS_MAIN(ExportMemoryTest)
#include "tst_export_memory.moc"
