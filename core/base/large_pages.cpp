// SPDX-License-Identifier: Apache-2.0
#include "core/base/large_pages.h"

#include <sys/mman.h>

namespace workbench {

void* allocateLargePages(std::size_t bytes)
{
    const std::size_t whole = (bytes + LargePage - 1) / LargePage * LargePage;
    if (whole < bytes) {
        throw std::bad_alloc();
    }
    void* const memory = ::operator new (whole, std::align_val_t {LargePage});
    (void)::madvise(memory, whole, MADV_HUGEPAGE); // small pages do as well
    return memory;
}

void freeLargePages(void* memory) noexcept { ::operator delete (memory, std::align_val_t {LargePage}); }

} // namespace workbench
