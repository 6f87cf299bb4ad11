// SPDX-License-Identifier: Apache-2.0
// Large files on their way to storage: what is refused there is asked for anew where that may help, and no
// oftener.
#include "tests/support/fault_matrix.h"

#include <QtTest>

using namespace workbench;

namespace {

constexpr const char* Batch = "/datasets/*/info/lfs/objects/batch";

/// All files in one piece each, or all in parts.
fakehub::HubOptions largeFiles(bool inParts)
{
    fakehub::HubOptions options;
    options.lfsAbove = 1000;
    options.multipartFrom = inParts ? 1000 : 1'000'000;
    options.chunkSize = 1700;
    return options;
}

} // namespace

class LfsUploadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_refused_upload_is_asked_for_anew_where_that_may_help_data();
    void a_refused_upload_is_asked_for_anew_where_that_may_help();
    void three_batches_are_the_most();
    void what_was_stored_is_not_sent_again_with_the_next_batch();
    void what_is_stored_already_counts_as_sent();
    void files_of_the_same_bytes_are_one_object();
};

void LfsUploadTest::a_refused_upload_is_asked_for_anew_where_that_may_help_data()
{
    QTest::addColumn<bool>("inParts");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("helps");
    QTest::newRow("whole, ran out") << false << 403 << true;
    QTest::newRow("whole, wrong") << false << 400 << false;
    QTest::newRow("whole, gone") << false << 404 << false;
    QTest::newRow("a part, ran out") << true << 403 << true;
    QTest::newRow("a part, wrong") << true << 400 << true;
    QTest::newRow("a part, gone") << true << 404 << true; // joined before an answer was lost
    QTest::newRow("a part, the last of refusals") << true << 499 << true;
}

void LfsUploadTest::a_refused_upload_is_asked_for_anew_where_that_may_help()
{
    QFETCH(bool, inParts);
    QFETCH(int, status);
    QFETCH(bool, helps);
    HubWorld world(largeFiles(inParts));
    seedOlder(world);
    world.hub.fail({.method = "PUT", .status = status});
    const auto before = world.hub.snapshot(HubWorld::Repo);
    const PushResult result = world.push();
    QCOMPARE(result.outcome.published, helps);
    QCOMPARE(world.hub.count("POST", Batch), helps ? std::size_t(2) : std::size_t(1));
    QCOMPARE(helps ? world.holds("first") : world.hub.snapshot(HubWorld::Repo) == before, true);
}

void LfsUploadTest::three_batches_are_the_most()
{
    HubWorld world(largeFiles(false));
    seedOlder(world);
    const auto before = world.hub.snapshot(HubWorld::Repo);
    world.hub.fail({.method = "PUT", .times = 0, .status = 403});
    const PushResult result = world.push();
    QVERIFY(result.outcome.error && !result.outcome.published);
    QCOMPARE(world.hub.count("POST", Batch), std::size_t(3));
    QCOMPARE(world.hub.count("POST", CommitPath), std::size_t(0));
    QCOMPARE(world.hub.snapshot(HubWorld::Repo), before);
}

void LfsUploadTest::what_was_stored_is_not_sent_again_with_the_next_batch()
{
    HubWorld whole(largeFiles(false));
    seedOlder(whole);
    QVERIFY(whole.push().outcome.published);
    const std::size_t files = whole.hub.count("PUT", "");
    QVERIFY(files > 2);
    HubWorld world(largeFiles(false));
    seedOlder(world);
    world.hub.fail({.method = "PUT", .nth = 2, .status = 403});
    std::uint64_t sent = 0;
    const PushResult result = runPush(world.job(), {}, [&sent](const PublishProgress& progress) {
        QVERIFY(progress.sent >= sent && progress.sent <= progress.bytes);
        sent = progress.sent;
    });
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("PUT", ""), files + 1);
    QCOMPARE(sent, result.outcome.plan.bytesToSend);
}

void LfsUploadTest::what_is_stored_already_counts_as_sent()
{
    HubWorld world(largeFiles(false));
    seedOlder(world);
    world.hub.fail({.method = "POST", .path = CommitPath, .status = 400});
    QVERIFY(!world.push().outcome.published); // all is stored, nothing committed
    world.hub.clearRequests();
    std::map<std::string, std::uint64_t> sent; // by file, while large files go
    const PushResult result = runPush(world.job(), {}, [&sent](const PublishProgress& progress) {
        if (progress.phase == PublishPhase::Uploading) {
            sent[progress.file] = progress.fileSent;
        }
    });
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    QCOMPARE(world.hub.count("PUT", ""), std::size_t(0));
    QVERIFY(sent.contains("dataset.jsonl"));
    for (const auto& [path, bytes] : sent) {
        QCOMPARE(bytes, std::uint64_t(world.folder.read("out/first/" + path).size()));
    }
}

void LfsUploadTest::files_of_the_same_bytes_are_one_object()
{
    HubWorld world(largeFiles(false));
    world.hub.createRepository(HubWorld::Repo);
    world.exportFewer("one_split"); // whose rows are all there are
    const std::string rows = world.folder.read("out/one_split/dataset.jsonl");
    QCOMPARE(world.folder.read("out/one_split/splits/mock_hvac.jsonl"), rows);
    QVERIFY(rows.size() > 1000);
    const PushResult result = world.push("one_split");
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
    QVERIFY(world.holds("one_split"));
    std::size_t large = 0;
    for (const auto& [path, file] : world.hub.snapshot(HubWorld::Repo).files) {
        large += file.lfs ? 1 : 0;
    }
    QCOMPARE(world.hub.count("PUT", ""), large - 1);
}

QTEST_GUILESS_MAIN(LfsUploadTest)
#include "tst_lfs_upload.moc"
