// SPDX-License-Identifier: Apache-2.0
/// A thread of its own that waits for the disk.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace workbench {

/// Does what it is handed one after the other, in the order it was handed. Any thread.
class WriteLane {
public:
    /// For a lane that writes dataset and splits: the pieces of the splits come several at a time.
    static constexpr std::size_t ForBoth = 4;

    /// `mostWaiting` pieces wait at most: memory stays bounded whatever the disk's pace, and the same for a
    /// folder of any size. For one file more than one made nothing faster.
    explicit WriteLane(std::size_t mostWaiting = 1);
    ~WriteLane(); ///< drops what has not begun, waits for the rest
    WriteLane(const WriteLane&) = delete;
    WriteLane& operator=(const WriteLane&) = delete;

    /// Waits while as many wait as may. `piece` may not throw.
    void hand(std::function<void()> piece);
    /// Takes `piece` only when none waits; never blocks. Whether it did.
    bool offer(std::function<void()> piece);
    /// Returns when all that was handed is done.
    void drain();

private:
    void loop();

    const std::size_t m_mostWaiting;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_waiting;
    bool m_busy = false;
    bool m_quit = false;
    std::thread m_thread; // last: it uses what stands above
};

} // namespace workbench
