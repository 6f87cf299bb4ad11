// SPDX-License-Identifier: Apache-2.0
// After the commit: its files are read back, as soon as the Hub has them everywhere, and all that is wrong is
// told.
#include "core/hub/publish_files.h"
#include "tests/support/fault_matrix.h"

#include <QtTest>

using namespace workbench;
using fakehub::FaultKind;

namespace {

constexpr const char* Repo = HubWorld::Repo;

/// The listing of the revision that a push commits; the one before it is of the plan.
fakehub::Fault unreadable(unsigned times, int status)
{
    return {.method = "GET", .path = "/api/datasets/*/tree/*", .nth = 2, .times = times, .status = status};
}

RemoteFile asOnTheHub(const CommitFile& file)
{
    RemoteFile remote;
    remote.size = file.identity.bytes;
    remote.gitBlob = file.identity.gitBlob;
    return remote;
}

} // namespace

class PublishReadBackTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_revision_that_is_not_everywhere_yet_is_looked_for_again();
    void a_revision_that_stays_away_is_told_with_its_commit();
    void who_is_refused_the_look_is_not_asked_again();
    void every_wrong_file_is_counted();
    void a_file_that_was_to_go_and_stayed_is_wrong();
    void what_is_new_had_no_bytes_before();
};

void PublishReadBackTest::a_revision_that_is_not_everywhere_yet_is_looked_for_again()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail(unreadable(2, 404));
    const PushResult result = world.push();
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QCOMPARE(world.waits.size(), std::size_t(2));
    QCOMPARE(world.hub.count("GET", "/api/datasets/*/tree/*"), std::size_t(4));
}

void PublishReadBackTest::a_revision_that_stays_away_is_told_with_its_commit()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail(unreadable(0, 404));
    const PushResult result = world.push();
    const std::string head = world.hub.snapshot(Repo).head;
    QVERIFY(result.outcome.error && result.outcome.committed);
    QCOMPARE(result.outcome.revision, head);
    QVERIFY2(messageOf(result).startsWith("The commit " + QString::fromStdString(head).left(8)
                 + " was made, but could not be read back. "),
        qPrintable(messageOf(result)));
    QCOMPARE(
        world.hub.count("GET", "/api/datasets/*/tree/*"), std::size_t(4)); // of the plan, and three looks
    QCOMPARE(world.waits.size(), std::size_t(2)); // between them, and none behind the last
}

void PublishReadBackTest::who_is_refused_the_look_is_not_asked_again()
{
    HubWorld world;
    seedOlder(world);
    world.hub.fail(unreadable(0, 403));
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("could not be read back"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("GET", "/api/datasets/*/tree/*"), std::size_t(2));
    QVERIFY(world.waits.empty());
}

void PublishReadBackTest::every_wrong_file_is_counted()
{
    for (const int wrong : {1, 2, 3}) {
        HubWorld world;
        seedOlder(world);
        const auto plan = planPush(world.job(), {}, {});
        QVERIFY(plan);
        const auto files = identifyBundle(world.folder.path("out/first"), plan->verification.info, {});
        QVERIFY(files);
        std::string listing;
        int listed = 0;
        for (const CommitFile& file : *files) { // the first ones with another hash
            const std::string blob = listed++ < wrong ? std::string(40, 'a') : file.identity.gitBlob;
            listing += (listing.empty() ? R"([{"type":"file","path":")" : R"(,{"type":"file","path":")")
                + file.path + R"(","oid":")" + blob + R"(","size":)" + std::to_string(file.identity.bytes)
                + '}';
        }
        world.hub.fail({.kind = FaultKind::Answer,
            .method = "GET",
            .path = "/api/datasets/*/tree/*",
            .nth = 2,
            .body = listing + ']'});
        const PushResult result = world.push();
        QVERIFY(result.outcome.error && !result.outcome.published);
        const QString more = wrong == 1 ? QString() : QString(" and %1 more").arg(wrong - 1);
        QVERIFY2(messageOf(result).endsWith(QString::fromStdString(result.outcome.revision) + ": README.md"
                     + more + ". Do not use that revision; publish again."),
            qPrintable(messageOf(result)));
    }
}

void PublishReadBackTest::a_file_that_was_to_go_and_stayed_is_wrong()
{
    HubWorld world;
    QVERIFY(world.push().outcome.published);
    world.exportFewer("second");
    const PushJob job = world.job("second");
    const auto plan = planPush(job, {}, {});
    QVERIFY(plan);
    const auto files = identifyBundle(job.publish.bundleDir, plan->verification.info, {});
    QVERIFY(files);
    RemoteTree tree;
    for (const CommitFile& file : *files) {
        tree[file.path] = asOnTheHub(file);
    }
    QVERIFY(differences(*files, plan->files, tree).empty());
    tree["NOTES.md"] = {};
    QVERIFY(differences(*files, plan->files, tree).empty());
    tree["splits/real_plumbing.jsonl"] = {};
    QCOMPARE(differences(*files, plan->files, tree), std::vector<std::string> {"splits/real_plumbing.jsonl"});
    tree.erase("dataset.jsonl");
    QCOMPARE(differences(*files, plan->files, tree),
        (std::vector<std::string> {"dataset.jsonl", "splits/real_plumbing.jsonl"}));
}

void PublishReadBackTest::what_is_new_had_no_bytes_before()
{
    for (const bool exists : {true, false}) {
        HubWorld world;
        if (exists) {
            world.hub.createRepository(Repo);
        }
        const auto plan = planPush(world.job(), {}, {});
        QVERIFY(plan);
        std::uint64_t sum = 0;
        for (const PlannedFile& file : plan->files) {
            QCOMPARE(file.change, FileChange::Added);
            QCOMPARE(file.before, std::uint64_t {0});
            QCOMPARE(file.after, std::uint64_t(world.folder.read("out/first/" + file.path).size()));
            sum += file.after;
        }
        QVERIFY(sum > 0);
        QCOMPARE(plan->bytesToSend, sum);
    }
}

QTEST_GUILESS_MAIN(PublishReadBackTest)
#include "tst_publish_read_back.moc"
