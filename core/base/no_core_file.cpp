// SPDX-License-Identifier: Apache-2.0
#include "core/base/no_core_file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace workbench {

void leaveNoCoreFile()
{
    // Either may be forbidden here; the other one still holds, and nobody could do more about it.
    rlimit limit {};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        static_cast<void>(::setrlimit(RLIMIT_CORE, &limit));
    }
    const int filter = ::open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
    if (filter >= 0) {
        static_cast<void>(::write(filter, "0", 1) == 1);
        ::close(filter);
    }
}

} // namespace workbench
