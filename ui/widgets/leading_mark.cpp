// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/leading_mark.h"

#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"

#include <QPainter>
#include <QStyle>

namespace workbench {

namespace {

constexpr int MarkGap = 4;

int markSide() { return sized(14); }

} // namespace

int leadingMarkRoom() { return markSide() + MarkGap; }

QRect paintLeadingMark(QPainter& painter, const QStyleOptionViewItem& option, const QRect& inner,
    const QString& name, const QColor& color)
{
    const int side = markSide();
    if (!name.isEmpty()) {
        const QRect place(inner.left(), option.rect.center().y() - side / 2, side, side);
        painter.drawPixmap(QStyle::visualRect(option.direction, inner, place).topLeft(),
            iconPixmap(name, color, side, painter.device()->devicePixelRatioF()));
    }
    return QStyle::visualRect(option.direction, inner, inner.adjusted(leadingMarkRoom(), 0, 0, 0));
}

} // namespace workbench
