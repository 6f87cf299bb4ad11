// SPDX-License-Identifier: Apache-2.0
// Every fault at every request: published whole or unchanged, and the receipt says which.
#include "core/hub/retry_delay.h"
#include "tests/support/hub_world.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <set>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::Fault;
using fakehub::FaultKind;
using fakehub::HubOptions;
using namespace std::chrono_literals;

namespace {

constexpr const char* Repo = HubWorld::Repo;
constexpr const char* CommitPath = "/api/*/commit/*";

QString messageOf(const PushResult& result)
{
    return result.outcome.error ? QString::fromStdString(result.outcome.error->message) : QString();
}

/// A request of a push, by its place in it.
struct Step {
    const char* name;
    const char* method;
    const char* path;
    bool exists; ///< the repository, before the push
    unsigned nth = 1;
};

const std::vector<Step>& steps()
{
    static const std::vector<Step> all {
        {"whoami", "GET", "/api/whoami-v2", false},
        {"create", "POST", "/api/repos/create", false},
        {"repository", "GET", "/api/datasets/lab/signals", true},
        {"repository after creation", "GET", "/api/datasets/lab/signals", false, 2},
        {"listing", "GET", "/api/*/tree/*", true},
        {"published schema", "GET", "/datasets/*/resolve/*", true},
        {"preupload", "POST", "/api/*/preupload/*", true},
        {"batch", "POST", "/datasets/*/info/lfs/objects/batch", true},
        {"storage", "PUT", "", true},
        {"completion", "POST", "/api/complete_multipart", true},
        {"verify", "POST", "/datasets/*/info/lfs/objects/verify", true},
        {"commit", "POST", CommitPath, true},
        {"read-back", "GET", "/api/*/tree/*", true, 2},
    };
    return all;
}

const std::vector<Fault>& faults()
{
    static const std::vector<Fault> all {{.kind = FaultKind::Status, .status = 400},
        {.kind = FaultKind::Status, .status = 401}, {.kind = FaultKind::Status, .status = 402},
        {.kind = FaultKind::Status, .status = 403}, {.kind = FaultKind::Status, .status = 404},
        {.kind = FaultKind::Status, .status = 408}, {.kind = FaultKind::Status, .status = 409},
        {.kind = FaultKind::Status, .status = 412}, {.kind = FaultKind::Status, .status = 413},
        {.kind = FaultKind::Status, .status = 422},
        {.kind = FaultKind::Status, .status = 429, .retryAfter = "7"},
        {.kind = FaultKind::Status, .status = 429, .retryDateIn = 9},
        {.kind = FaultKind::Status, .status = 429, .rateLimitReset = 11},
        {.kind = FaultKind::Status, .status = 500}, {.kind = FaultKind::Status, .status = 502},
        {.kind = FaultKind::Status, .status = 503}, {.kind = FaultKind::Status, .status = 504},
        {.kind = FaultKind::Status, .status = 500, .afterWork = true}, {.kind = FaultKind::Close},
        {.kind = FaultKind::Reset}, {.kind = FaultKind::Reset, .bytes = 100}, {.kind = FaultKind::LostAnswer},
        {.kind = FaultKind::TruncatedBody, .bytes = 10}, {.kind = FaultKind::NotJson},
        {.kind = FaultKind::LoginPage}, {.kind = FaultKind::WrongHash},
        {.kind = FaultKind::Redirect, .status = 302}, {.kind = FaultKind::Redirect, .status = 307},
        {.kind = FaultKind::Answer, .status = 204}, {.kind = FaultKind::Answer, .body = "[]"},
        {.kind = FaultKind::Answer, .body = "{}"}, {.kind = FaultKind::Answer, .body = "null"}};
    return all;
}

QString nameOf(const Fault& fault)
{
    QString name = QString::fromLatin1(
        fakehub::nameOf(fault.kind).data(), static_cast<int>(fakehub::nameOf(fault.kind).size()));
    if (fault.status != 0) {
        name += ' ' + QString::number(fault.status);
    }
    if (fault.afterWork) {
        name += " after the work";
    }
    if (fault.status == 429) {
        name += fault.rateLimitReset ? " by window" : fault.retryDateIn ? " by date" : " in seconds";
    }
    if (fault.kind == FaultKind::Answer) {
        name += ' ' + QString::fromStdString(fault.body);
    }
    if (fault.bytes > 0) {
        name += " at byte " + QString::number(fault.bytes);
    }
    return name;
}

HubOptions smallParts()
{
    HubOptions options;
    options.lfsAbove = 1000;
    options.multipartFrom = 6000;
    options.chunkSize = 4000;
    return options;
}

/// A repository with an older bundle in it.
void publishOlder(HubWorld& world)
{
    world.hub.createRepository(Repo);
    world.exportFewer("older", 1);
    QVERIFY(world.push("older").outcome.published);
    world.hub.clearRequests();
    world.waits.clear();
}

/// The one that creation makes counts, whether or not there is a repository yet.
std::size_t commitCount(const FakeHub& hub)
{
    return hub.snapshot(Repo).exists ? hub.commits(Repo).size() : 1;
}

/// The promise, whatever happened.
void checkPromise(
    HubWorld& world, const PushResult& result, const fakehub::Snapshot& before, std::size_t commits)
{
    const bool whole = world.holds("first");
    // Creating a repository puts a .gitattributes into it.
    const auto contentOf = [](fakehub::Snapshot snapshot) {
        snapshot.files.erase(".gitattributes");
        return snapshot.files;
    };
    const bool unchanged = contentOf(world.hub.snapshot(Repo)) == contentOf(before);
    // The Hub confirmed a commit and then listed other bytes: not vouched for, but named.
    const bool doubted = !result.outcome.published && !result.outcome.revision.empty();
    const std::size_t made = commitCount(world.hub) - commits;
    const auto receipt = world.receipt();
    QVERIFY(receipt);
    QVERIFY2(
        result.outcome.error.has_value() == !receipt->error.empty(), "the receipt says what was reported");
    QCOMPARE(receipt->pushed, result.outcome.published);
    QVERIFY2(made <= 1, "one commit at most");
    QVERIFY2(whole || unchanged || doubted, "half a dataset that nobody knows of");
    if (result.outcome.unknown) {
        QVERIFY(result.outcome.error && !result.outcome.published);
    } else if (!doubted) {
        QVERIFY2(result.outcome.published == whole, qPrintable(messageOf(result)));
    }
    if (result.outcome.published) {
        QCOMPARE(receipt->revision, world.hub.snapshot(Repo).head);
    }
    if (!result.outcome.published) {
        QVERIFY(result.outcome.error);
    }
    QCOMPARE(world.hub.leaks(), std::size_t(0));
    QVERIFY(!messageOf(result).contains(FakeHub::WriteToken));
}

} // namespace

class PublishFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void one_fault_ends_published_or_unchanged_data();
    void one_fault_ends_published_or_unchanged();
    void a_fault_for_ever_ends_unchanged_and_a_later_try_publishes_data();
    void a_fault_for_ever_ends_unchanged_and_a_later_try_publishes();
    void a_lost_answer_is_found_again_by_its_trailer();
    void our_commit_is_found_below_somebody_elses();
    void a_locked_repository_is_waited_for();
    void a_change_by_somebody_else_stops_the_push_and_says_what_changed();
    void an_asked_delay_is_obeyed_data();
    void an_asked_delay_is_obeyed();
    void no_single_wait_is_longer_than_300_s();
    void waits_grow_and_never_march_in_step();
    void an_expired_upload_address_gets_a_fresh_one();
    void a_cancelled_push_leaves_all_as_it_was();
    void a_huge_answer_is_refused();
    void wrong_bytes_on_the_hub_are_found_by_reading_back();
};

void PublishFaultsTest::one_fault_ends_published_or_unchanged_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("fault");
    for (std::size_t s = 0; s < steps().size(); ++s) {
        for (std::size_t f = 0; f < faults().size(); ++f) {
            const QString name = QString(steps()[s].name) + ": " + nameOf(faults()[f]);
            QTest::newRow(qPrintable(name)) << static_cast<int>(s) << static_cast<int>(f);
        }
    }
}

void PublishFaultsTest::one_fault_ends_published_or_unchanged()
{
    QFETCH(int, step);
    QFETCH(int, fault);
    const Step& at = steps()[static_cast<std::size_t>(step)];
    HubWorld world(smallParts());
    if (at.exists) {
        publishOlder(world);
    }
    const auto before = world.hub.snapshot(Repo);
    const std::size_t commits = commitCount(world.hub);
    Fault once = faults()[static_cast<std::size_t>(fault)];
    once.method = at.method;
    once.path = at.path;
    once.nth = at.nth;
    world.hub.fail(once);
    const PushResult result = world.push();
    const auto log = world.hub.requests();
    QVERIFY2(std::any_of(log.begin(), log.end(), [](const auto& request) { return !request.fault.empty(); }),
        "the fault struck");
    checkPromise(world, result, before, commits);
}

void PublishFaultsTest::a_fault_for_ever_ends_unchanged_and_a_later_try_publishes_data()
{
    one_fault_ends_published_or_unchanged_data();
}

void PublishFaultsTest::a_fault_for_ever_ends_unchanged_and_a_later_try_publishes()
{
    QFETCH(int, step);
    QFETCH(int, fault);
    const Step& at = steps()[static_cast<std::size_t>(step)];
    HubWorld world(smallParts());
    if (at.exists) {
        publishOlder(world);
    }
    const auto before = world.hub.snapshot(Repo);
    const std::size_t commits = commitCount(world.hub);
    Fault always = faults()[static_cast<std::size_t>(fault)];
    always.method = at.method;
    always.path = at.path;
    always.nth = at.nth;
    always.times = 0;
    world.hub.fail(always);
    const PushResult result = world.push();
    checkPromise(world, result, before, commits);
    const std::size_t made = commitCount(world.hub);
    // Other bytes than were sent are on the Hub, and it says so: that needs a second commit, nothing else
    // does. Its dataset_info.json may be among them, so a person has to allow what cannot be compared.
    const bool wrongBytes
        = !result.outcome.published && !result.outcome.revision.empty() && !world.holds("first");
    QVERIFY(!wrongBytes || always.kind == FaultKind::WrongHash);
    world.hub.clearFaults();
    PushJob job = world.job();
    job.publish.allowSchemaChange = wrongBytes;
    const PushResult later = world.push(job);
    if (wrongBytes && at.method == std::string_view("PUT")) {
        // A storage that keeps other bytes under our hash for good is beyond a client: it is told each time.
        QVERIFY(!later.outcome.published && messageOf(later).contains("other bytes"));
        return;
    }
    QVERIFY2(later.outcome.published, qPrintable(messageOf(later)));
    QVERIFY(world.holds("first"));
    QCOMPARE(commitCount(world.hub), wrongBytes ? made + 1 : commits + 1);
}

void PublishFaultsTest::a_lost_answer_is_found_again_by_its_trailer()
{
    HubWorld world;
    publishOlder(world);
    world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = CommitPath});
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(result.outcome.published && result.outcome.committed);
    QCOMPARE(result.outcome.revision, world.hub.snapshot(Repo).head);
    QCOMPARE(world.hub.commits(Repo).size(), std::size_t(3));
}

void PublishFaultsTest::our_commit_is_found_below_somebody_elses()
{
    HubWorld world;
    publishOlder(world);
    world.hub.fail({.kind = FaultKind::LostAnswer, .method = "POST", .path = CommitPath});
    world.hub.fail({.method = "GET", .path = "/api/datasets/lab/signals", .nth = 2, .status = 503});
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
    publishOlder(world);
    world.hub.fail(Fault::lockedRepository(3));
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.waits.size(), std::size_t(3));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(4));
}

void PublishFaultsTest::a_change_by_somebody_else_stops_the_push_and_says_what_changed()
{
    HubWorld world;
    publishOlder(world);
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
    publishOlder(world);
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

void PublishFaultsTest::no_single_wait_is_longer_than_300_s()
{
    const auto now = std::chrono::system_clock::time_point {std::chrono::seconds {1'795'000'000}};
    const auto asked = [now](const char* value) {
        return askedDelay({429, {{"retry-after", value}}, {}}, now);
    };
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
    publishOlder(world);
    world.hub.fail({.method = "PUT", .status = 403, .message = "Request has expired"});
    const PushResult result = world.push();
    QVERIFY2(!result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("POST", "/datasets/*/info/lfs/objects/batch"), std::size_t(2));
}

void PublishFaultsTest::a_cancelled_push_leaves_all_as_it_was()
{
    HubWorld world(smallParts());
    publishOlder(world);
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
    publishOlder(world);
    const auto before = world.hub.snapshot(Repo);
    world.hub.fail({.kind = FaultKind::HugeJson, .path = "/api/datasets/lab/signals", .bytes = 70'000'000});
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("longer answer"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishFaultsTest::wrong_bytes_on_the_hub_are_found_by_reading_back()
{
    HubWorld world;
    publishOlder(world);
    world.hub.fail({.kind = FaultKind::WrongHash, .method = "POST", .path = CommitPath});
    const PushResult result = world.push();
    QVERIFY(result.outcome.error && !result.outcome.published && !result.outcome.revision.empty());
    QVERIFY2(messageOf(result).contains("other bytes"), qPrintable(messageOf(result)));
    const PushResult again = world.push();
    QVERIFY2(again.outcome.published && world.holds("first"), qPrintable(messageOf(again)));
}

QTEST_GUILESS_MAIN(PublishFaultsTest)
#include "tst_publish_faults.moc"
