// SPDX-License-Identifier: GPL-3.0-or-later
/// One thing a frame. What a filter change alters on the screen (the table, what counts its rows, the row in
/// full, the charts) takes some milliseconds each to lay out and paint, and all of it in one frame is more
/// than a frame has. So each takes its turn: the most wanted at once, the others in the frames behind it.
/// Frames are those of a fast screen; a slower one has room for two turns in each of its own.
#pragma once

#include <QTimer>

#include <deque>
#include <functional>

namespace workbench {

class FrameTurn;

/// The queue. All of it belongs to the GUI thread, and it outlives its turns.
class FrameTurns final {
public:
    static constexpr int FrameMs = 8; ///< whole milliseconds of 1/120 s

    FrameTurns();

    /// Something was shown without a turn, because somebody waits for it: the next turn is a frame away.
    /// Those that wait are put off by it a few times at most.
    void taken();
    /// No turn is waited for.
    [[nodiscard]] bool idle() const { return m_waiting.empty(); }

private:
    friend class FrameTurn;
    void next();

    QTimer m_frame; ///< runs while the present frame is taken, or until one that is free begins
    std::deque<FrameTurn*> m_waiting; ///< the next one first
    int m_putOff = 0; ///< times, since the last turn
};

/// A place in the queue for one kind of work, as a QTimer is one in time.
class FrameTurn final {
public:
    explicit FrameTurn(FrameTurns& turns) : m_turns(turns) {}
    ~FrameTurn() { forget(); }
    FrameTurn(const FrameTurn&) = delete;
    FrameTurn& operator=(const FrameTurn&) = delete;

    /// `work` is done in the first frame that nobody else has, never before this returns. Where one is
    /// already waited for, the newer work takes the older one's place.
    void ask(std::function<void()> work);
    void forget(); ///< nothing is done
    [[nodiscard]] bool waiting() const { return m_work != nullptr; }

private:
    friend class FrameTurns;
    FrameTurns& m_turns;
    std::function<void()> m_work; ///< empty: none is waited for
};

} // namespace workbench
