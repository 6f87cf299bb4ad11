// SPDX-License-Identifier: Apache-2.0
// Hashing that whoever has time does: each file's bytes in their order, two files at a time.
#include "core/bundle/hash_lane.h"
#include "tests/support/noise.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <new>
#include <string>
#include <thread>
#include <vector>

using namespace workbench;

namespace {

/// Pieces of `bytes` handed to a lane, and what has become of them.
class PiecedFile {
public:
    explicit PiecedFile(std::string bytes) : m_bytes(std::move(bytes)) {}

    /// Hands the next piece; false when there is none.
    bool hand(HashLane& lane, std::size_t size)
    {
        const std::string_view piece = std::string_view(m_bytes).substr(m_at, size);
        m_at += piece.size();
        const std::size_t number = m_handed;
        if (piece.empty()) {
            return false;
        }
        ++m_handed;
        lane.hand({m_hash, piece, [this, number] { m_done.push_back(number); }});
        return true;
    }
    [[nodiscard]] std::size_t handed() const { return m_handed; }
    /// Once the lane was drained: each was done once, in order, and the digest is that of the whole.
    [[nodiscard]] bool isComplete()
    {
        bool inOrder = m_done.size() == m_handed;
        for (std::size_t piece = 0; inOrder && piece < m_done.size(); ++piece) {
            inOrder = m_done[piece] == piece;
        }
        return inOrder && m_hash->finish() == Sha256::of(m_bytes);
    }

private:
    std::string m_bytes;
    std::shared_ptr<Sha256> m_hash = std::make_shared<Sha256>();
    std::size_t m_at = 0;
    std::size_t m_handed = 0;
    std::vector<std::size_t> m_done; // no mutex: a sanitizer sees two at once
};

} // namespace

class HashLaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files_keep_their_own_hashes_whoever_helps()
    {
        HashLane lane;
        std::vector<PiecedFile> files;
        for (const std::size_t size : {300'000U, 200'001U, 7U, 100'000U}) {
            files.emplace_back(noise(size));
        }
        std::atomic<int> byOthers = 0;
        {
            std::vector<std::jthread> helpers;
            for (int i = 0; i < 3; ++i) {
                helpers.emplace_back([&](const std::stop_token& stop) {
                    while (!stop.stop_requested()) {
                        byOthers += lane.help() ? 1 : 0;
                    }
                });
            }
            QVERIFY(files[0].hand(lane, 100) && files[1].hand(lane, 100));
            QTRY_VERIFY(byOthers == 1); // on a busy machine the others may miss all that follow
            bool more = true;
            for (std::size_t size = 1; more; size = size % 1000 + 111) {
                more = false;
                for (PiecedFile& file : files) {
                    more = file.hand(lane, size) || more;
                }
            }
            lane.drain(); // while the others still look
        }
        for (PiecedFile& file : files) {
            QVERIFY(file.handed() > 0);
            QVERIFY(file.isComplete());
        }
    }

    void one_file_alone_is_hashed_in_its_order()
    {
        HashLane lane;
        PiecedFile file(noise(100'000));
        while (file.hand(lane, 777)) {}
        lane.drain();
        QVERIFY(file.isComplete());
    }

    void what_nobody_helps_with_is_done_by_who_hands_it()
    {
        HashLane lane;
        std::size_t done = 0;
        for (std::size_t piece = 1; piece <= 20; ++piece) {
            lane.hand({std::make_shared<Sha256>(), "abc", [&done] { ++done; }});
            QVERIFY2(piece - done <= HashLane::MaxWaiting, "memory would not be bounded");
        }
        lane.drain();
        QCOMPARE(done, std::size_t {20});
    }

    void who_finds_the_lane_full_hashes_other_files_meanwhile()
    {
        HashLane lane;
        std::latch begun {1};
        std::latch finish {1};
        lane.hand({std::make_shared<Sha256>(), "abc", [&] {
                       begun.count_down();
                       finish.wait();
                   }});
        lane.hand({std::make_shared<Sha256>(), "abc", [] {}});
        const std::jthread other([&lane] { lane.help(); }); // at both until told to finish
        begun.wait();
        std::size_t done = 0;
        for (std::size_t piece = 0; piece <= HashLane::MaxWaiting; ++piece) {
            lane.hand({std::make_shared<Sha256>(), "abc", [&done] { ++done; }});
        }
        const std::size_t meanwhile = done;
        finish.count_down();
        lane.drain();
        QCOMPARE(meanwhile, std::size_t {2});
        QCOMPARE(done, HashLane::MaxWaiting + 1);
    }

    void a_helper_leaves_a_piece_until_another_can_go_with_it()
    {
        HashLane lane;
        std::size_t done = 0;
        const auto hand = [&] { lane.hand({std::make_shared<Sha256>(), "abc", [&done] { ++done; }}); };
        hand();
        QVERIFY(!lane.help());
        hand();
        QVERIFY(lane.help());
        QCOMPARE(done, std::size_t {2});
    }

    void a_piece_lives_until_it_is_hashed_and_no_longer()
    {
        HashLane lane;
        const auto bytes = std::make_shared<const std::string>("abc");
        const auto hash = std::make_shared<Sha256>();
        lane.hand({hash, *bytes, [bytes] {}});
        QCOMPARE(bytes.use_count(), 2L);
        lane.drain();
        QCOMPARE(bytes.use_count(), 1L);
        QCOMPARE(hash->finish(), Sha256::of("abc"));
    }

    void what_a_piece_throws_comes_out_and_the_lane_is_not_left_busy()
    {
        HashLane lane;
        int done = 0;
        const auto hand = [&] { lane.hand({std::make_shared<Sha256>(), "abc", [&done] { ++done; }}); };
        lane.hand({std::make_shared<Sha256>(), "abc", [] { throw std::bad_alloc(); }});
        hand();
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, lane.drain());
        hand();
        lane.drain();
        QCOMPARE(done, 1);
        lane.close(); // else it waits for ever
    }

    void a_closed_lane_does_nothing_any_more()
    {
        HashLane lane;
        bool done = false;
        const auto hand = [&] { lane.hand({std::make_shared<Sha256>(), "abc", [&done] { done = true; }}); };
        hand();
        hand();
        lane.close();
        hand();
        hand();
        QVERIFY(!lane.help());
        lane.drain();
        QVERIFY(!done);
    }
};

QTEST_GUILESS_MAIN(HashLaneTest)
#include "tst_hash_lane.moc"
