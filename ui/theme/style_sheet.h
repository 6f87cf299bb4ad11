// SPDX-License-Identifier: GPL-3.0-or-later
/// The one style sheet, written from the tokens: what Fusion and palettes cannot say.
#pragma once

#include "ui/theme/theme.h"

#include <QString>

namespace workbench {

[[nodiscard]] QString styleSheet(const ThemeColors& colors);

/// Makes the icons of a static library known to the program; harmless when called again.
void initializeResources();

} // namespace workbench
