// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/hash_lane.h"

#include <algorithm>
#include <utility>

namespace workbench {

void HashLane::hand(Piece piece)
{
    Lock lock(m_mutex);
    while (m_waiting.size() >= MaxWaiting) {
        if (m_busy) {
            m_changed.wait(lock);
        } else {
            doSome(lock);
        }
    }
    if (!m_closed) {
        m_waiting.push_back(std::move(piece));
        noteWaiting();
    }
}

bool HashLane::help()
{
    if (!m_mayHelp.load(std::memory_order_relaxed)) {
        return false;
    }
    Lock lock(m_mutex);
    noteWaiting();
    if (!m_mayHelp) {
        return false;
    }
    doSome(lock);
    return true;
}

void HashLane::drain()
{
    Lock lock(m_mutex);
    while (m_busy || !m_waiting.empty()) {
        if (m_busy) {
            m_changed.wait(lock);
        } else {
            doSome(lock);
        }
    }
}

void HashLane::close()
{
    Lock lock(m_mutex);
    m_closed = true;
    m_waiting.clear();
    m_mayHelp = false;
    m_changed.wait(lock, [this] { return !m_busy; });
}

/// Two pieces of the same file would have to be hashed one after the other.
std::optional<HashLane::Piece> HashLane::takeOtherThan(const Sha256* hash)
{
    const auto other
        = std::ranges::find_if(m_waiting, [hash](const Piece& piece) { return piece.hash.get() != hash; });
    if (other == m_waiting.end()) {
        return std::nullopt;
    }
    Piece taken = std::move(*other);
    m_waiting.erase(other);
    return taken;
}

/// The lane while somebody is at pieces, without its mutex: also when one throws, or who closes the lane
/// would wait for ever.
struct HashLane::Busy {
    Busy(HashLane& at, Lock& held) : lane(at), lock(held)
    {
        lane.m_busy = true;
        lane.m_mayHelp = false;
        lock.unlock();
    }
    ~Busy()
    {
        lock.lock();
        lane.m_busy = false;
        lane.noteWaiting();
        lane.m_changed.notify_all();
    }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    Busy(Busy&&) = delete;
    Busy& operator=(Busy&&) = delete;

    HashLane& lane;
    Lock& lock;
};

void HashLane::doSome(Lock& lock)
{
    Piece taken = std::move(m_waiting.front());
    m_waiting.pop_front();
    std::optional<Piece> takenToo = takeOtherThan(taken.hash.get());
    const Busy busy(*this, lock);
    const Piece first = std::move(taken); // gone before the lane is free again
    const std::optional<Piece> second = std::exchange(takenToo, std::nullopt);
    if (second) {
        Sha256::updateBoth(*first.hash, first.bytes, *second->hash, second->bytes);
    } else {
        first.hash->update(first.bytes);
    }
    first.then();
    if (second) {
        second->then();
    }
}

} // namespace workbench
