// SPDX-License-Identifier: GPL-3.0-or-later
/// Why the system would not open or write something, as far as the remedy differs.
#pragma once

#include <cstdint>
#include <string_view>

namespace workbench {

enum class IoCause : std::uint8_t {
    Missing, ///< no such file or directory
    Forbidden, ///< somebody else may allow it
    ReadOnly, ///< the whole file system
    NoFolder, ///< something else stands there
    Other,
};

/// From the sentence that core made of it, "PATH: permission denied".
[[nodiscard]] IoCause causeOf(std::string_view message);

} // namespace workbench
