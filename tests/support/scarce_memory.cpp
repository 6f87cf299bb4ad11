// SPDX-License-Identifier: Apache-2.0
#include "tests/support/scarce_memory.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<bool> isCounting = false;
std::atomic<long> allocations = 0;
std::atomic<long> failingOne = 0;

bool isRefused() { return isCounting && ++allocations == failingOne; }

} // namespace

namespace workbench {

void countRequestsForMemory(long failing)
{
    allocations = 0;
    failingOne = failing;
    isCounting = true;
}

long requestsForMemory()
{
    isCounting = false;
    return allocations;
}

} // namespace workbench

// ThreadSanitizer's own would be there twice: with it they are left to it, and there is nothing to be
// refused.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define REPLACED __attribute__((weak))
#endif
#endif
#ifndef REPLACED
#define REPLACED
#endif

REPLACED void* operator new(std::size_t bytes)
{
    if (isRefused()) {
        throw std::bad_alloc();
    }
    if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes)) {
        return memory;
    }
    throw std::bad_alloc();
}
REPLACED void* operator new(std::size_t bytes, std::align_val_t alignment)
{
    if (isRefused()) {
        throw std::bad_alloc();
    }
    const auto step = static_cast<std::size_t>(alignment);
    if (void* const memory = std::aligned_alloc(step, (bytes + step - 1) / step * step)) {
        return memory;
    }
    throw std::bad_alloc();
}
REPLACED void operator delete(void* memory) noexcept { std::free(memory); }
REPLACED void operator delete(void* memory, std::size_t /*bytes*/) noexcept { std::free(memory); }
REPLACED void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
REPLACED void operator delete(void* memory, std::size_t /*bytes*/, std::align_val_t /*alignment*/) noexcept
{
    std::free(memory);
}
