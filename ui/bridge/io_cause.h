// SPDX-License-Identifier: GPL-3.0-or-later
/// Why the system would not open or write something, as far as the remedy differs.
#pragma once

#include "core/base/result.h"

#include <cstdint>

namespace workbench {

enum class IoCause : std::uint8_t {
    Missing, ///< no such file or directory
    Forbidden, ///< somebody else may allow it
    ReadOnly, ///< the whole file system
    NoFolder, ///< something else stands there
    Other,
};

[[nodiscard]] IoCause causeOf(const Error& error);

} // namespace workbench
