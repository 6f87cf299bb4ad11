// SPDX-License-Identifier: Apache-2.0
/// Work that is done in order by whoever has time for it: no thread of its own, so that there are never more
/// threads that want to run than there are cores.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace workbench {

/// Does what it is handed one after the other, in the order it was handed. Handed to from one thread.
class SharedLane {
public:
    /// So many pieces wait at most: memory stays bounded. Two made nothing faster.
    static constexpr std::size_t MaxWaiting = 1;

    SharedLane() = default;
    SharedLane(const SharedLane&) = delete;
    SharedLane& operator=(const SharedLane&) = delete;

    /// While MaxWaiting pieces wait, does one of them or waits for who does. `piece` may not throw.
    void hand(std::function<void()> piece);
    /// Does the next piece, if there is one and nobody is at one. Any thread.
    bool help();
    /// Returns when all that was handed is done, and does what nobody is at. Any thread.
    void drain();
    /// Drops what has not begun, waits for the rest; nothing is done any more.
    void close();

private:
    using Lock = std::unique_lock<std::mutex>;
    void doOne(Lock& lock);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_waiting;
    std::atomic<bool> m_mayHelp = false; ///< a look without the mutex: a piece waits and nobody is at one
    bool m_busy = false;
    bool m_closed = false;
};

} // namespace workbench
