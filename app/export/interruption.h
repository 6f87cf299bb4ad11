// SPDX-License-Identifier: GPL-3.0-or-later
/// SIGINT and SIGTERM as a stop token, so that nothing ends half-done.
#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace workbench {

/// While it lives, both signals ask for a stop, the first as the second. Made on the main thread before
/// any other thread, for threads inherit what is blocked here. Ignores SIGPIPE for good.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    Interruption(Interruption&&) = delete;
    Interruption& operator=(Interruption&&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    void wait(pthread_t mainThread);

    std::stop_source m_stop;
    sigset_t m_signals {};
    std::atomic<bool> m_done = false;
    std::thread m_thread;
};

} // namespace workbench
