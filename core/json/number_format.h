// SPDX-License-Identifier: Apache-2.0
/// Numbers as JavaScript prints them (RFC 8785, ECMAScript Number::toString).
#pragma once

#include <string>

namespace workbench {

/// Appends the shortest text that reads back to the same double. `value` must be finite; -0 is "0".
void appendCanonicalNumber(std::string& out, double value);

} // namespace workbench
