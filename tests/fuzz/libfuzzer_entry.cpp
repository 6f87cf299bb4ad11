// SPDX-License-Identifier: Apache-2.0
// Compiled once for each target, WORKBENCH_FUZZ_TARGET is its name: what libFuzzer calls.
#include "tests/fuzz/targets.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const workbench::fuzz::Target* const target = workbench::fuzz::findTarget(WORKBENCH_FUZZ_TARGET);
    if (target == nullptr) {
        std::abort();
    }
    target->run(
        {reinterpret_cast<const char*>(data), size}); // a broken promise is an exception that nobody takes
    return 0;
}
