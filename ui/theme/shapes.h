// SPDX-License-Identifier: GPL-3.0-or-later
/// The few shapes that the style's parts have in common. GUI thread.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRect>

namespace workbench {

inline constexpr int FrameRadius = 4;

/// The share of `to` in a mixture with `from`, 0 to 1.
[[nodiscard]] QColor blend(const QColor& from, const QColor& to, double share);

/// A rectangle with a frame of one pixel that lies inside `rect`; a transparent colour is not painted.
void drawFrame(QPainter& painter, const QRect& rect, const QColor& frame, const QColor& fill,
    qreal radius = FrameRadius);

void drawChevron(QPainter& painter, const QPoint& center, const QColor& color, bool up, int width);

} // namespace workbench
