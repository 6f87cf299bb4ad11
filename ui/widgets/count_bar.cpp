// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/count_bar.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace workbench {

void drawCountBar(QPainter* painter, const QRect& rect, double share, const QColor& fill,
    Qt::LayoutDirection direction, int height)
{
    QRect bar(rect.left(), rect.top() + (rect.height() - height) / 2, rect.width(), height);
    painter->fillRect(bar, Theme::colors().track);
    if (share <= 0) {
        return;
    }
    QRect done = bar;
    done.setWidth(
        std::clamp(static_cast<int>(std::lround(bar.width() * share)), 2, std::max(2, bar.width())));
    painter->fillRect(QStyle::visualRect(direction, bar, done), fill);
}

} // namespace workbench
