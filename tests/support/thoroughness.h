// SPDX-License-Identifier: Apache-2.0
/// How many of a long row of like cases a test goes through: all, but under a sanitizer, where each takes up
/// to twenty times as long, one in so many. The code they run is the same; the plain build next to it goes
/// through all.
#pragma once

namespace workbench {

// GCC says it by macros, clang by features.
#if defined(__has_feature)
inline constexpr bool AddressSanitized = __has_feature(address_sanitizer);
inline constexpr bool ThreadSanitized = __has_feature(thread_sanitizer);
#else
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool AddressSanitized = true;
#else
inline constexpr bool AddressSanitized = false;
#endif
#ifdef __SANITIZE_THREAD__
inline constexpr bool ThreadSanitized = true;
#else
inline constexpr bool ThreadSanitized = false;
#endif
#endif
inline constexpr bool Sanitized = AddressSanitized || ThreadSanitized;

/// From one case to the next, where there are thousands. A prime number, so that what recurs is met in each
/// of its forms.
inline constexpr int CaseStride = Sanitized ? 11 : 1;

/// Of a table of steps and faults, whether this pair is tried: each step and each fault is, in any case.
[[nodiscard]] constexpr bool isTried(unsigned long step, unsigned long fault)
{
    return !Sanitized || (step + fault) % 3 == 0;
}

} // namespace workbench
