// SPDX-License-Identifier: Apache-2.0
// The commit's next try, and what is said while the last one may still have an effect.
#include "tests/support/fault_matrix.h"

#include <QtTest>

using namespace workbench;
using fakehub::Fault;
using fakehub::FaultKind;
using namespace std::chrono_literals;

namespace {

constexpr const char* Repo = HubWorld::Repo;
constexpr const char* ReadRepository = "/api/datasets/lab/signals";

/// Cannot reach the Hub with the first commit.
class OfflineOnce final : public HttpTransport {
public:
    explicit OfflineOnce(std::unique_ptr<HttpTransport> real) : m_real(std::move(real)) {}
    [[nodiscard]] HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override
    {
        const bool isCommit = request.url.find("/commit/") != std::string::npos;
        if (isCommit && !std::exchange(m_failed, true)) {
            return {std::nullopt, {HttpFault::NoConnection, "No such server can be found."}};
        }
        return m_real->send(request, stop);
    }

private:
    std::unique_ptr<HttpTransport> m_real;
    bool m_failed = false;
};

/// Wishes to stop as soon as the commit's answer is lost and the repository is looked at.
class StopAtFirstLook final : public HttpTransport {
public:
    StopAtFirstLook(std::unique_ptr<HttpTransport> real, std::stop_source stop)
        : m_real(std::move(real))
        , m_stop(std::move(stop))
    {
    }
    [[nodiscard]] HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override
    {
        if (m_sent) {
            m_stop.request_stop();
        }
        m_sent = m_sent || request.url.find("/commit/") != std::string::npos;
        return m_real->send(request, stop);
    }

private:
    std::unique_ptr<HttpTransport> m_real;
    std::stop_source m_stop;
    bool m_sent = false;
};

/// Is cancelled when all of the commit is sent and its answer is still to come.
class CancelledWhenSent final : public HttpTransport {
public:
    CancelledWhenSent(std::unique_ptr<HttpTransport> real, std::stop_source stop)
        : m_real(std::move(real))
        , m_stop(std::move(stop))
    {
    }
    [[nodiscard]] HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override
    {
        HttpOutcome outcome = m_real->send(request, stop);
        if (request.url.find("/commit/") != std::string::npos) {
            m_stop.request_stop();
            return {std::nullopt, {HttpFault::Cancelled, "Cancelled."}};
        }
        return outcome;
    }

private:
    std::unique_ptr<HttpTransport> m_real;
    std::stop_source m_stop;
};

/// Pushes the first bundle by way of a transport; the waits are `waiter`'s.
PublishOutcome publishOver(HubWorld& world, HttpTransport& transport, const Waiter& waiter)
{
    PushJob job = world.job();
    job.publish.hasToken = true;
    HubClient client({job.hub.endpoint, job.hub.token, &transport, waiter, {}});
    return publish(job.publish, client, world.stop.get_token(), {});
}

} // namespace

class PublishDoubtTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void no_try_of_the_commit_goes_without_asking_for_the_visibility_data();
    void no_try_of_the_commit_goes_without_asking_for_the_visibility();
    void a_try_that_never_began_is_followed_by_one_that_asks_first();
    void a_commit_that_is_too_many_is_tried_again_after_the_asked_time();
    void nothing_is_said_of_a_commit_that_may_yet_be_made_data();
    void nothing_is_said_of_a_commit_that_may_yet_be_made();
    void who_stops_the_look_is_told_what_a_last_one_finds();
    void tries_and_looks_are_counted();
    void a_clear_refusal_needs_one_look();
    void who_cancels_before_a_try_had_an_effect_is_told_that_nothing_was_committed();
    void an_answer_of_something_else_leaves_doubt();
    void who_cancels_a_commit_that_is_all_sent_is_told_what_became_of_it();
    void a_commit_that_was_made_late_is_found_before_another_try();
    void a_change_by_somebody_else_ends_the_doubt();
};

void PublishDoubtTest::no_try_of_the_commit_goes_without_asking_for_the_visibility_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {408, 409, 429, 500, 502, 503, 504}) {
        QTest::addRow("%d", status) << status;
    }
}

void PublishDoubtTest::no_try_of_the_commit_goes_without_asking_for_the_visibility()
{
    QFETCH(int, status);
    HubWorld world;
    seedOlder(world);
    const auto files = world.hub.snapshot(Repo).files;
    world.hub.fail({.method = "POST", .path = CommitPath, .status = status});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        world.hub.setPrivate(Repo, false);
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("this repository is public"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
    QCOMPARE(world.hub.snapshot(Repo).files, files);
}

void PublishDoubtTest::a_try_that_never_began_is_followed_by_one_that_asks_first()
{
    for (const bool turnsPublic : {false, true}) {
        HubWorld world;
        seedOlder(world);
        const PushJob job = world.job();
        OfflineOnce transport(makeCurlTransport(job.hub.endpoint, job.hub.token));
        const PublishOutcome outcome
            = publishOver(world, transport, [&](std::chrono::milliseconds, const std::stop_token&) {
                  world.hub.setPrivate(Repo, !turnsPublic);
                  return true;
              });
        QCOMPARE(outcome.published, !turnsPublic);
        QCOMPARE(world.hub.count("POST", CommitPath), turnsPublic ? std::size_t(0) : std::size_t(1));
        // planned, before the second try, after the commit: what never began needs no look for its effect
        QCOMPARE(world.hub.count("GET", ReadRepository), turnsPublic ? std::size_t(3) : std::size_t(4));
        QVERIFY(!outcome.unknown);
    }
}

void PublishDoubtTest::a_commit_that_is_too_many_is_tried_again_after_the_asked_time()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "POST", .path = CommitPath, .times = 2, .status = 429, .retryAfter = "40"});
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.waits, (std::vector<std::chrono::milliseconds> {40s, 40s}));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(3));
    // planned, before each of three tries, after the commit
    QCOMPARE(world.hub.count("GET", ReadRepository), std::size_t(5));
}

void PublishDoubtTest::nothing_is_said_of_a_commit_that_may_yet_be_made_data()
{
    QTest::addColumn<QString>("then");
    for (const char* const then :
        {"all tries end so", "cancelled while waiting", "the repository becomes public", "nobody answers",
            "a try is refused", "a try is too many", "another holds the lock"}) {
        QTest::newRow(then) << QString(then);
    }
}

/// All of the commit was sent and the Hub gave up waiting for itself: it may finish up to a minute later.
void PublishDoubtTest::nothing_is_said_of_a_commit_that_may_yet_be_made()
{
    QFETCH(QString, then);
    HubWorld world;
    seedOlder(world);
    const std::size_t commits = commitCount(world.hub);
    const bool always = then == "all tries end so";
    world.hub.fail({.method = "POST", .path = CommitPath, .times = always ? 0U : 1U, .status = 504});
    const auto next = [&world](int status) {
        world.hub.fail({.method = "POST", .path = CommitPath, .nth = 2, .times = 0, .status = status});
    };
    if (then == "nobody answers") { // planned, before the commit, four looks
        world.hub.fail({.kind = FaultKind::Close, .path = ReadRepository, .nth = 7, .times = 0});
    } else if (then == "a try is refused") {
        next(400);
    } else if (then == "a try is too many") {
        next(429);
    } else if (then == "another holds the lock") {
        next(409);
    }
    PushJob job = world.job();
    int waits = 0;
    job.waiter = [&](std::chrono::milliseconds, const std::stop_token& stop) {
        if (++waits == 4) { // three between the looks, and now before the next try
            if (then == "cancelled while waiting") {
                world.stop.request_stop();
            } else if (then == "the repository becomes public") {
                world.hub.setPrivate(Repo, false);
            }
        }
        return !stop.stop_requested();
    };
    const PushResult result = world.push(job);
    QVERIFY2(
        messageOf(result).contains("nobody can say") && !messageOf(result).contains("Nothing was committed"),
        qPrintable(messageOf(result)));
    QVERIFY(result.outcome.unknown && !result.outcome.published && !world.receipt()->pushed);
    QVERIFY(waits >= 4);
    world.hub.clearFaults();
    world.hub.setPrivate(Repo, true);
    job.waiter = [](std::chrono::milliseconds, const std::stop_token&) { return true; };
    const PushResult later = runPush(job, {}, {});
    QVERIFY2(later.outcome.published && !later.outcome.error, qPrintable(messageOf(later)));
    QCOMPARE(commitCount(world.hub), commits + 1);
}

void PublishDoubtTest::who_stops_the_look_is_told_what_a_last_one_finds()
{
    for (const bool wasMade : {true, false}) {
        HubWorld world;
        seedOlder(world);
        world.hub.fail({.kind = wasMade ? FaultKind::LostAnswer : FaultKind::Status,
            .method = "POST",
            .path = CommitPath,
            .status = 504});
        const PushJob job = world.job();
        StopAtFirstLook transport(makeCurlTransport(job.hub.endpoint, job.hub.token), world.stop);
        const PublishOutcome outcome = publishOver(world, transport, realWaiter());
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->code, ErrorCode::Cancelled);
        QCOMPARE(outcome.committed, wasMade); // that it is not read back any more is told beside
        QCOMPARE(outcome.unknown, !wasMade);
        QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
    }
}

void PublishDoubtTest::tries_and_looks_are_counted()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "POST", .path = CommitPath, .times = 0, .status = 504});
    const PushResult result = world.push();
    QVERIFY(result.outcome.unknown && !result.outcome.published);
    constexpr std::size_t Tries = 6; // a first one and five more (hub protocol, section 10.2)
    constexpr std::size_t Looks = 4;
    QCOMPARE(world.hub.count("POST", CommitPath), Tries);
    QCOMPARE(world.hub.count("GET", ReadRepository), 1 + Tries * (1 + Looks));
    QCOMPARE(world.waits.size(), Tries * (Looks - 1) + Tries - 1);
}

void PublishDoubtTest::a_clear_refusal_needs_one_look()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "POST", .path = CommitPath, .status = 400, .message = "not today"});
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("Nothing was committed"), qPrintable(messageOf(result)));
    QVERIFY(!result.outcome.unknown && !result.outcome.published);
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
    QCOMPARE(world.hub.count("GET", ReadRepository), std::size_t(3)); // planned, before the commit, the look
    QVERIFY(world.waits.empty());
}

void PublishDoubtTest::who_cancels_before_a_try_had_an_effect_is_told_that_nothing_was_committed()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail(Fault::lockedRepository(3));
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        world.stop.request_stop();
        return false;
    };
    const PushResult result = world.push(job);
    QVERIFY(result.outcome.error && !result.outcome.unknown && !result.outcome.published);
    QCOMPARE(result.outcome.error->code, ErrorCode::Cancelled);
    QCOMPARE(messageOf(result), QString("Cancelled. Nothing was committed."));
    QVERIFY2(result.outcome.plan.refusal() == nullptr, "who cancels has found nothing wrong");
}

/// A proxy's page in place of the Hub's answer: the Hub may have made the commit.
void PublishDoubtTest::an_answer_of_something_else_leaves_doubt()
{
    for (const FaultKind kind : {FaultKind::LoginPage, FaultKind::NotJson, FaultKind::TruncatedBody}) {
        HubWorld world;
        seedOlder(world);
        const std::size_t commits = commitCount(world.hub);
        world.hub.fail({.kind = kind, .method = "POST", .path = CommitPath, .times = 0});
        const PushResult result = world.push();
        const bool made = commitCount(world.hub) > commits;
        QCOMPARE(result.outcome.published, made);
        QCOMPARE(result.outcome.unknown, !made);
        QVERIFY2(made || messageOf(result).contains("nobody can say"), qPrintable(messageOf(result)));
        QVERIFY(commitCount(world.hub) <= commits + 1);
    }
}

void PublishDoubtTest::who_cancels_a_commit_that_is_all_sent_is_told_what_became_of_it()
{
    for (const bool wasMade : {true, false}) {
        HubWorld world;
        seedOlder(world);
        if (!wasMade) {
            world.hub.fail({.method = "POST", .path = CommitPath, .status = 504});
        }
        const PushJob job = world.job();
        CancelledWhenSent transport(makeCurlTransport(job.hub.endpoint, job.hub.token), world.stop);
        const PublishOutcome outcome = publishOver(world, transport, realWaiter());
        QVERIFY(outcome.error);
        QCOMPARE(outcome.error->code, ErrorCode::Cancelled);
        QCOMPARE(outcome.committed, wasMade);
        QCOMPARE(outcome.unknown, !wasMade);
        QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
        // planned, before the commit, and one look: who cancelled does not wait for more
        QCOMPARE(world.hub.count("GET", ReadRepository), std::size_t(3));
    }
}

void PublishDoubtTest::a_commit_that_was_made_late_is_found_before_another_try()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "POST", .path = CommitPath, .status = 504});
    PushJob job = world.job();
    int waits = 0;
    std::string late;
    job.waiter = [&](std::chrono::milliseconds, const std::stop_token&) {
        if (++waits == 4) {
            std::map<std::string, std::string> files;
            for (const std::string& name : world.folder.entries()) {
                const std::string bundle = "out/first/";
                if (name.starts_with(bundle) && !name.ends_with('/')) {
                    files[name.substr(bundle.size())] = world.folder.read(name);
                }
            }
            late = world.hub.commitFiles(Repo, files, "what the Hub was at work on");
        }
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(result.outcome.revision, late);
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
}

void PublishDoubtTest::a_change_by_somebody_else_ends_the_doubt()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "POST", .path = CommitPath, .status = 504});
    PushJob job = world.job();
    int waits = 0;
    job.waiter = [&](std::chrono::milliseconds, const std::stop_token&) {
        if (++waits == 4) {
            world.hub.commitFiles(Repo, {{"NOTES.md", "mine"}});
        }
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("changed by somebody else") && messageOf(result).contains("NOTES.md"),
        qPrintable(messageOf(result)));
    QVERIFY(!result.outcome.unknown && !result.outcome.published);
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
}

QTEST_GUILESS_MAIN(PublishDoubtTest)
#include "tst_publish_doubt.moc"
