// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/choice_delegate.h"

#include "ui/filters/choice_list.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/count_bar.h"

#include <QApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QStyle>
#include <QtMath>

#include <algorithm>

namespace workbench {
namespace {

constexpr int Pad = 6;
constexpr int AfterMark = 10;
constexpr int Gap = 8;

void drawMark(QPainter* painter, const QRectF& rect, bool chosen, bool enabled)
{
    const ThemeColors& c = Theme::colors();
    const QColor ink = chosen && enabled ? c.accent : c.text3;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, 1.5));
    painter->setBrush(chosen ? ink : c.base);
    painter->drawEllipse(rect.adjusted(0.75, 0.75, -0.75, -0.75));
    if (chosen) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.base);
        painter->drawEllipse(
            rect.adjusted(rect.width() / 3, rect.height() / 3, -rect.width() / 3, -rect.height() / 3));
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

void ChoiceDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& c = Theme::colors();
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const Qt::LayoutDirection direction = option.direction;
    const QRect row = option.rect;
    const int markSize = sized(12);
    painter->save();
    if (chosen && enabled) {
        painter->fillRect(row, c.selection);
    } else if (enabled && option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(row, c.track);
    }
    const auto place = [&](int x, int width) {
        return QStyle::visualRect(direction, row, QRect(row.left() + x, row.top(), width, row.height()));
    };

    const QRect mark = place(Pad, markSize);
    drawMark(painter, QRectF(mark.left(), mark.center().y() - markSize / 2.0 + 0.5, markSize, markSize),
        chosen, enabled);

    const QFont numbers = Theme::numberFont();
    const int countWidth
        = std::max({leastCountWidth(), QFontMetrics(numbers).horizontalAdvance(m_longestCount),
            widest(*index.model(), ChoiceList::CountRole, numbers)});
    const int nameX = Pad + markSize + AfterMark;
    const int countX = row.width() - Pad - countWidth;
    const int nameRoom = widest(*index.model(), Qt::DisplayRole, option.font);
    const int barX = std::min(std::max(nameX + nameRoom + Gap, countX - BarWidth - AfterBar), countX - Gap);
    const int barWidth = std::min(BarWidth, countX - Gap - barX);

    const QVariant share = index.data(ChoiceList::ShareRole);
    const bool hasBar = share.isValid() && barWidth >= 12;
    const QColor ink = !enabled ? c.text3 : chosen ? c.onSelection : c.text;
    const int nameWidth = (hasBar ? barX : countX) - Gap - nameX;
    painter->setPen(ink);
    m_texts.paint(*painter, place(nameX, nameWidth), QStyle::visualAlignment(direction, Qt::AlignLeft),
        index.data().toString(), option.font);
    if (hasBar) {
        drawCountBar(painter, place(barX, barWidth), share.toDouble(), chosen ? c.accent : c.bar, direction);
    }
    // Its line's middle is rounded as that of the name's is, so that both stand on one line.
    painter->setFont(numbers);
    painter->setPen(ink);
    painter->drawText(place(countX, countWidth), static_cast<int>(Qt::AlignVCenter | Qt::AlignTrailing),
        index.data(ChoiceList::CountRole).toString());
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        QStyleOptionFocusRect frame;
        frame.QStyleOption::operator=(option);
        QApplication::style()->drawPrimitive(QStyle::PE_FrameFocusRect, &frame, painter, option.widget);
    }
    painter->restore();
}

int ChoiceDelegate::widest(const QAbstractItemModel& model, int role, const QFont& font) const
{
    qreal width = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        width = std::max(width, m_texts.width(model.index(row, 0).data(role).toString(), font));
    }
    return qCeil(width);
}

int ChoiceDelegate::leastCountWidth()
{
    return QFontMetrics(Theme::numberFont()).horizontalAdvance(QStringLiteral("0,000"));
}

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {120, std::max(24, option.fontMetrics.lineSpacing() + 6)};
}

} // namespace workbench
