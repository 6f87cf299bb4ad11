// SPDX-License-Identifier: Apache-2.0
/// Writing that fails on purpose, with no code for it in the product.
#pragma once

#include <csignal>
#include <cstdint>
#include <sys/resource.h>

namespace workbench {

/// While it lives no file of this process can grow beyond `bytes`: write() answers EFBIG after a short
/// write, exactly at that byte. What a disk full after N bytes looks like, without a disk.
class FailingDisk {
public:
    explicit FailingDisk(std::uint64_t bytes);
    ~FailingDisk();
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;
    FailingDisk(FailingDisk&&) = delete;
    FailingDisk& operator=(FailingDisk&&) = delete;

private:
    rlimit m_before {};
    struct sigaction m_handlerBefore {};
};

} // namespace workbench
