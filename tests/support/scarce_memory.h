// SPDX-License-Identifier: Apache-2.0
/// A program for which there is no memory at one moment. What is linked with scarce_memory.cpp has its
/// operator new; under ThreadSanitizer, which has its own, memory is never scarce.
#pragma once

namespace workbench {

/// From now on requests for memory are counted, those of all threads; the one of that number throws
/// std::bad_alloc. 0: none does.
void countRequestsForMemory(long failing);
/// Ends the counting and says how many there were.
long requestsForMemory();

} // namespace workbench
