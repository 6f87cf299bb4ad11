// SPDX-License-Identifier: Apache-2.0
/// A thread of its own that waits for the disk.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace workbench {

/// Does what it is handed one after the other, in the order it was handed. Any thread.
class WriteLane {
public:
    /// So many pieces wait at most: memory stays bounded whatever the disk's pace, and the same for a folder
    /// of any size. A disk writes little while it flushes, some 4 ms at a time, and meanwhile the rows go on:
    /// with one piece an export waited for it, with more than four none got faster.
    static constexpr std::size_t MaxWaiting = 4;

    /// Another number of pieces is for measuring what it would bring.
    explicit WriteLane(std::size_t maxWaiting = MaxWaiting);
    ~WriteLane(); ///< drops what has not begun, waits for the rest
    WriteLane(const WriteLane&) = delete;
    WriteLane& operator=(const WriteLane&) = delete;

    /// Waits while so many pieces wait. What a piece throws is thrown by each hand() and drain() that follow,
    /// and nothing is done any more.
    void hand(std::function<void()> piece);
    /// Takes `piece` only when none waits and none threw; never blocks. Whether it did.
    bool offer(std::function<void()> piece);
    /// Returns when all that was handed is done.
    void drain();

private:
    void loop();
    void rethrow() const;

    const std::size_t m_maxWaiting;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_waiting;
    std::exception_ptr m_thrown;
    bool m_busy = false;
    bool m_quit = false;
    std::thread m_thread; // last: it uses what stands above
};

} // namespace workbench
