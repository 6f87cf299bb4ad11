// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/open_connections.h"

#include <sys/socket.h>

namespace workbench {

namespace {

constexpr std::chrono::milliseconds LookEvery {250};

} // namespace

OpenConnections::OpenConnections(std::size_t many, Clock::duration patience)
    : m_many(many)
    , m_patience(patience)
    , m_thread([this] { watch(); })
{
}

OpenConnections::~OpenConnections()
{
    {
        const std::lock_guard guard(m_mutex);
        m_done = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void OpenConnections::opened(const void* connection, int socket)
{
    const std::lock_guard guard(m_mutex);
    if (m_entries.size() >= m_many) {
        Entry* oldest = nullptr;
        for (auto& [other, entry] : m_entries) {
            if (!entry.shownOut && (oldest == nullptr || entry.since < oldest->since)) {
                oldest = &entry;
            }
        }
        if (oldest != nullptr) {
            showOut(*oldest);
        }
    }
    m_entries[connection] = {socket, Clock::now(), false};
}

void OpenConnections::answered(const void* connection)
{
    const std::lock_guard guard(m_mutex);
    if (const auto found = m_entries.find(connection); found != m_entries.end()) {
        found->second.since = Clock::now();
    }
}

void OpenConnections::closed(const void* connection)
{
    const std::lock_guard guard(m_mutex);
    m_entries.erase(connection);
}

std::size_t OpenConnections::count() const
{
    const std::lock_guard guard(m_mutex);
    return m_entries.size();
}

/// Its thread finds the socket at its end and closes it; nobody else may.
void OpenConnections::showOut(Entry& entry)
{
    entry.shownOut = true;
    ::shutdown(entry.socket, SHUT_RDWR);
}

void OpenConnections::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, LookEvery, [this] { return m_done; })) {
        const Clock::time_point late = Clock::now() - m_patience;
        for (auto& [connection, entry] : m_entries) {
            if (!entry.shownOut && entry.since < late) {
                showOut(entry);
            }
        }
    }
}

} // namespace workbench
