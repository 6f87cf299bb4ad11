// SPDX-License-Identifier: Apache-2.0
/// What a target says that always holds, whatever it is fed.
#pragma once

#include <stdexcept>

namespace workbench::fuzz {

/// Ends a fuzzer, which then keeps the input, and fails the test that replays it.
class BrokenPromise : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

inline void promise(bool kept, const char* what)
{
    if (!kept) {
        throw BrokenPromise(what);
    }
}

} // namespace workbench::fuzz
