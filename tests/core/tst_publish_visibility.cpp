// SPDX-License-Identifier: Apache-2.0
// Not one byte leaves before the repository is known to be private, whoever asks for whichever repository.
#include "tests/support/fault_matrix.h"

#include <QtTest>

using namespace workbench;
using fakehub::FakeHub;
using fakehub::FaultKind;

namespace {

constexpr const char* ReadRepository = "/api/datasets/lab/signals";

/// The Hub answers for lab/signals, but does not say whether it is private.
fakehub::Fault silentAboutVisibility(const std::string& head, unsigned from)
{
    return {.kind = FaultKind::Answer,
        .method = "GET",
        .path = ReadRepository,
        .nth = from,
        .times = 0,
        .body = R"({"id":"lab/signals","sha":")" + head + R"("})"};
}

/// The first look finds nothing: somebody else makes the repository between that look and our creation.
fakehub::Fault notThereAtFirst()
{
    return {.method = "GET", .path = ReadRepository, .status = 404, .errorCode = "RepoNotFound"};
}

} // namespace

class PublishVisibilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_leaves_unless_private_is_confirmed_data();
    void nothing_leaves_unless_private_is_confirmed();
    void an_organization_that_forbids_public_refuses_a_public_creation();
    void a_repository_that_is_still_being_made_is_waited_for();
    void a_repository_that_never_appears_gets_nothing();
    void a_repository_that_turns_public_before_the_commit_gets_none();
    void a_repository_that_turns_public_between_two_tries_of_the_commit_gets_none();
    void a_repository_that_turns_public_after_the_commit_is_told_at_once();
    void a_visibility_that_nobody_tells_after_the_commit_is_told();
    void a_visibility_that_cannot_be_asked_after_the_commit_is_told();
};

void PublishVisibilityTest::nothing_leaves_unless_private_is_confirmed_data()
{
    QTest::addColumn<bool>("exists");
    QTest::addColumn<QString>("visibility");
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("privateConfirmed");
    QTest::addColumn<QString>("says"); ///< empty: published
    struct Row {
        const char* visibility;
        const char* token;
        bool confirmed;
        const char* existing;
        const char* fresh;
    };
    constexpr const char* Read = "may not write to";
    constexpr const char* Expired = "does not know this token";
    constexpr const char* Public = "this repository is public";
    constexpr const char* Unknown = "does not say whether";
    const std::vector<Row> rows {
        {"private", FakeHub::ReadToken, true, Read, Read},
        {"private", FakeHub::WriteToken, true, "", ""},
        {"private", FakeHub::FineGrainedToken, true, "", ""},
        {"private", FakeHub::RevokedToken, false, Expired, Expired},
        {"public", FakeHub::ReadToken, false, Public, Read},
        {"public", FakeHub::WriteToken, false, Public, Public},
        {"public", FakeHub::FineGrainedToken, false, Public, Public},
        {"public", FakeHub::RevokedToken, false, Expired, Expired},
        {"unknown", FakeHub::ReadToken, false, Unknown, Read},
        {"unknown", FakeHub::WriteToken, false, Unknown, Unknown},
        {"unknown", FakeHub::FineGrainedToken, false, Unknown, Unknown},
        {"unknown", FakeHub::RevokedToken, false, Unknown, Expired},
        {"no access", FakeHub::ReadToken, false, Read, Read},
        {"no access", FakeHub::WriteToken, false, Read, Read},
        {"no access", FakeHub::FineGrainedToken, false, Read, Read},
        {"no access", FakeHub::RevokedToken, false, Expired, Expired},
        {"org forbids public", FakeHub::ReadToken, true, Read, Read},
        {"org forbids public", FakeHub::WriteToken, true, "", ""},
        {"org forbids public", FakeHub::FineGrainedToken, true, "", ""},
        {"org forbids public", FakeHub::RevokedToken, false, Expired, Expired},
    };
    for (const bool exists : {false, true}) {
        for (const Row& row : rows) {
            const QString name = QString(exists ? "existing, " : "new, ") + row.visibility + ", "
                + QString(row.token).section('_', 2, -3); // the kind of the token, not all of it
            QTest::newRow(qPrintable(name)) << exists << QString(row.visibility) << QString(row.token)
                                            << row.confirmed << QString(exists ? row.existing : row.fresh);
        }
    }
}

void PublishVisibilityTest::nothing_leaves_unless_private_is_confirmed()
{
    QFETCH(bool, exists);
    QFETCH(QString, visibility);
    QFETCH(QString, token);
    QFETCH(bool, privateConfirmed);
    QFETCH(QString, says);
    HubWorld world(smallParts());
    world.hub.add(fakehub::Organization {.name = "closed"});
    if (visibility == "org forbids public") {
        world.hub.add(fakehub::Organization {.name = "lab", .forbidsPublic = true});
    }
    PushJob job = world.job("first", token.toUtf8().constData());
    job.publish.repo = visibility == "no access" ? "closed/signals" : HubWorld::Repo;
    // Whatever turns up in answer to a creation other than asked for has been there: somebody else's.
    const bool there = exists || visibility == "public" || visibility == "unknown";
    if (there) {
        world.hub.createRepository(job.publish.repo, visibility != "public");
        if (!exists) {
            world.hub.fail(notThereAtFirst());
        }
        if (visibility == "unknown") {
            const std::string head = world.hub.snapshot(job.publish.repo).head;
            world.hub.fail(silentAboutVisibility(head, exists ? 1 : 2));
        }
    }
    const auto before = world.hub.snapshot(job.publish.repo);
    const PushResult result = world.push(job);
    QCOMPARE(result.outcome.published, says.isEmpty());
    QCOMPARE(result.outcome.error.has_value(), !says.isEmpty());
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QVERIFY(!messageOf(result).contains(token));
    const auto after = world.hub.snapshot(job.publish.repo);
    if (says.isEmpty()) {
        QVERIFY(after.isPrivate && result.outcome.privateAfter == true);
        QVERIFY(world.hub.uploadedBytes() > 0);
        return;
    }
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QCOMPARE(after, before);
    QCOMPARE(world.hub.uploadedBytes(), std::uint64_t(0));
    QCOMPARE(world.hub.count("PUT", ""), std::size_t(0));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(0));
    // Asking how a file is to be sent sends its first bytes.
    QVERIFY(privateConfirmed || world.hub.count("POST", "/api/*/preupload/*") == 0);
}

void PublishVisibilityTest::an_organization_that_forbids_public_refuses_a_public_creation()
{
    HubWorld world;
    world.hub.add(fakehub::Organization {.name = "lab", .forbidsPublic = true});
    PushJob job = world.job();
    job.publish.wantPrivate = false;
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("not allowed in this organization"), qPrintable(messageOf(result)));
    QVERIFY(!world.hub.snapshot(HubWorld::Repo).exists);
    QCOMPARE(world.hub.uploadedBytes(), std::uint64_t(0));
}

/// "It exists" and yet it cannot be read: another operation on that name goes on.
void PublishVisibilityTest::a_repository_that_is_still_being_made_is_waited_for()
{
    HubWorld world;
    world.hub.createRepository(HubWorld::Repo);
    fakehub::Fault away = notThereAtFirst();
    away.times = 3; // planned, and twice after it was "created"
    world.hub.fail(away);
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
    QCOMPARE(world.waits.size(), std::size_t(2));
    QCOMPARE(world.hub.count("POST", "/api/repos/create"), std::size_t(3));
    QCOMPARE(world.hub.count("GET", "/api/whoami-v2"), std::size_t(1));
}

void PublishVisibilityTest::a_repository_that_never_appears_gets_nothing()
{
    HubWorld world;
    world.hub.createRepository(HubWorld::Repo);
    fakehub::Fault away = notThereAtFirst();
    away.times = 0;
    world.hub.fail(away);
    const auto before = world.hub.snapshot(HubWorld::Repo);
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("is not there"), qPrintable(messageOf(result)));
    QCOMPARE(world.waits.size(), std::size_t(5));
    QCOMPARE(world.hub.count("POST", "/api/repos/create"), std::size_t(6));
    QCOMPARE(world.hub.uploadedBytes(), std::uint64_t(0));
    QCOMPARE(world.hub.snapshot(HubWorld::Repo), before);
}

void PublishVisibilityTest::a_repository_that_turns_public_before_the_commit_gets_none()
{
    HubWorld world(smallParts());
    seedOlder(world);
    const auto files = world.hub.snapshot(HubWorld::Repo).files;
    world.hub.fail({.method = "POST", .path = "/datasets/*/info/lfs/objects/batch", .status = 503});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        world.hub.setPrivate(HubWorld::Repo, false);
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("was private when this began")
            && messageOf(result).contains("Nothing was committed"),
        qPrintable(messageOf(result)));
    QVERIFY(!result.outcome.published && !result.outcome.committed);
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(0));
    QCOMPARE(world.hub.snapshot(HubWorld::Repo).files, files);
    QVERIFY(!world.receipt()->pushed && !world.receipt()->error.empty());
}

void PublishVisibilityTest::a_repository_that_turns_public_between_two_tries_of_the_commit_gets_none()
{
    HubWorld world;
    seedOlder(world);
    const auto files = world.hub.snapshot(HubWorld::Repo).files;
    world.hub.fail(fakehub::Fault::lockedRepository(1));
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        world.hub.setPrivate(HubWorld::Repo, false);
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("Nothing was committed"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(1));
    QCOMPARE(world.hub.snapshot(HubWorld::Repo).files, files);
}

void PublishVisibilityTest::a_repository_that_turns_public_after_the_commit_is_told_at_once()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "GET", .path = ReadRepository, .nth = 3, .status = 503});
    PushJob job = world.job();
    job.waiter = [&world](std::chrono::milliseconds, const std::stop_token&) {
        world.hub.setPrivate(HubWorld::Repo, false);
        return true;
    };
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("the repository is public now"), qPrintable(messageOf(result)));
    // The truth has two halves: the bundle is there, and it can be seen.
    QVERIFY(result.outcome.published && result.outcome.committed && world.holds("first"));
    QCOMPARE(result.outcome.privateAfter, std::optional(false));
    QCOMPARE(world.receipt()->revision, world.hub.snapshot(HubWorld::Repo).head);
    QVERIFY(QString::fromStdString(world.receipt()->error).contains("public now"));
}

void PublishVisibilityTest::a_visibility_that_nobody_tells_after_the_commit_is_told()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail(silentAboutVisibility(world.hub.snapshot(HubWorld::Repo).head, 3));
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).startsWith(
                 "The commit " + QString::fromStdString(result.outcome.revision).left(8) + " was made, but ")
            && messageOf(result).contains("does not say any more"),
        qPrintable(messageOf(result)));
    QVERIFY(result.outcome.published && !result.outcome.privateAfter && world.holds("first"));
}

void PublishVisibilityTest::a_visibility_that_cannot_be_asked_after_the_commit_is_told()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail({.method = "GET", .path = ReadRepository, .nth = 3, .times = 0, .status = 503});
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("could not be asked"), qPrintable(messageOf(result)));
    QVERIFY(result.outcome.published && !result.outcome.privateAfter && world.holds("first"));
}

QTEST_GUILESS_MAIN(PublishVisibilityTest)
#include "tst_publish_visibility.moc"
