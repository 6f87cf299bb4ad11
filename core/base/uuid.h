// SPDX-License-Identifier: Apache-2.0
/// Random identifiers.
#pragma once

#include <cstddef>
#include <string>

namespace workbench {

/// A version 4 UUID in lower case from the system's random source.
[[nodiscard]] std::string makeUuid();

inline constexpr std::size_t RandomSuffixLength = 8;
/// What makes the name of a hidden file or folder its own: that many digits, hexadecimal in lower case.
[[nodiscard]] std::string makeRandomSuffix();

} // namespace workbench
