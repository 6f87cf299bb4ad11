// SPDX-License-Identifier: Apache-2.0
/// Hashing that is done by whoever has time for it: no thread of its own, so that there are never more
/// threads that want to run than there are cores.
#pragma once

#include "core/base/sha256.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace workbench {

/// Pieces of several files, those of each in the order they were handed, two of different files at a time:
/// see Sha256::updateBoth(). Several threads may be at it, each with files of its own. Handed to from one
/// thread.
class HashLane {
public:
    /// So many pieces wait at most: memory stays bounded. Enough that two of them are hardly ever of the same
    /// file.
    static constexpr std::size_t MaxWaiting = 4;

    struct Piece {
        std::shared_ptr<Sha256> hash;
        std::string_view bytes;
        /// Called once it is hashed, and destroyed then: what `bytes` looks at lives as long. May wait. What
        /// it throws comes out of the call that did the piece.
        std::function<void()> then;
    };

    HashLane() = default;
    HashLane(const HashLane&) = delete;
    HashLane& operator=(const HashLane&) = delete;

    /// While MaxWaiting pieces wait, does some of them, or waits where others are at all their files.
    void hand(Piece piece);
    /// Does two pieces, if there are two and nobody is at any. Any thread.
    bool help();
    /// Returns when all that was handed is done, and does what nobody is at. Any thread.
    void drain();
    /// Drops what has not begun, waits for the rest; nothing is done any more.
    void close();

private:
    using Lock = std::unique_lock<std::mutex>;
    struct Busy;
    void doSomeOrWait(Lock& lock);
    [[nodiscard]] std::optional<Piece> takeFree();
    void noteWaiting() { m_mayHelp = m_busyWith.empty() && m_waiting.size() >= 2; }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Piece> m_waiting;
    std::atomic<bool> m_mayHelp = false; ///< a look without the mutex: two wait and nobody is at any
    std::vector<const Sha256*> m_busyWith; ///< files of which a piece is being hashed
    bool m_closed = false;
};

} // namespace workbench
