// SPDX-License-Identifier: Apache-2.0
// Two faults in one push, at different requests: each alone could be survived, together they must not lie.
#include "tests/support/fault_matrix.h"

#include <QtTest>

#include <array>

using namespace workbench;
using fakehub::Fault;
using fakehub::FaultKind;

namespace {

/// Those that leave a client in doubt, or that it has an answer to.
const std::array<Fault, 6>& doubtful()
{
    static const std::array<Fault, 6> all {Fault {.kind = FaultKind::Status, .status = 503},
        Fault {.kind = FaultKind::Reset}, Fault {.kind = FaultKind::LostAnswer},
        Fault {.kind = FaultKind::LoginPage}, Fault {.kind = FaultKind::Status, .status = 409},
        Fault {.kind = FaultKind::WrongHash}};
    return all;
}

} // namespace

class PublishFaultPairsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void two_faults_end_published_or_unchanged_data();
    void two_faults_end_published_or_unchanged();
};

void PublishFaultPairsTest::two_faults_end_published_or_unchanged_data()
{
    QTest::addColumn<int>("firstStep");
    QTest::addColumn<int>("firstFault");
    QTest::addColumn<int>("secondStep");
    QTest::addColumn<int>("secondFault");
    // Neighbouring steps, and the commit together with everything that looks at it: these are where one fault
    // changes what the next one means. Each pair of kinds comes up.
    const auto& steps = pushSteps();
    int turn = 0;
    for (std::size_t a = 0; a < steps.size(); ++a) {
        for (std::size_t b = a + 1; b < steps.size(); ++b) {
            if (!steps[a].exists || !steps[b].exists) {
                continue; // the steps of a creation come in the other tests
            }
            for (int pair = 0; pair < 2; ++pair, ++turn) {
                const int first = turn % 6;
                const int second = (turn / 6 + pair) % 6;
                const QString name = QString(steps[a].name) + ": "
                    + nameOf(doubtful()[static_cast<std::size_t>(first)]) + ", " + steps[b].name + ": "
                    + nameOf(doubtful()[static_cast<std::size_t>(second)]);
                QTest::newRow(qPrintable(name))
                    << static_cast<int>(a) << first << static_cast<int>(b) << second;
            }
        }
    }
}

void PublishFaultPairsTest::two_faults_end_published_or_unchanged()
{
    QFETCH(int, firstStep);
    QFETCH(int, firstFault);
    QFETCH(int, secondStep);
    QFETCH(int, secondFault);
    HubWorld world(smallParts());
    seedOlder(world);
    const PushPromise promise(world);
    world.hub.fail(faultAt(
        pushSteps()[static_cast<std::size_t>(firstStep)], doubtful()[static_cast<std::size_t>(firstFault)]));
    Fault second = faultAt(
        pushSteps()[static_cast<std::size_t>(secondStep)], doubtful()[static_cast<std::size_t>(secondFault)]);
    second.times = 2;
    world.hub.fail(second);
    const PushResult result = world.push();
    QCOMPARE(promise.brokenBy(world, result), QString());
    // Without faults the same bundle arrives, and no commit is made twice.
    world.hub.clearFaults();
    if (result.outcome.published || !result.outcome.revision.empty()) {
        return;
    }
    const PushResult later = world.push();
    QVERIFY2(later.outcome.published && !later.outcome.error, qPrintable(messageOf(later)));
    QVERIFY(world.holds("first"));
    QCOMPARE(commitCount(world.hub), promise.commits() + 1);
}

QTEST_GUILESS_MAIN(PublishFaultPairsTest)
#include "tst_publish_fault_pairs.moc"
