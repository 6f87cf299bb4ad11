// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/planned_file_delegate.h"

#include "ui/publish/planned_files_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/count_bar.h"
#include "ui/widgets/leading_mark.h"

#include <QPainter>

namespace workbench {

namespace {

struct FileLook {
    QString icon;
    QColor color;
};

FileLook lookOf(FileChange change)
{
    const ThemeColors& colors = Theme::colors();
    switch (change) {
    case FileChange::Deleted:
        return {QStringLiteral("minus"), colors.bad};
    case FileChange::Added:
        return {QStringLiteral("plus"), colors.ok};
    case FileChange::Replaced:
    case FileChange::Same:
        break;
    }
    return {QStringLiteral("edit"), colors.text2};
}

} // namespace

void PlannedFileDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const FileLook look = lookOf(static_cast<FileChange>(index.data(PlannedFilesModel::ChangeRole).toInt()));
    const QVariant share = index.data(PlannedFilesModel::ShareRole);
    const int column = index.column();
    painter->save();
    painter->setClipRect(option.rect);
    if (selected) {
        painter->fillRect(option.rect, colors.selection);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.hair);
    QRect inner = option.rect.adjusted(Margin, 0, -Margin, 0);
    QColor ink = selected ? colors.onSelection : colors.text;
    if (column == PlannedFilesModel::Change) {
        inner = paintLeadingMark(*painter, option, inner, look.icon, look.color);
        ink = look.color;
    } else if (column == PlannedFilesModel::Difference && !selected) {
        ink = colors.text2;
    }
    if (column == PlannedFilesModel::Difference && share.isValid()) {
        const QRect bar(inner.left(), option.rect.bottom() - 5, inner.width(), 3);
        drawCountBar(painter, bar, share.toDouble(), colors.accent, option.direction, 3);
        inner.adjust(0, 0, 0, -5);
    }
    painter->setFont(column >= PlannedFilesModel::Now ? Theme::numberFont() : Theme::tableFont());
    painter->setPen(ink);
    const Qt::Alignment alignment
        = QStyle::visualAlignment(option.direction, Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()));
    painter->drawText(inner, static_cast<int>(alignment),
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, inner.width()));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(colors.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize PlannedFileDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(option)
    const int icon = index.column() == PlannedFilesModel::Change ? leadingMarkRoom() : 0;
    const QFontMetrics metrics(
        index.column() >= PlannedFilesModel::Now ? Theme::numberFont() : Theme::tableFont());
    return {metrics.horizontalAdvance(index.data().toString()) + icon + 2 * Margin + 4, Theme::rowHeight()};
}

} // namespace workbench
