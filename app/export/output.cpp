// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/output.h"

#include "core/base/file.h"
#include "core/base/quoted.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace workbench {

namespace {

bool isTerminal()
{
    const char* terminal = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

bool isSet(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
}

bool isPipe(int descriptor)
{
    struct stat what {};
    return ::fstat(descriptor, &what) == 0 && (S_ISFIFO(what.st_mode) || S_ISSOCK(what.st_mode));
}

/// As much as a pipe that is ready takes without waiting; below 0: errno says why.
ssize_t writeSome(int descriptor, std::string_view text)
{
    const iovec all {const_cast<char*>(text.data()), text.size()}; // only read
    const ssize_t count = ::pwritev2(descriptor, &all, 1, -1, RWF_NOWAIT);
    // Before Linux 6.5 no pipe knows that; so much it takes in any case.
    return count >= 0 || errno != EOPNOTSUPP
        ? count
        : ::write(descriptor, text.data(), std::min<std::size_t>(text.size(), PIPE_BUF));
}

/// 0, or why not everything was written: EINTR when `stop` was asked for while a slow reader kept us waiting,
/// on whichever thread.
int writeTo(int descriptor, std::string_view text, const std::stop_token& stop)
{
    constexpr int BetweenLooks = 50; // ms
    const bool pipe = isPipe(descriptor);
    while (!text.empty()) {
        pollfd ready {descriptor, POLLOUT, 0};
        while (::poll(&ready, 1, BetweenLooks) <= 0) {
            if (stop.stop_requested()) {
                return EINTR;
            }
        }
        const ssize_t count
            = pipe ? writeSome(descriptor, text) : ::write(descriptor, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EINTR && errno != EAGAIN) {
            return errno;
        }
    }
    return 0;
}

} // namespace

void occupyStandardStreams()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
            // The lowest free number is this one. The wrong way round, so that using it is an error.
            (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

Output::Output(bool json, bool quiet, std::stop_token stop)
    : m_stop(std::move(stop))
    , m_json(json)
    , m_quiet(quiet)
    , m_isTerminal(isTerminal())
    , m_hasColour(m_isTerminal && !isSet("NO_COLOR"))
{
}

Result<void> Output::write(int descriptor, const char* name, std::string_view text) const
{
    const int fault = writeTo(descriptor, text, m_stop);
    if (fault == 0) {
        return {};
    }
    if (fault == EINTR) {
        return cancelledError();
    }
    return fault == EPIPE ? Error {ErrorCode::Io, {}, {}} : ioError(name, fault);
}

Result<void> Output::print(std::string_view text) { return write(STDOUT_FILENO, "standard output", text); }
Result<void> Output::report(std::string_view text) { return write(STDERR_FILENO, "standard error", text); }

void Output::say(std::string_view text)
{
    if (!m_quiet) {
        note(text);
    }
}

void Output::complain(const Error& error)
{
    if (!error.message.empty()) {
        note(painted("signals-export: ", Tone::Bad) + printable(error.message, error.message.size()) + '\n');
    }
}

void Output::note(std::string_view text) { (void)writeTo(STDERR_FILENO, text, m_stop); }

std::string Output::painted(std::string_view text, Tone tone) const
{
    if (!m_hasColour || tone == Tone::Plain) {
        return std::string(text);
    }
    const char* start = tone == Tone::Good ? "\x1b[32m" : tone == Tone::Bad ? "\x1b[31m" : "\x1b[2m";
    return start + std::string(text) + "\x1b[0m";
}

} // namespace workbench
