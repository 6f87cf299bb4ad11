// SPDX-License-Identifier: Apache-2.0
/// Random identifiers.
#pragma once

#include <string>

namespace workbench {

/// A version 4 UUID in lower case from the system's random source.
[[nodiscard]] std::string makeUuid();

} // namespace workbench
