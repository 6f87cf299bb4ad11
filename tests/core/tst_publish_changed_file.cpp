// SPDX-License-Identifier: Apache-2.0
// A file of the bundle is overwritten while it is published: what was not verified does not leave.
#include "core/hub/bundle_file.h"
#include "tests/support/fault_matrix.h"

#include <QtTest>

#include <filesystem>

using namespace workbench;
using fakehub::HubOptions;

namespace {

constexpr const char* Repo = HubWorld::Repo;
constexpr const char* Dataset = "out/large/dataset.jsonl";
constexpr int Rows = 1000; // more than two blocks of a file
constexpr std::uint64_t Block = FileBody::BlockBytes;

/// How the dataset travels.
HubOptions optionsFor(const QString& way)
{
    HubOptions options;
    options.lfsAbove = way == "in the commit" ? options.lfsAbove : 100'000; // the rows alone are large
    options.multipartFrom = way == "in parts" ? 0 : 1U << 30;
    options.chunkSize = 1'300'000; // no end of a block is an end of a part
    return options;
}

} // namespace

class PublishChangedFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void no_block_leaves_that_was_not_verified_data();
    void no_block_leaves_that_was_not_verified();
    void a_file_is_given_as_it_was_identified_from_any_place();
    void a_file_that_is_not_as_it_was_identified_is_not_given_data();
    void a_file_that_is_not_as_it_was_identified_is_not_given();
};

void PublishChangedFileTest::no_block_leaves_that_was_not_verified_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<bool>("underWay");
    for (const char* const way : {"in one piece", "in parts", "in the commit"}) {
        QTest::addRow("%s, before it leaves", way) << QString(way) << false;
        QTest::addRow("%s, while it leaves", way) << QString(way) << true;
    }
}

void PublishChangedFileTest::no_block_leaves_that_was_not_verified()
{
    QFETCH(QString, way);
    QFETCH(bool, underWay);
    HubWorld world(optionsFor(way));
    seedOlder(world);
    world.exportFewer("large", Rows);
    const auto before = world.hub.snapshot(Repo);
    const std::uint64_t size = world.folder.read(Dataset).size();
    QVERIFY(size > 2 * Block);
    bool overwritten = false;
    const PushResult result = runPush(world.job("large"), {}, [&](const PublishProgress& progress) {
        const bool leaving
            = progress.phase == PublishPhase::Uploading || progress.phase == PublishPhase::Committing;
        const bool due = underWay ? leaving && progress.sent > 0 : progress.phase == PublishPhase::Asking;
        if (due && !std::exchange(overwritten, true)) {
            world.folder.write(Dataset, std::string(size, 'x'));
        }
    });
    QVERIFY(overwritten);
    QVERIFY2(messageOf(result).contains("changed while it was published"), qPrintable(messageOf(result)));
    QVERIFY(!result.outcome.published && !result.outcome.unknown);
    QCOMPARE(world.hub.snapshot(Repo), before);
    QCOMPARE(world.hub.count("POST", "/api/complete_multipart"), std::size_t(0));
    QCOMPARE(world.hub.count("POST", "/datasets/*/info/lfs/objects/verify"), std::size_t(0));
    // The block that was being sent when it happened had been read, and hashed, before.
    const std::uint64_t others = 100'000; // the small files, in the commit
    const std::uint64_t given = way == "in the commit" ? Block / 3 * 4 : Block;
    QVERIFY2(world.hub.uploadedBytes() <= others + (underWay ? given : 0),
        qPrintable(QString::number(world.hub.uploadedBytes())));
}

void PublishChangedFileTest::a_file_is_given_as_it_was_identified_from_any_place()
{
    const TemporaryFolder folder;
    for (const std::uint64_t size :
        {std::uint64_t {0}, std::uint64_t {1}, Block - 1, Block, Block + 1, 2 * Block}) {
        std::string bytes(size, ' ');
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<char>(i * 31 + i / 251);
        }
        const std::string path = folder.write("file", bytes);
        const auto identity = identify(path, {});
        QVERIFY(identity);
        QCOMPARE(identity->gitBlob, gitBlobOf(bytes));
        QCOMPARE(identity->head, bytes.substr(0, 512));
        for (const std::uint64_t offset : {std::uint64_t {0}, size / 2, size - size / 3}) {
            auto body = FileBody::open(path, *identity, offset, size - offset);
            QVERIFY(body);
            for (int turn = 0; turn < 2; ++turn) {
                std::string given;
                std::string room(700'001, '\0');
                for (;;) {
                    const auto got = body->read(room);
                    QVERIFY(got);
                    if (*got == 0) {
                        break;
                    }
                    given.append(room, 0, *got);
                }
                QVERIFY(given == bytes.substr(offset));
                QVERIFY(body->rewind());
            }
        }
    }
}

void PublishChangedFileTest::a_file_that_is_not_as_it_was_identified_is_not_given_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("another byte") << 0;
    QTest::newRow("shorter") << 1;
    QTest::newRow("longer") << 2;
}

void PublishChangedFileTest::a_file_that_is_not_as_it_was_identified_is_not_given()
{
    QFETCH(int, how);
    const TemporaryFolder folder;
    const std::string bytes(Block + 100, 'a');
    const std::string path = folder.write("file", bytes);
    const auto identity = identify(path, {});
    QVERIFY(identity);
    auto body = FileBody::open(path, *identity, Block, 100);
    QVERIFY(body);
    const std::string after
        = how == 0 ? std::string(Block + 99, 'a') + 'b' : std::string(Block + (how == 1 ? 99 : 101), 'a');
    folder.write("file", after);
    std::string room(100, '\0');
    const auto got = body->read(room);
    QVERIFY(!got);
    QCOMPARE(got.error().code, ErrorCode::PushRefused);
    QCOMPARE(room, std::string(100, '\0'));
    QCOMPARE(static_cast<bool>(FileBody::open(path, *identity, 0, 1)), how == 0);
}

QTEST_GUILESS_MAIN(PublishChangedFileTest)
#include "tst_publish_changed_file.moc"
