// SPDX-License-Identifier: Apache-2.0
/// Counts as people read them, the same under every locale.
#pragma once

#include <cstdint>
#include <string>

namespace workbench {

[[nodiscard]] std::string grouped(std::uint64_t number); ///< "1,268"
[[nodiscard]] std::string counted(
    std::uint64_t number, const char* one, const char* many); ///< "1 row", "2 rows"

} // namespace workbench
