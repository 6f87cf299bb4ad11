// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/interruption.h"

#include <cerrno>
#include <ctime>

namespace workbench {

namespace {

// Its only work is to make a blocked read or write return EINTR.
void nudge(int /*signal*/) {}

} // namespace

Interruption::Interruption()
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is an error of write, not our death
    struct sigaction action {};
    action.sa_handler = nudge; // without SA_RESTART
    sigaction(SIGUSR1, &action, nullptr);

    sigemptyset(&m_signals);
    sigaddset(&m_signals, SIGINT);
    sigaddset(&m_signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    m_thread = std::thread([this, mainThread = pthread_self()] { wait(mainThread); });
}

Interruption::~Interruption()
{
    m_done = true;
    pthread_kill(m_thread.native_handle(), SIGTERM); // blocked, so it only ends the wait
    m_thread.join();
}

void Interruption::wait(pthread_t mainThread)
{
    sigset_t signals = m_signals;
    sigset_t nudges;
    sigemptyset(&nudges);
    sigaddset(&nudges, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &nudges, nullptr);

    int received = 0;
    sigwait(&signals, &received);
    const timespec pause {0, 20'000'000};
    while (!m_done) {
        // Again and again: one alone could come just before the main thread begins to block.
        m_stop.request_stop();
        pthread_kill(mainThread, SIGUSR1);
        sigtimedwait(&signals, nullptr, &pause);
    }
}

} // namespace workbench
