// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/finding_delegate.h"

#include "ui/rejections/findings_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/leading_mark.h"

#include <QFontMetrics>
#include <QPainter>

namespace workbench {

namespace {

constexpr int Margin = 8;

/// "features." quiet, "industry_key" dark; the parent gives way when there is too little room.
void paintPath(
    QPainter& painter, const QRect& rect, const QString& path, const QColor& quiet, const QColor& dark)
{
    const qsizetype dot = path.lastIndexOf(QLatin1Char('.')) + 1;
    const QFontMetrics metrics(painter.font());
    const QString last = path.mid(dot);
    const QString parent
        = metrics.elidedText(path.left(dot), Qt::ElideLeft, rect.width() - metrics.horizontalAdvance(last));
    const int width = metrics.horizontalAdvance(parent);
    painter.setPen(quiet);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, parent);
    painter.setPen(dark);
    const QRect rest = rect.adjusted(width, 0, 0, 0);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        metrics.elidedText(last, Qt::ElideRight, rest.width()));
}

} // namespace

void FindingDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QString text = at.data(Qt::DisplayRole).toString();
    painter->save();
    painter->setLayoutDirection(Qt::LeftToRight); // rules, paths and shapes read so in every language
    painter->setClipRect(option.rect);
    painter->fillRect(option.rect, selected ? colors.selection : colors.base);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.hair);
    QRect inner = option.rect.adjusted(Margin, 0, -Margin, -1);
    const QColor strong = selected ? colors.onSelection : colors.text;
    const QColor quiet = selected ? colors.onSelection : colors.text2;
    Qt::Alignment side = Qt::AlignLeft;
    painter->setFont(Theme::tableFont());
    painter->setPen(strong);
    switch (at.column()) {
    case FindingsModel::RuleColumn: {
        inner = paintLeadingMark(*painter, option, inner, QStringLiteral("cross"), colors.bad);
        break;
    }
    case FindingsModel::FieldColumn:
        if (option.direction == Qt::LeftToRight) {
            paintPath(*painter, inner, text, quiet, strong);
            inner = QRect();
        }
        break;
    case FindingsModel::MaskedColumn:
        painter->setFont(Theme::monoFont());
        break;
    case FindingsModel::FileColumn:
        painter->setPen(quiet);
        break;
    case FindingsModel::LineColumn:
        painter->setFont(Theme::numberFont());
        side = Qt::AlignRight;
        break;
    default:
        break;
    }
    if (!inner.isNull()) {
        painter->drawText(inner,
            static_cast<int>(QStyle::visualAlignment(option.direction, side) | Qt::AlignVCenter)
                | Qt::TextSingleLine,
            QFontMetrics(painter->font()).elidedText(text, Qt::ElideRight, inner.width()));
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colors.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -2));
    }
    painter->restore();
}

} // namespace workbench
