// SPDX-License-Identifier: Apache-2.0
// Somebody else commits between our listing and our commit: nothing of ours is made, and a person is told
// what to look at.
#include "tests/support/fault_matrix.h"

#include <QtTest>

#include <functional>

using namespace workbench;

namespace {

constexpr const char* Repo = HubWorld::Repo;

/// Pushes, and lets somebody else act after the repository was read and before the commit.
PushResult pushWhile(HubWorld& world, const std::function<void()>& somebodyElse)
{
    world.hub.fail({.method = "POST", .path = "/api/*/preupload/*", .status = 503});
    PushJob job = world.job();
    job.waiter = [&somebodyElse, acted = false](std::chrono::milliseconds, const std::stop_token&) mutable {
        if (!std::exchange(acted, true)) {
            somebodyElse();
        }
        return true;
    };
    return world.push(job);
}

} // namespace

class PublishConflictTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_changed_there_is_named_data();
    void what_changed_there_is_named();
    void a_commit_that_changes_no_file_stops_the_push_too();
    void the_next_push_puts_the_bundle_in_its_place();
    void an_older_commit_of_the_same_bundle_is_not_taken_for_this_one();
};

void PublishConflictTest::what_changed_there_is_named_data()
{
    QTest::addColumn<QStringList>("written");
    QTest::addColumn<QStringList>("deleted");
    QTest::addColumn<QString>("named");
    QTest::newRow("a new file") << QStringList {"NEW.md"} << QStringList() << "NEW.md";
    QTest::newRow("one with other words") << QStringList {"NOTES.md"} << QStringList() << "NOTES.md";
    QTest::newRow("one taken away") << QStringList() << QStringList {"NOTES.md"} << "NOTES.md";
    QTest::newRow("one of the bundle") << QStringList {"dataset.jsonl"} << QStringList() << "dataset.jsonl";
    QTest::newRow("both ways at once")
        << QStringList {"NEW.md"} << QStringList {"NOTES.md"} << "NEW.md, NOTES.md";
    QTest::newRow("three") << QStringList {"a.md", "b.md", "c.md"} << QStringList() << "a.md, b.md, c.md";
    QTest::newRow("four") << QStringList {"a.md", "b.md", "c.md", "d.md"} << QStringList()
                          << "a.md, b.md, c.md and 1 more";
    QTest::newRow("five") << QStringList {"a.md", "b.md", "c.md", "d.md"} << QStringList {"NOTES.md"}
                          << "a.md, b.md, c.md and 2 more";
}

void PublishConflictTest::what_changed_there_is_named()
{
    QFETCH(QStringList, written);
    QFETCH(QStringList, deleted);
    QFETCH(QString, named);
    HubWorld world;
    seedOlder(world);
    world.hub.commitFiles(Repo, {{"NOTES.md", "before"}, {"UNTOUCHED.md", "before"}});
    const std::size_t commits = commitCount(world.hub);
    fakehub::Snapshot theirs;
    const PushResult result = pushWhile(world, [&] {
        std::map<std::string, std::string> files;
        for (const QString& path : written) {
            files[path.toStdString()] = "after";
        }
        std::vector<std::string> gone;
        for (const QString& path : deleted) {
            gone.push_back(path.toStdString());
        }
        world.hub.commitFiles(Repo, files, "theirs", gone);
        theirs = world.hub.snapshot(Repo);
    });
    QVERIFY(result.outcome.error && !result.outcome.published && !result.outcome.committed);
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QCOMPARE(messageOf(result),
        "lab/signals was changed by somebody else while this was published (now at "
            + QString::fromStdString(theirs.head).left(8) + "). Changed there: " + named
            + ". Nothing of this bundle was committed. Look at that change, then publish again to put this "
              "bundle in its place.");
    QVERIFY2(!result.outcome.unknown, "a 412 leaves no doubt");
    QCOMPARE(world.hub.snapshot(Repo), theirs);
    QCOMPARE(commitCount(world.hub), commits + 1);
}

void PublishConflictTest::a_commit_that_changes_no_file_stops_the_push_too()
{
    HubWorld world;
    seedOlder(world);
    const PushResult result = pushWhile(world, [&world] {
        world.hub.commitFiles(Repo, {{"passing.md", "there"}});
        world.hub.commitFiles(Repo, {}, "and gone", {"passing.md"});
    });
    QVERIFY(result.outcome.error && !result.outcome.published);
    QVERIFY2(messageOf(result).contains("changed by somebody else")
            && messageOf(result).contains("Changed there: no file."),
        qPrintable(messageOf(result)));
}

void PublishConflictTest::the_next_push_puts_the_bundle_in_its_place()
{
    HubWorld world;
    seedOlder(world);
    const PushResult stopped = pushWhile(world, [&world] {
        world.hub.commitFiles(Repo, {{"dataset.jsonl", "theirs"}});
    });
    QVERIFY(!stopped.outcome.published);
    QVERIFY(!world.receipt()->pushed && !world.receipt()->error.empty());
    const PushResult again = world.push();
    QVERIFY2(again.outcome.published && !again.outcome.error, qPrintable(messageOf(again)));
    QVERIFY(world.holds("first"));
    QVERIFY(world.receipt()->pushed && world.receipt()->error.empty());
}

void PublishConflictTest::an_older_commit_of_the_same_bundle_is_not_taken_for_this_one()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    QVERIFY(world.push().outcome.published);
    world.exportFewer("second");
    QVERIFY(world.push("second").outcome.published);
    const PushResult back = pushWhile(world, [&world] {
        world.hub.commitFiles(Repo, {{"NOTES.md", "mine"}});
    });
    QVERIFY2(messageOf(back).contains("Changed there: NOTES.md."), qPrintable(messageOf(back)));
    QVERIFY(!back.outcome.published && !back.outcome.committed);
}

QTEST_GUILESS_MAIN(PublishConflictTest)
#include "tst_publish_conflict.moc"
