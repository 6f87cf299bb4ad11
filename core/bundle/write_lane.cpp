// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/write_lane.h"

#include <utility>

namespace workbench {

WriteLane::WriteLane(std::size_t maxWaiting) : m_maxWaiting(maxWaiting), m_thread([this] { loop(); }) {}

WriteLane::~WriteLane()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
        m_waiting.clear();
    }
    m_changed.notify_all();
    m_thread.join();
}

void WriteLane::hand(std::function<void()> piece)
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting.size() < m_maxWaiting; });
        rethrow();
        m_waiting.push_back(std::move(piece));
    }
    m_changed.notify_all();
}

bool WriteLane::offer(std::function<void()> piece)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_thrown || !m_waiting.empty()) {
            return false;
        }
        m_waiting.push_back(std::move(piece));
    }
    m_changed.notify_all();
    return true;
}

void WriteLane::drain()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.empty() && !m_busy; });
    rethrow();
}

void WriteLane::rethrow() const
{
    if (m_thrown) {
        std::rethrow_exception(m_thrown);
    }
}

void WriteLane::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_quit || !m_waiting.empty(); });
        if (m_quit) {
            return;
        }
        const std::function<void()> piece = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_busy = true;
        lock.unlock();
        m_changed.notify_all();
        std::exception_ptr thrown;
        try {
            piece();
        } catch (...) { // nobody is above this thread
            thrown = std::current_exception();
        }
        lock.lock();
        if (thrown) {
            m_thrown = thrown;
            m_waiting.clear();
        }
        m_busy = false;
        m_changed.notify_all();
    }
}

} // namespace workbench
