// SPDX-License-Identifier: Apache-2.0
/// Where core's promise to throw nothing is kept: the standard library throws when there is no memory.
#pragma once

#include "core/base/result.h"

#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace workbench {

/// What `work` returns, or an Io error for what it throws.
template <class Work> [[nodiscard]] Result<void> withoutThrowing(Work work)
{
    constexpr std::string_view NoMemory = "out of memory: nothing was kept";
    constexpr std::string_view Fault = "an internal fault ended the job: nothing was kept";
    Error error;
    try {
        error.message.reserve(Fault.size()); // while there is memory
        return work();
    } catch (const std::bad_alloc&) {
        const bool hasRoom = error.message.capacity() >= NoMemory.size();
        error.message
            = hasRoom ? NoMemory : NoMemory.substr(0, NoMemory.find(':')); // short enough for no memory
    } catch (const std::exception&) { // what() could name anything
        error.message = Fault;
    }
    return error;
}

} // namespace workbench
