// SPDX-License-Identifier: GPL-3.0-or-later
/// Where a path points, said so that it can be found: from a menu the working folder is anybody's guess.
#pragma once

#include <QString>

namespace workbench {

/// Absolute, without "." and ".."; links stay as they are. Empty stays empty.
[[nodiscard]] QString wholePath(const QString& path);

} // namespace workbench
