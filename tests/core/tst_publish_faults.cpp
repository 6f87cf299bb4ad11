// SPDX-License-Identifier: Apache-2.0
// What a push does about single faults: waits, looks again, stops, says so.
#include "core/hub/retry_delay.h"
#include "tests/support/fault_matrix.h"

#include <QtTest>

#include <array>
#include <set>

using namespace workbench;
using fakehub::Fault;
using fakehub::FaultKind;
using namespace std::chrono_literals;

namespace {

constexpr const char* Repo = HubWorld::Repo;

} // namespace

class PublishFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_lost_answer_is_found_again_by_its_trailer();
    void a_lost_answer_that_cannot_be_looked_for_leaves_it_open();
    void our_commit_is_found_below_somebody_elses();
    void a_locked_repository_is_waited_for();
    void a_change_by_somebody_else_stops_the_push_and_says_what_changed();
    void an_asked_delay_is_obeyed_data();
    void an_asked_delay_is_obeyed();
    void an_asked_delay_is_counted_by_the_servers_own_clock();
    void no_single_wait_is_longer_than_300_s();
    void waits_grow_and_never_march_in_step();
    void an_expired_upload_address_gets_a_fresh_one();
    void a_cancelled_push_leaves_all_as_it_was();
    void a_huge_answer_is_refused();
    void wrong_bytes_on_the_hub_are_found_by_reading_back();
};

void PublishFaultsTest::a_lost_answer_is_found_again_by_its_trailer()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = CommitPath});
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(result.outcome.published && result.outcome.committed);
    QCOMPARE(result.outcome.revision, world.hub.snapshot(Repo).head);
    QCOMPARE(world.hub.commits(Repo).size(), std::size_t(3));
}

/// A library that repeats a request by itself would be told 412 here, and take that for somebody else's
/// commit.
void PublishFaultsTest::a_lost_answer_that_cannot_be_looked_for_leaves_it_open()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = CommitPath});
    world.hub.fail({.kind = FaultKind::Close, .path = "/api/datasets/lab/signals", .nth = 3, .times = 0});
    const PushResult result = world.push();
    QVERIFY2(result.outcome.unknown && !result.outcome.published, qPrintable(messageOf(result)));
    QVERIFY2(messageOf(result).contains("nobody can say"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
    QVERIFY(world.holds("first"));
    world.hub.clearFaults();
    QVERIFY(world.push().outcome.published);
    QCOMPARE(world.hub.commits(Repo).size(), std::size_t(3));
}

void PublishFaultsTest::our_commit_is_found_below_somebody_elses()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = CommitPath});
    world.hub.fail({.method = "GET", .path = "/api/datasets/lab/signals", .nth = 3, .status = 503});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        if (world.hub.commits(Repo).size() == 3) {
            world.hub.commitFiles(Repo, {{"NOTES.md", "mine"}});
        }
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    const auto commits = world.hub.commits(Repo);
    QCOMPARE(commits.size(), std::size_t(4));
    QCOMPARE(result.outcome.revision, commits[1].id);
}

void PublishFaultsTest::a_locked_repository_is_waited_for()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail(Fault::lockedRepository(3));
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.waits.size(), std::size_t(3));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(4));
    // planned, before each of four tries, after the commit: a lock tells that a try had no effect
    QCOMPARE(world.hub.count("GET", "/api/datasets/lab/signals"), std::size_t(6));
}

void PublishFaultsTest::a_change_by_somebody_else_stops_the_push_and_says_what_changed()
{
    HubWorld world;
    seedOlder(world);
    // It comes between our listing and our commit.
    world.hub.fail({.method = "POST", .path = "/api/*/preupload/*", .status = 503});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        world.hub.commitFiles(Repo, {{"NOTES.md", "mine"}});
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY(result.outcome.error && !result.outcome.published && !result.outcome.unknown);
    QVERIFY2(messageOf(result).contains("changed by somebody else") && messageOf(result).contains("NOTES.md"),
        qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
    QCOMPARE(world.hub.commits(Repo).size(), std::size_t(3));
}

void PublishFaultsTest::an_asked_delay_is_obeyed_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("seconds") << "seconds";
    QTest::newRow("date") << "date";
    QTest::newRow("window") << "window";
}

void PublishFaultsTest::an_asked_delay_is_obeyed()
{
    QFETCH(QString, how);
    HubWorld world;
    seedOlder(world);
    Fault fault {.method = "POST", .path = "/api/*/preupload/*", .status = 429};
    if (how == "seconds") {
        fault.retryAfter = "40";
    } else if (how == "date") {
        fault.retryDateIn = 40;
    } else {
        fault.rateLimitReset = 40;
    }
    world.hub.fail(fault);
    QVERIFY(world.push().outcome.published);
    QCOMPARE(world.waits.size(), std::size_t(1));
    QVERIFY(world.waits.front() >= 38s && world.waits.front() <= 42s);
}

void PublishFaultsTest::an_asked_delay_is_counted_by_the_servers_own_clock()
{
    for (const int skew : {-7200, 7200}) {
        HubWorld world({.clockSkew = skew});
        seedOlder(world);
        world.hub.fail(
            {.method = "POST", .path = "/api/*/preupload/*", .status = 429, .retryDateIn = skew + 40});
        QVERIFY(world.push().outcome.published);
        QCOMPARE(world.waits.size(), std::size_t(1));
        QVERIFY(world.waits.front() >= 38s && world.waits.front() <= 42s);
    }
}

void PublishFaultsTest::no_single_wait_is_longer_than_300_s()
{
    const auto now = std::chrono::system_clock::time_point {std::chrono::seconds {1'795'000'000}};
    const auto asked = [now](const char* value) {
        return askedDelay({429, {{"retry-after", value}}, {}}, now);
    };
    QCOMPARE(askedDelay({429, {{"RateLimit", "\"api\"; r=0; t=6"}}, {}}, now),
        std::optional(std::chrono::milliseconds {7s}));
    QCOMPARE(askedDelay({429, {{"RateLimit", "\"api\";r=12;t=6"}}, {}}, now),
        std::optional<std::chrono::milliseconds>());
    QCOMPARE(asked("40"), std::optional(std::chrono::milliseconds {40s}));
    QCOMPARE(asked("0"), std::optional(std::chrono::milliseconds {0s}));
    QCOMPARE(asked("86400"), std::optional(std::chrono::milliseconds {300s}));
    QCOMPARE(asked("99999999999999999999999"), std::optional(std::chrono::milliseconds {300s}));
    QCOMPARE(asked("Fri, 31 Dec 2100 23:59:59 GMT"), std::optional(std::chrono::milliseconds {300s}));
    QCOMPARE(asked("Fri, 31 Dec 1999 23:59:59 GMT"), std::optional(std::chrono::milliseconds {0s}));
    QCOMPARE(asked("soon"), std::optional<std::chrono::milliseconds>());
    QCOMPARE(asked("-5"), std::optional<std::chrono::milliseconds>());
}

void PublishFaultsTest::waits_grow_and_never_march_in_step()
{
    const std::array<std::chrono::milliseconds, 5> longest {1s, 2s, 4s, 8s, 8s};
    for (int tries = 0; tries < 5; ++tries) {
        const auto full = longest[static_cast<std::size_t>(tries)];
        std::set<long> seen;
        for (int i = 0; i < 50; ++i) {
            const auto wait = backoffDelay(tries);
            QVERIFY(wait <= full && wait >= full * 3 / 4);
            seen.insert(wait.count());
        }
        QVERIFY(seen.size() > 1);
    }
}

void PublishFaultsTest::an_expired_upload_address_gets_a_fresh_one()
{
    HubWorld world(smallParts());
    seedOlder(world);
    world.hub.fail({.method = "PUT", .status = 403, .message = "Request has expired"});
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("POST", "/datasets/*/info/lfs/objects/batch"), std::size_t(2));
}

void PublishFaultsTest::a_cancelled_push_leaves_all_as_it_was()
{
    HubWorld world(smallParts());
    seedOlder(world);
    const auto before = world.hub.snapshot(Repo);
    world.hub.fail({.method = "PUT", .times = 0, .status = 503});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token& stop) {
        world.stop.request_stop();
        return !stop.stop_requested();
    };
    const PushResult result = world.push(job);
    QVERIFY(result.outcome.error);
    QCOMPARE(result.outcome.error->code, ErrorCode::Cancelled);
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishFaultsTest::a_huge_answer_is_refused()
{
    HubWorld world;
    seedOlder(world);
    const auto before = world.hub.snapshot(Repo);
    world.hub.fail({.kind = FaultKind::HugeJson, .path = "/api/datasets/lab/signals", .bytes = 70'000'000});
    PushJob job = world.job();
    job.stall = std::chrono::seconds {60}; // a busy computer may need a while to make it
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("longer answer"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishFaultsTest::wrong_bytes_on_the_hub_are_found_by_reading_back()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.kind = FaultKind::WrongHash, .method = "POST", .path = CommitPath});
    const PushResult result = world.push();
    QVERIFY(result.outcome.error && !result.outcome.published && !result.outcome.revision.empty());
    QVERIFY2(messageOf(result).contains("other bytes"), qPrintable(messageOf(result)));
    const PushResult again = world.push();
    QVERIFY2(again.outcome.published && world.holds("first"), qPrintable(messageOf(again)));
}

QTEST_GUILESS_MAIN(PublishFaultsTest)
#include "tst_publish_faults.moc"
