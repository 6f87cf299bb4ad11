// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/hash_lane.h"

#include <algorithm>
#include <utility>

namespace workbench {

void HashLane::hand(Piece piece)
{
    Lock lock(m_mutex);
    while (m_waiting.size() >= MaxWaiting) {
        doSomeOrWait(lock);
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
    doSomeOrWait(lock);
    return true;
}

void HashLane::drain()
{
    Lock lock(m_mutex);
    while (!m_busyWith.empty() || !m_waiting.empty()) {
        doSomeOrWait(lock);
    }
}

void HashLane::close()
{
    Lock lock(m_mutex);
    m_closed = true;
    m_waiting.clear();
    m_mayHelp = false;
    m_changed.wait(lock, [this] { return m_busyWith.empty(); });
}

/// The pieces of a file are hashed one after the other: nobody takes one while another is at the one before.
std::optional<HashLane::Piece> HashLane::takeFree()
{
    const auto free = std::ranges::find_if(m_waiting, [this](const Piece& piece) {
        return std::ranges::find(m_busyWith, piece.hash.get()) == m_busyWith.end();
    });
    if (free == m_waiting.end()) {
        return std::nullopt;
    }
    m_busyWith.push_back(free->hash.get()); // first: it may find no memory
    Piece taken = std::move(*free);
    m_waiting.erase(free);
    return taken;
}

/// The lane while somebody is at pieces, without its mutex: also when one throws, or who closes the lane
/// would wait for ever.
struct HashLane::Busy {
    Busy(HashLane& at, Lock& held, const Sha256* with) : lane(at), lock(held), first(with) {}
    ~Busy()
    {
        if (!lock.owns_lock()) {
            lock.lock();
        }
        std::erase_if(
            lane.m_busyWith, [this](const Sha256* hash) { return hash == first || hash == second; });
        lane.noteWaiting();
        lane.m_changed.notify_all();
    }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
    Busy(Busy&&) = delete;
    Busy& operator=(Busy&&) = delete;

    HashLane& lane;
    Lock& lock;
    const Sha256* first;
    const Sha256* second = nullptr;
};

void HashLane::doSomeOrWait(Lock& lock)
{
    std::optional<Piece> taken = takeFree();
    if (!taken) {
        m_changed.wait(lock);
        return;
    }
    Busy busy(*this, lock, taken->hash.get());
    std::optional<Piece> takenToo = takeFree();
    busy.second = takenToo ? takenToo->hash.get() : nullptr;
    m_mayHelp = false;
    lock.unlock();
    const Piece first = *std::exchange(taken, std::nullopt); // gone before their files are free again
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
