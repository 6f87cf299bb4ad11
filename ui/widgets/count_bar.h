// SPDX-License-Identifier: GPL-3.0-or-later
/// A bar beside a count: for delegates and painters of lists.
#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace workbench {

inline constexpr int CountBarHeight = 6;

/// Draws a track as wide as `rect`, CountBarHeight high and vertically centred, filled from the leading
/// edge by `share` (0 to 1). Whatever is more than nothing shows at least 2 px.
void drawCountBar(QPainter* painter, const QRect& rect, double share, const QColor& fill,
    Qt::LayoutDirection direction = Qt::LeftToRight, int height = CountBarHeight);

} // namespace workbench
