// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/termination.h"

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace workbench {
namespace {

constexpr std::array Signals {SIGTERM, SIGHUP, SIGINT};
volatile std::sig_atomic_t wakeUp = -1; ///< the end that the handler writes to

void tell(int /*signal*/)
{
    const int before = errno; // of whatever it came in the middle of
    const char any = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakeUp, &any, sizeof any);
    errno = before;
}

} // namespace

Termination::Termination(QObject* parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, m_sockets.data()) != 0) {
        return; // then a signal ends the program as it always did
    }
    m_notifier = new QSocketNotifier(m_sockets[1], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false); // once is enough
        Q_EMIT requested();
    });
    wakeUp = m_sockets[0];
    struct sigaction action {};
    action.sa_handler = tell;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND); // the second one ends it at once
    for (const int signal : Signals) {
        sigaction(signal, &action, nullptr);
    }
}

Termination::~Termination()
{
    if (m_notifier) {
        for (const int signal : Signals) {
            std::signal(signal, SIG_DFL);
        }
        wakeUp = -1;
    }
    for (const int socket : m_sockets) {
        if (socket >= 0) {
            ::close(socket);
        }
    }
}

} // namespace workbench
