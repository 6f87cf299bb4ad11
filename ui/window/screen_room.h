// SPDX-License-Identifier: GPL-3.0-or-later
/// How large a window may be on its screen.
#pragma once

#include <QSize>

class QWidget;

namespace workbench {

/// What panels and the window's own frame leave of the screen that the window is on.
[[nodiscard]] QSize screenRoom(const QWidget& window);

} // namespace workbench
