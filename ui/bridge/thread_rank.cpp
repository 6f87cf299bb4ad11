// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/thread_rank.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace workbench {

void setThreadRank(ThreadRank rank)
{
#ifdef __linux__
    // Linux counts niceness by thread, whatever POSIX says. The main thread's number is the process's.
    const int own = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid()));
    static_cast<void>(
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), own + static_cast<int>(rank)));
#else
    static_cast<void>(rank);
#endif
}

} // namespace workbench
