// SPDX-License-Identifier: Apache-2.0
// A request that never succeeds: nothing half, and the next try without the fault publishes.
#include "tests/support/fault_matrix.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <algorithm>

using namespace workbench;
using fakehub::FaultKind;

class PublishFaultForEverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_fault_for_ever_ends_unchanged_and_a_later_try_publishes_data();
    void a_fault_for_ever_ends_unchanged_and_a_later_try_publishes();
};

void PublishFaultForEverTest::a_fault_for_ever_ends_unchanged_and_a_later_try_publishes_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("fault");
    for (std::size_t s = 0; s < pushSteps().size(); ++s) {
        for (std::size_t f = 0; f < pushFaults().size(); ++f) {
            if (!isTried(s, f)) {
                continue;
            }
            const QString name = QString(pushSteps()[s].name) + ": " + nameOf(pushFaults()[f]);
            QTest::newRow(qPrintable(name)) << static_cast<int>(s) << static_cast<int>(f);
        }
    }
}

void PublishFaultForEverTest::a_fault_for_ever_ends_unchanged_and_a_later_try_publishes()
{
    QFETCH(int, step);
    QFETCH(int, fault);
    const PushStep& at = pushSteps()[static_cast<std::size_t>(step)];
    HubWorld world(smallParts());
    if (at.exists) {
        seedOlder(world);
    }
    const PushPromise promise(world);
    fakehub::Fault striking = faultAt(at, pushFaults()[static_cast<std::size_t>(fault)]);
    striking.times = 0;
    world.hub.fail(striking);
    const PushResult result = world.push();
    QCOMPARE(promise.brokenBy(world, result), QString());
    const std::size_t made = commitCount(world.hub);
    // Other bytes than were sent are on the Hub, and it says so: that needs a second commit, nothing else
    // does. Its dataset_info.json may be among them, so a person has to allow what cannot be compared.
    const bool wrongBytes
        = !result.outcome.published && !result.outcome.revision.empty() && !world.holds("first");
    QVERIFY(!wrongBytes || striking.kind == FaultKind::WrongHash);
    world.hub.clearFaults();
    PushJob job = world.job();
    job.publish.allowSchemaChange = wrongBytes;
    const PushResult later = world.push(job);
    if (wrongBytes && at.method == std::string_view("PUT")) {
        // A storage that keeps other bytes under our hash for good is beyond a client: it is told each time.
        QVERIFY(!later.outcome.published && messageOf(later).contains("other bytes"));
        return;
    }
    QVERIFY2(later.outcome.published && !later.outcome.error, qPrintable(messageOf(later)));
    QVERIFY(world.holds("first"));
    QCOMPARE(commitCount(world.hub), wrongBytes ? made + 1 : promise.commits() + 1);
}

QTEST_GUILESS_MAIN(PublishFaultForEverTest)
#include "tst_publish_fault_for_ever.moc"
