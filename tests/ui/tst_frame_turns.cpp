// SPDX-License-Identifier: GPL-3.0-or-later
// One thing a frame: in the order asked for, never two in one, and none for ever behind others.
#include "ui/bridge/frame_turns.h"

#include <QtTest>

#include <memory>
#include <vector>

using namespace workbench;

namespace {

/// What was done, and when.
class Log {
public:
    Log() { m_timer.start(); }
    void add(const QByteArray& what)
    {
        m_whats << what;
        m_times.push_back(m_timer.elapsed());
    }
    [[nodiscard]] QByteArray text() const { return m_whats.join(", "); }
    /// Each a frame behind the one before; half of one, for a busy machine may note one late.
    [[nodiscard]] bool inFramesOfTheirOwn() const
    {
        for (std::size_t at = 1; at < m_times.size(); ++at) {
            if (m_times[at] - m_times[at - 1] < FrameTurns::FrameMs / 2) {
                return false;
            }
        }
        return m_times.size() > 1;
    }

private:
    QElapsedTimer m_timer;
    QByteArrayList m_whats;
    std::vector<qint64> m_times;
};

} // namespace

class FrameTurnsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_done_before_ask_returns();
    void each_has_a_frame_of_its_own_in_the_order_asked_for();
    void newer_work_takes_the_place_of_older();
    void what_was_forgotten_is_not_done();
    void a_turn_that_goes_is_not_done();
    void what_is_shown_at_once_puts_the_next_off();
    void who_shows_things_all_the_time_does_not_starve_the_others();
    void work_may_ask_for_its_next_turn();
};

void FrameTurnsTest::nothing_is_done_before_ask_returns()
{
    FrameTurns turns;
    FrameTurn turn(turns);
    bool done = false;
    QVERIFY(turns.idle());
    turn.ask([&] { done = true; });
    QVERIFY(!done);
    QVERIFY(turn.waiting());
    QVERIFY(!turns.idle());
    QTRY_VERIFY(done);
    QVERIFY(!turn.waiting());
    QVERIFY(turns.idle());
}

void FrameTurnsTest::each_has_a_frame_of_its_own_in_the_order_asked_for()
{
    FrameTurns turns;
    FrameTurn first(turns);
    FrameTurn second(turns);
    FrameTurn third(turns);
    Log log;
    second.ask([&] { log.add("second"); });
    third.ask([&] { log.add("third"); });
    first.ask([&] { log.add("first"); });
    QTRY_COMPARE(log.text(), QByteArray("second, third, first"));
    QVERIFY(log.inFramesOfTheirOwn());
}

void FrameTurnsTest::newer_work_takes_the_place_of_older()
{
    FrameTurns turns;
    FrameTurn counts(turns);
    FrameTurn figures(turns);
    Log log;
    counts.ask([&] { log.add("old counts"); });
    figures.ask([&] { log.add("figures"); });
    counts.ask([&] { log.add("new counts"); });
    QTRY_VERIFY(turns.idle());
    QCOMPARE(log.text(), QByteArray("new counts, figures"));
}

void FrameTurnsTest::what_was_forgotten_is_not_done()
{
    FrameTurns turns;
    FrameTurn forgotten(turns);
    FrameTurn other(turns);
    Log log;
    forgotten.ask([&] { log.add("forgotten"); });
    other.ask([&] { log.add("other"); });
    forgotten.forget();
    QVERIFY(!forgotten.waiting());
    QTRY_VERIFY(turns.idle());
    QCOMPARE(log.text(), QByteArray("other"));
    forgotten.ask([&] { log.add("asked again"); });
    QTRY_COMPARE(log.text(), QByteArray("other, asked again"));
}

void FrameTurnsTest::a_turn_that_goes_is_not_done()
{
    FrameTurns turns;
    Log log;
    auto gone = std::make_unique<FrameTurn>(turns);
    FrameTurn other(turns);
    gone->ask([&] { log.add("gone"); });
    other.ask([&] { log.add("other"); });
    gone.reset();
    QTRY_VERIFY(turns.idle());
    QCOMPARE(log.text(), QByteArray("other"));
}

void FrameTurnsTest::what_is_shown_at_once_puts_the_next_off()
{
    FrameTurns turns;
    FrameTurn turn(turns);
    Log log;
    turn.ask([&] { log.add("in turn"); });
    log.add("at once");
    turns.taken();
    QTRY_COMPARE(log.text(), QByteArray("at once, in turn"));
    QVERIFY(log.inFramesOfTheirOwn());
}

void FrameTurnsTest::who_shows_things_all_the_time_does_not_starve_the_others()
{
    FrameTurns turns;
    FrameTurn turn(turns);
    Log log;
    turns.taken();
    QEventLoop untilDone; // turns all the time: a wait that sleeps now and then would let it through
    turn.ask([&] {
        log.add("in turn");
        untilDone.quit();
    });
    QTimer scrolling;
    scrolling.callOnTimeout([&] { turns.taken(); });
    scrolling.start(FrameTurns::FrameMs / 4);
    QTimer::singleShot(5'000, &untilDone, &QEventLoop::quit);
    untilDone.exec();
    QCOMPARE(log.text(), QByteArray("in turn"));
}

void FrameTurnsTest::work_may_ask_for_its_next_turn()
{
    FrameTurns turns;
    FrameTurn turn(turns);
    FrameTurn other(turns);
    Log log;
    turn.ask([&] {
        log.add("part 1");
        turn.ask([&] { log.add("part 2"); });
    });
    other.ask([&] { log.add("other"); });
    QTRY_COMPARE(log.text(), QByteArray("part 1, other, part 2"));
    QVERIFY(log.inFramesOfTheirOwn());
}

QTEST_MAIN(FrameTurnsTest)
#include "tst_frame_turns.moc"
