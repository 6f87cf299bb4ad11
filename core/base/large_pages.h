// SPDX-License-Identifier: Apache-2.0
/// Memory for megabytes that are written soon after they were asked for: in the kernel's large pages, where
/// it has them. The first touch of a page ends in the kernel; one of 2 MiB costs little more than one of 4
/// KiB.
#pragma once

#include <cstddef>
#include <new>

namespace workbench {

inline constexpr std::size_t LargePage = std::size_t {2} << 20; ///< bytes

/// Whole large pages, aligned to one; what `bytes` lack is added. Throws std::bad_alloc.
[[nodiscard]] void* allocateLargePages(std::size_t bytes);
void freeLargePages(void* memory) noexcept;

/// For containers of plain numbers that become large. Elements that resize() adds hold nothing until they are
/// written.
template <class T> struct LargePages {
    using value_type = T; // NOLINT(readability-identifier-naming): what the standard asks of an allocator

    LargePages() = default;
    template <class Other> explicit(false) LargePages(const LargePages<Other>& /*other*/) noexcept {}

    [[nodiscard]] T* allocate(std::size_t count)
    {
        return static_cast<T*>(allocateLargePages(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t /*count*/) noexcept { freeLargePages(memory); }
    template <class Place> void construct(Place* place) noexcept { ::new (static_cast<void*>(place)) Place; }

    friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

} // namespace workbench
