// SPDX-License-Identifier: Apache-2.0
// What was reviewed is what is published: by the digest of all its bytes, and by what a person is shown of
// it.
#include "tests/support/fault_matrix.h"

#include <QCryptographicHash>
#include <QtTest>

using namespace workbench;

namespace {

constexpr const char* Repo = HubWorld::Repo;

/// The digest as anybody could work it out: `sha256sum` of the files in order of their names, hashed again.
std::string digestByHand(const HubWorld& world, const std::string& jobId)
{
    QByteArray listed;
    const std::string folder = "out/" + jobId + '/';
    for (const std::string& name : world.folder.entries()) { // sorted
        if (name.starts_with(folder) && !name.ends_with('/')) {
            listed += QCryptographicHash::hash(
                          QByteArray::fromStdString(world.folder.read(name)), QCryptographicHash::Sha256)
                          .toHex()
                + "  " + QByteArray::fromStdString(name.substr(folder.size())) + '\n';
        }
    }
    return "sha256:" + QCryptographicHash::hash(listed, QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

class PublishReviewedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_digest_is_of_every_name_and_every_byte();
    void a_bundle_other_than_the_shown_one_is_refused();
    void the_shown_bundle_at_the_shown_revision_is_published();
    void a_plan_lists_every_check_once_and_in_order_data();
    void a_plan_lists_every_check_once_and_in_order();
    void a_plan_tells_of_the_bundle_before_the_hub_answers();
    void a_token_that_others_can_read_is_a_warning();
    void only_what_changes_something_has_begun();
    void phases_come_in_the_order_of_the_work();
};

void PublishReviewedTest::the_digest_is_of_every_name_and_every_byte()
{
    HubWorld world;
    world.exportFewer("second");
    for (const char* const job : {"first", "second"}) {
        const auto plan = planPush(world.job(job), {}, {});
        QVERIFY(plan);
        QCOMPARE(plan->bundleDigest, digestByHand(world, job));
    }
}

void PublishReviewedTest::a_bundle_other_than_the_shown_one_is_refused()
{
    HubWorld world;
    world.exportFewer("second");
    PushJob job = world.job("second");
    job.publish.expectedDigest = digestByHand(world, "first");
    const PushResult result = world.push(job);
    QVERIFY(result.outcome.error && !result.outcome.published && !result.outcome.begun);
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QVERIFY2(messageOf(result).contains("another one than you looked at"), qPrintable(messageOf(result)));
    const PublishCheck* const check = checkOf(result.outcome.plan, PublishCheckKind::BundleVerifies);
    QVERIFY(check != nullptr);
    QCOMPARE(check->state, CheckState::Failed);
    QCOMPARE(check->reason, PublishReason::NotAsShown);
    QVERIFY(world.hub.requests().empty());
}

void PublishReviewedTest::the_shown_bundle_at_the_shown_revision_is_published()
{
    HubWorld world;
    seedOlder(world);
    PushJob job = world.job();
    job.publish.expectedDigest = digestByHand(world, "first");
    job.publish.expectedHead = world.hub.snapshot(Repo).head;
    const PushResult result = world.push(job);
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
}

void PublishReviewedTest::a_plan_lists_every_check_once_and_in_order_data()
{
    QTest::addColumn<QString>("what");
    for (const char* const what :
        {"all is well", "a new repository", "nothing is asked", "nobody answers", "it is public"}) {
        QTest::newRow(what) << QString(what);
    }
}

void PublishReviewedTest::a_plan_lists_every_check_once_and_in_order()
{
    QFETCH(QString, what);
    HubWorld world;
    if (what != "a new repository") {
        world.hub.createRepository(Repo, what != "it is public");
    }
    PushJob job = world.job();
    job.publish.enabled = what != "nothing is asked";
    if (what == "nobody answers") {
        world.hub.fail({.kind = fakehub::FaultKind::Close, .times = 0});
    }
    const auto plan = planPush(job, {}, {});
    QVERIFY(plan);
    QCOMPARE(plan->refusal() == nullptr, what == "all is well" || what == "a new repository");
    int next = 0;
    for (const PublishCheck& check : plan->checks) {
        if (check.kind <= PublishCheckKind::HeadAsShown) {
            QCOMPARE(static_cast<int>(check.kind), next++);
        }
        const bool mayBeOpen = plan->refusal() != nullptr;
        QVERIFY(check.state != CheckState::Open || mayBeOpen);
    }
    QCOMPARE(next, static_cast<int>(PublishCheckKind::HeadAsShown) + 1);
}

void PublishReviewedTest::a_plan_tells_of_the_bundle_before_the_hub_answers()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    const PushJob job = world.job();
    const auto transport = makeCurlTransport(job.hub.endpoint, job.hub.token);
    HubClient client({job.hub.endpoint, job.hub.token, transport.get(), job.waiter, {}});
    PublishRequest request = job.publish;
    request.hasToken = true;
    int told = 0;
    const auto plan = planPublish(request, client, {}, {}, [&](const PublishPlan& begun) {
        ++told;
        QVERIFY(world.hub.requests().empty());
        QCOMPARE(begun.bundleDigest, digestByHand(world, "first"));
        QCOMPARE(begun.verification.rowsGuarded, std::uint64_t {4});
        QCOMPARE(checkOf(begun, PublishCheckKind::BundleVerifies)->state, CheckState::Passed);
        QCOMPARE(checkOf(begun, PublishCheckKind::Private)->state, CheckState::Open);
    });
    QVERIFY(plan);
    QCOMPARE(told, 1);
    QCOMPARE(checkOf(*plan, PublishCheckKind::Private)->state, CheckState::Passed);
    request.enabled = false; // nothing is going to be asked
    QVERIFY(planPublish(request, client, {}, {}, [&](const PublishPlan&) { ++told; }));
    QCOMPARE(told, 1);
}

void PublishReviewedTest::a_token_that_others_can_read_is_a_warning()
{
    HubWorld world;
    const PushJob job = world.job();
    const auto transport = makeCurlTransport(job.hub.endpoint, job.hub.token);
    HubClient client({job.hub.endpoint, job.hub.token, transport.get(), job.waiter, {}});
    PublishRequest request = job.publish;
    request.hasToken = true;
    const auto sound = planPublish(request, client, {}, {}, {});
    QCOMPARE(checkOf(*sound, PublishCheckKind::Token)->state, CheckState::Passed);
    request.tokenCaution = "Others may read the file that it is in.";
    const auto plan = planPublish(request, client, {}, {}, {});
    const PublishCheck& check = *checkOf(*plan, PublishCheckKind::Token);
    QCOMPARE(check.state, CheckState::Warning);
    QCOMPARE(check.detail, request.tokenCaution);
    QVERIFY(plan->refusal() == nullptr);
}

void PublishReviewedTest::only_what_changes_something_has_begun()
{
    HubWorld world;
    PushJob off = world.job();
    off.publish.enabled = false;
    QVERIFY(!world.push(off).outcome.begun);
    QVERIFY(world.push().outcome.begun);
    QVERIFY(!world.push().outcome.begun); // nothing to do
    world.exportFewer("second");
    world.hub.fail({.method = "POST", .path = CommitPath, .status = 400});
    const PushResult refused = world.push("second");
    QVERIFY(refused.outcome.begun && !refused.outcome.published);
}

void PublishReviewedTest::phases_come_in_the_order_of_the_work()
{
    HubWorld world(smallParts());
    world.hub.createRepository(Repo);
    std::vector<PublishPhase> phases;
    const PushResult result = runPush(world.job(), {}, [&phases](const PublishProgress& progress) {
        if (phases.empty() || phases.back() != progress.phase) {
            phases.push_back(progress.phase);
            // A phase begins without the file of the one before it.
            QVERIFY(progress.phase == PublishPhase::Uploading || progress.file.empty());
        }
    });
    QVERIFY(result.outcome.published);
    QCOMPARE(phases,
        (std::vector<PublishPhase> {PublishPhase::Verifying, PublishPhase::Asking, PublishPhase::Uploading,
            PublishPhase::Committing, PublishPhase::ReadingBack}));
}

QTEST_GUILESS_MAIN(PublishReviewedTest)
#include "tst_publish_reviewed.moc"
