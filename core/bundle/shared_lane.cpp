// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/shared_lane.h"

#include <utility>

namespace workbench {

void SharedLane::hand(std::function<void()> piece)
{
    Lock lock(m_mutex);
    while (m_waiting.size() >= MaxWaiting) {
        if (m_busy) {
            m_changed.wait(lock);
        } else {
            doOne(lock);
        }
    }
    if (!m_closed) {
        m_waiting.push_back(std::move(piece));
        m_mayHelp = !m_busy;
    }
}

bool SharedLane::help()
{
    if (!m_mayHelp.load(std::memory_order_relaxed)) {
        return false;
    }
    Lock lock(m_mutex);
    if (m_busy || m_waiting.empty()) {
        return false;
    }
    doOne(lock);
    return true;
}

void SharedLane::drain()
{
    Lock lock(m_mutex);
    while (m_busy || !m_waiting.empty()) {
        if (m_busy) {
            m_changed.wait(lock);
        } else {
            doOne(lock);
        }
    }
}

void SharedLane::close()
{
    Lock lock(m_mutex);
    m_closed = true;
    m_waiting.clear();
    m_mayHelp = false;
    m_changed.wait(lock, [this] { return !m_busy; });
}

void SharedLane::doOne(Lock& lock)
{
    const std::function<void()> piece = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_busy = true;
    m_mayHelp = false;
    lock.unlock();
    piece();
    lock.lock();
    m_busy = false;
    m_mayHelp = !m_waiting.empty();
    m_changed.notify_all();
}

} // namespace workbench
