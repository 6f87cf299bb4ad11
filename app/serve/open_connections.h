// SPDX-License-Identifier: GPL-3.0-or-later
/// The connections that are open, so that those who only hold them are shown out.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>

namespace workbench {

/// libmicrohttpd's own time-out starts anew with every byte, which a client that sends one now and then
/// outlives for ever. Here the time runs from the connection's start, or from its last answer, to the next
/// one. And when there are many, whoever comes takes the place of the one that has kept quiet longest, so
/// that holding connections locks nobody out. Any thread.
class OpenConnections {
public:
    using Clock = std::chrono::steady_clock;

    OpenConnections(std::size_t many, Clock::duration patience);
    ~OpenConnections();
    OpenConnections(const OpenConnections&) = delete;
    OpenConnections& operator=(const OpenConnections&) = delete;
    OpenConnections(OpenConnections&&) = delete;
    OpenConnections& operator=(OpenConnections&&) = delete;

    /// The socket has to stay open until closed() was called.
    void opened(const void* connection, int socket);
    void answered(const void* connection);
    void closed(const void* connection);
    [[nodiscard]] std::size_t count() const;

private:
    struct Entry {
        int socket = -1;
        Clock::time_point since;
        bool shownOut = false;
    };

    static void showOut(Entry& entry);
    void watch();

    const std::size_t m_many;
    const Clock::duration m_patience;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<const void*, Entry> m_entries;
    bool m_done = false;
    std::thread m_thread;
};

} // namespace workbench
