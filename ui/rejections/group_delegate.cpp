// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/group_delegate.h"

#include "ui/theme/theme.h"
#include "ui/widgets/count_bar.h"
#include "ui/widgets/number_text.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace workbench {

namespace {

constexpr int GroupMargin = 6;
constexpr int BarWidth = 32;
constexpr int BarHeight = 10;

} // namespace

void GroupDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const double share = at.data(ShareRole).toDouble();
    painter->save();
    if (selected) {
        painter->fillRect(option.rect, colors.selection);
    }
    const bool leftToRight = option.direction == Qt::LeftToRight;
    QFont font = Theme::tableFont();
    QFont figures = Theme::numberFont();
    if (share < 0) {
        font.setWeight(QFont::DemiBold);
        figures.setWeight(QFont::DemiBold);
    }
    painter->setPen(selected ? colors.onSelection : colors.text);
    QRect inner = option.rect.adjusted(GroupMargin, 0, -GroupMargin - 2, 0);
    const QString count = countText(at.data(CountRole).toULongLong());
    painter->setFont(figures);
    painter->drawText(inner,
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignRight) | Qt::AlignVCenter)
            | Qt::TextSingleLine,
        count);
    const int taken = std::max(QFontMetrics(figures).horizontalAdvance(count), 22) + 6;
    leftToRight ? inner.setRight(inner.right() - taken) : inner.setLeft(inner.left() + taken);
    if (share >= 0) {
        const QRect bar(
            leftToRight ? inner.right() - BarWidth + 1 : inner.left(), inner.top(), BarWidth, inner.height());
        drawCountBar(painter, bar, share, colors.bad, option.direction, BarHeight);
        leftToRight ? inner.setRight(bar.left() - 6) : inner.setLeft(bar.right() + 6);
    }
    painter->setFont(font);
    painter->setPen(selected ? colors.onSelection : colors.text);
    // The end of a path says more than its start.
    const QString name = at.data(Qt::DisplayRole).toString();
    painter->drawText(inner,
        static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter)
            | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(
            name, name.contains(QLatin1Char('.')) ? Qt::ElideLeft : Qt::ElideRight, inner.width()));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colors.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize GroupDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {120, Theme::rowHeight()};
}

} // namespace workbench
