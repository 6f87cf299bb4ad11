// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/screen_room.h"

#include <QScreen>
#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace workbench {

QSize screenRoom(const QWidget& window)
{
    // The window manager's frame is known once the window is there. Until then: a title, and nothing at the
    // sides.
    const QSize known = window.frameGeometry().size() - window.size();
    const int title = window.style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, &window);
    const QSize frame(known.width(), std::max(known.height(), window.isFullScreen() ? 0 : title));
    return window.screen()->availableSize() - frame;
}

} // namespace workbench
