// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schema_cell_delegate.h"

#include "ui/schema/schema_diff_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/leading_mark.h"

#include <QPainter>
#include <QStyle>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

constexpr int BarWidth = 36;

QString markIcon(FeatureChange change)
{
    switch (change) {
    case FeatureChange::Same:
        return {};
    case FeatureChange::Added:
        return QStringLiteral("plus");
    case FeatureChange::Removed:
        return QStringLiteral("minus");
    case FeatureChange::Moved:
        return QStringLiteral("move");
    case FeatureChange::Changed:
        return QStringLiteral("edit");
    }
    return {};
}

QColor markColor(FeatureChange change)
{
    const ThemeColors& colors = Theme::colors();
    switch (change) {
    case FeatureChange::Added:
        return colors.ok;
    case FeatureChange::Removed:
        return colors.bad;
    case FeatureChange::Moved:
    case FeatureChange::Changed:
        return colors.warn;
    case FeatureChange::Same:
        break;
    }
    return colors.text;
}

QColor tint(FeatureChange change)
{
    const ThemeColors& colors = Theme::colors();
    switch (change) {
    case FeatureChange::Added:
        return colors.okSoft;
    case FeatureChange::Removed:
        return colors.badSoft;
    case FeatureChange::Moved:
    case FeatureChange::Changed:
        return colors.warnSoft;
    case FeatureChange::Same:
        break;
    }
    return colors.base;
}

/// Heights by square root, so that small bins show beside large ones.
void paintSpread(QPainter& painter, const QRect& area, const Histogram& spread, const QColor& color)
{
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), Theme::colors().line);
    if (spread.bins.empty()) {
        return;
    }
    const auto most = static_cast<double>(*std::max_element(spread.bins.begin(), spread.bins.end()));
    if (most <= 0) {
        return;
    }
    const auto count = static_cast<int>(spread.bins.size());
    const double step = count == 1 ? 6.0 : std::min(10.0, static_cast<double>(area.width()) / count);
    const double left = count == 1 ? area.center().x() - 2.0 : area.left();
    for (int i = 0; i < count; ++i) {
        const std::uint64_t rows = spread.bins[static_cast<std::size_t>(i)];
        if (rows == 0) {
            continue;
        }
        const int height = std::max(1,
            static_cast<int>(std::lround(std::sqrt(static_cast<double>(rows) / most) * (area.height() - 1))));
        const int from = static_cast<int>(std::lround(left + i * step));
        const int to = static_cast<int>(std::lround(left + (i + 1) * step));
        painter.fillRect(QRect(from, area.bottom() - height, std::max(1, to - from - 1), height), color);
    }
}

/// "no value in any row" lies across the three cells of lowest, spread and highest; each paints its part.
QRect acrossObserved(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (view == nullptr) {
        return option.rect;
    }
    const QModelIndex first = index.siblingAtColumn(SchemaDiffModel::Lowest);
    const QModelIndex last = index.siblingAtColumn(SchemaDiffModel::Highest);
    return view->visualRect(first).united(view->visualRect(last));
}

} // namespace

void SchemaCellDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto change = static_cast<FeatureChange>(index.data(SchemaDiffModel::ChangeRole).toInt());
    const auto family = static_cast<Family>(index.data(SchemaDiffModel::FamilyRole).toInt());
    const bool gone = change == FeatureChange::Removed;
    const QRect cell = option.rect;
    const QRect inner = cell.adjusted(Margin, 0, -Margin, 0);
    const QString text = index.data().toString();
    const int alignment = index.data(Qt::TextAlignmentRole).toInt();
    // "0 – 36,600" and "12.3 %" read from left to right in every language.
    const int figures = static_cast<int>(QStyle::visualAlignment(option.direction, Qt::Alignment(alignment)))
        | Qt::TextForceLeftToRight;
    const auto place = [&](const QRect& rect) { return QStyle::visualRect(option.direction, cell, rect); };

    painter->save();
    painter->setClipRect(cell);
    if (selected) {
        painter->fillRect(cell, colors.selection);
    } else if (index.data(SchemaDiffModel::TintedRole).toBool()) {
        painter->fillRect(cell, tint(change));
    }
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), colors.hair);

    const QColor quiet = selected ? colors.onSelection : colors.text2;
    const QColor plain = selected ? colors.onSelection : colors.text;
    painter->setFont(Theme::tableFont());
    painter->setPen(plain);

    switch (index.column()) {
    case SchemaDiffModel::Mark:
        if (change != FeatureChange::Same) {
            const QRect words
                = paintLeadingMark(*painter, option, inner, markIcon(change), markColor(change));
            painter->setPen(markColor(change));
            painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, text);
        }
        break;
    case SchemaDiffModel::NullRate: {
        const QVariant rate = index.data(SchemaDiffModel::NullRateRole);
        if (rate.isValid()) {
            const QRect track(inner.left(), cell.center().y() - 4, BarWidth, 8);
            painter->fillRect(place(track), colors.track);
            const double share = std::clamp(rate.toDouble(), 0.0, 1.0);
            const int width = share > 0 ? std::max(1, static_cast<int>(std::lround(share * BarWidth))) : 0;
            painter->fillRect(place(QRect(track.left(), track.top(), width, track.height())), colors.text2);
            painter->setFont(Theme::numberFont());
            painter->drawText(inner, figures, text);
        }
        break;
    }
    case SchemaDiffModel::FamilyColumn:
        if (!text.isEmpty()) {
            if (!gone) {
                painter->fillRect(place(QRect(inner.left(), cell.center().y() - 3, 8, 8)), colors.of(family));
            }
            painter->setPen(gone ? quiet : plain);
            painter->drawText(place(inner.adjusted(gone ? 0 : 12, 0, 0, 0)), alignment, text);
        }
        break;
    case SchemaDiffModel::Lowest:
    case SchemaDiffModel::Spread:
    case SchemaDiffModel::Highest:
        if (index.data(SchemaDiffModel::NoValueRole).toBool()) {
            painter->setPen(quiet);
            painter->drawText(acrossObserved(option, index).adjusted(Margin, 0, -Margin, 0),
                Qt::AlignVCenter | Qt::AlignLeft,
                index.siblingAtColumn(SchemaDiffModel::Lowest).data().toString());
        } else if (index.column() == SchemaDiffModel::Spread) {
            const QVariant spread = index.data(SchemaDiffModel::SpreadRole);
            if (spread.isValid()) {
                paintSpread(
                    *painter, inner.adjusted(0, 4, 0, -5), spread.value<Histogram>(), colors.of(family));
            }
        } else {
            painter->setFont(Theme::numberFont());
            painter->drawText(inner, alignment, text);
        }
        break;
    case SchemaDiffModel::Range: {
        const bool changed = index.data(SchemaDiffModel::AttributesChangedRole).toBool() && !gone;
        const qsizetype comma = changed ? text.indexOf(QStringLiteral(", ")) : -1;
        if (comma < 0) {
            painter->setPen(gone ? quiet : plain);
            painter->drawText(
                inner, figures, painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
            break;
        }
        QFont strong = Theme::tableFont(); // the new range stands out, the old one follows quietly
        strong.setWeight(QFont::DemiBold);
        painter->setFont(strong);
        painter->setPen(colors.warn);
        const QString now = text.left(comma);
        painter->drawText(inner, alignment | Qt::TextForceLeftToRight, now);
        const int used = painter->fontMetrics().horizontalAdvance(now);
        painter->setFont(Theme::tableFont());
        painter->setPen(plain);
        painter->drawText(inner.adjusted(used, 0, 0, 0), alignment | Qt::TextForceLeftToRight,
            painter->fontMetrics().elidedText(text.mid(comma), Qt::ElideRight, inner.width() - used));
        break;
    }
    default: {
        const bool number = index.column() == SchemaDiffModel::BaselinePlace
            || index.column() == SchemaDiffModel::CurrentPlace;
        const bool secondary = index.column() == SchemaDiffModel::Kind
            || (gone && index.column() >= SchemaDiffModel::CurrentName);
        painter->setFont(number ? Theme::numberFont() : Theme::tableFont());
        painter->setPen(secondary ? quiet : plain);
        painter->drawText(
            inner, alignment, painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
        break;
    }
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colors.accent);
        painter->drawRect(cell.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize SchemaCellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(option)
    const bool number = index.column() == SchemaDiffModel::BaselinePlace
        || index.column() == SchemaDiffModel::CurrentPlace || index.column() == SchemaDiffModel::NullRate
        || index.column() == SchemaDiffModel::Highest;
    const QFontMetrics metrics(number ? Theme::numberFont() : Theme::tableFont());
    int width = metrics.horizontalAdvance(index.data().toString()) + 2 * Margin + 2;
    switch (index.column()) {
    case SchemaDiffModel::Mark:
        width += leadingMarkRoom();
        break;
    case SchemaDiffModel::NullRate:
        width = metrics.horizontalAdvance(QStringLiteral("100.0 %")) + BarWidth + 2 * Margin + 6;
        break;
    case SchemaDiffModel::Spread:
        width = 2 * Margin + static_cast<int>(SpreadBins) * 5;
        break;
    case SchemaDiffModel::Lowest:
        if (index.data(SchemaDiffModel::NoValueRole).toBool()) {
            width = 0; // it may lie across its neighbours
        }
        break;
    case SchemaDiffModel::FamilyColumn:
        width += 12;
        break;
    case SchemaDiffModel::Range:
        width += index.data(SchemaDiffModel::AttributesChangedRole).toBool() ? 6 : 0; // half of it is bold
        break;
    default:
        break;
    }
    return {width, Theme::rowHeight()};
}

} // namespace workbench
