// SPDX-License-Identifier: Apache-2.0
// What is written is flushed while more is written. The test's own fsync stands in for the C library's.
#include "core/bundle/bundle_writer.h"
#include "tests/support/temporary_folder.h"

#include <QtTest>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <latch>
#include <limits>
#include <new>
#include <string>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace workbench;

namespace {

std::atomic<int> flushes = 0;
std::atomic<int> failingFlush = 0; ///< which one tells EIO; the others tell nothing of it, as the kernel's

} // namespace

extern "C" int fsync(int descriptor)
{
    if (++flushes == failingFlush) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

class EarlyFlushTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { flushes = failingFlush = 0; }

    void much_is_flushed_before_the_last_row_is_there()
    {
        QVERIFY(writeMuch());
        QVERIFY(flushes >= 2);
    }

    void little_is_flushed_once()
    {
        QVERIFY(write(1000));
        QCOMPARE(flushes.load(), 1);
    }

    void much_is_flushed_once_where_that_is_asked_for()
    {
        QVERIFY(write(Much, std::numeric_limits<std::size_t>::max()));
        QCOMPARE(flushes.load(), 1);
    }

    void a_failure_is_kept_although_the_last_flush_goes_well()
    {
        failingFlush = 1;
        const auto written = writeMuch();
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Io);
        QCOMPARE(written.error().message, std::string("bundle/rows: input/output error: nothing was kept"));
    }

    void a_lane_takes_an_offer_only_while_nothing_waits()
    {
        WriteLane lane;
        std::latch begun(1);
        std::latch go(1);
        std::atomic<int> done = 0;
        lane.hand([&] {
            begun.count_down();
            go.wait();
            ++done;
        });
        begun.wait();
        QVERIFY(lane.offer([&done] { ++done; }));
        QVERIFY(!lane.offer([&done] { done += 100; }));
        go.count_down();
        lane.drain();
        QCOMPARE(done.load(), 2);
        QVERIFY(lane.offer([&done] { ++done; }));
        lane.drain();
        QCOMPARE(done.load(), 3);
    }

    void as_many_pieces_wait_as_may_and_the_next_hand_waits_for_room_data()
    {
        QTest::addColumn<std::size_t>("most");
        QTest::newRow("as an export has it") << WriteLane::MaxWaiting;
        QTest::newRow("as was asked for") << std::size_t {9};
    }
    void as_many_pieces_wait_as_may_and_the_next_hand_waits_for_room()
    {
        QFETCH(const std::size_t, most);
        WriteLane lane(most);
        std::latch begun(1);
        std::latch go(1);
        std::vector<std::size_t> done;
        lane.hand([&] {
            begun.count_down();
            go.wait();
        });
        begun.wait();
        for (std::size_t piece = 1; piece <= most; ++piece) {
            lane.hand([&done, piece] { done.push_back(piece); });
        }
        std::atomic<bool> handed = false;
        bool tooEarly = false;
        {
            const std::jthread other([&] {
                lane.hand([&done] { done.push_back(0); });
                handed = true;
            });
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            tooEarly = handed;
            go.count_down();
        }
        lane.drain();
        QVERIFY2(!tooEarly, "one more piece was taken than may wait");
        QCOMPARE(done.size(), most + 1);
        QCOMPARE(done.back(), std::size_t {0});
    }

    void what_a_piece_throws_is_told_to_who_hands_and_who_waits()
    {
        WriteLane lane;
        bool done = false;
        lane.hand([] { throw std::bad_alloc(); });
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, lane.drain());
        QVERIFY(!lane.offer([&done] { done = true; }));
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, lane.hand([&done] { done = true; }));
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, lane.drain());
        QVERIFY2(!done, "what follows a piece that is missing is not written");
    }

private:
    static constexpr std::size_t Much = std::size_t {6} << 20;

    static Result<void> write(std::size_t bytes, std::size_t flushedEarly = FileLanes::FlushedEarly)
    {
        const TemporaryFolder folder;
        WriteLane flushing;
        WriteLane writing;
        HashedFile file(folder.path(), "bundle", "rows", std::make_shared<WriteBuffers>(64 << 10),
            {.writing = &writing, .flushing = &flushing, .flushedEarly = flushedEarly});
        if (auto added = file.append(std::string(bytes, 'x')); !added) {
            return added;
        }
        return file.finish();
    }
    static Result<void> writeMuch() { return write(Much); }
};

QTEST_GUILESS_MAIN(EarlyFlushTest)

#include "tst_early_flush.moc"
