// SPDX-License-Identifier: Apache-2.0
#include "tests/support/failing_disk.h"

#include <stdexcept>

namespace workbench {

FailingDisk::FailingDisk(std::uint64_t bytes)
{
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN; // else the kernel ends the process instead of failing the write
    rlimit limit {};
    if (sigaction(SIGXFSZ, &ignore, &m_handlerBefore) != 0 || getrlimit(RLIMIT_FSIZE, &m_before) != 0) {
        throw std::runtime_error("no limit can be set");
    }
    limit = m_before;
    limit.rlim_cur = bytes;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) {
        throw std::runtime_error("no limit can be set");
    }
}

FailingDisk::~FailingDisk()
{
    setrlimit(RLIMIT_FSIZE, &m_before);
    sigaction(SIGXFSZ, &m_handlerBefore, nullptr);
}

} // namespace workbench
