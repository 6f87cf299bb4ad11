// SPDX-License-Identifier: Apache-2.0
// One fault at each request: published whole or unchanged, and the receipt says which.
#include "tests/support/fault_matrix.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <algorithm>

using namespace workbench;

namespace {

std::vector<fakehub::Fault> allFaults()
{
    std::vector<fakehub::Fault> all = pushFaults();
    all.insert(all.end(), slowFaults().begin(), slowFaults().end());
    return all;
}

} // namespace

class PublishFaultOnceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void one_fault_ends_published_or_unchanged_data();
    void one_fault_ends_published_or_unchanged();
};

void PublishFaultOnceTest::one_fault_ends_published_or_unchanged_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("fault");
    for (std::size_t s = 0; s < pushSteps().size(); ++s) {
        const auto faults = allFaults();
        for (std::size_t f = 0; f < faults.size(); ++f) {
            if (!isTried(s, f)) {
                continue;
            }
            const QString name = QString(pushSteps()[s].name) + ": " + nameOf(faults[f]);
            QTest::newRow(qPrintable(name)) << static_cast<int>(s) << static_cast<int>(f);
        }
    }
}

void PublishFaultOnceTest::one_fault_ends_published_or_unchanged()
{
    QFETCH(int, step);
    QFETCH(int, fault);
    const PushStep& at = pushSteps()[static_cast<std::size_t>(step)];
    HubWorld world(smallParts());
    if (at.exists) {
        seedOlder(world);
    }
    const PushPromise promise(world);
    world.hub.fail(faultAt(at, allFaults()[static_cast<std::size_t>(fault)]));
    PushJob job = world.job();
    if (static_cast<std::size_t>(fault) >= pushFaults().size()) {
        job.stall = std::chrono::milliseconds {150};
    }
    const PushResult result = world.push(job);
    const auto log = world.hub.requests();
    QVERIFY2(std::any_of(log.begin(), log.end(), [](const auto& request) { return !request.fault.empty(); }),
        "the fault struck");
    QCOMPARE(promise.brokenBy(world, result), QString());
}

QTEST_GUILESS_MAIN(PublishFaultOnceTest)
#include "tst_publish_fault_once.moc"
