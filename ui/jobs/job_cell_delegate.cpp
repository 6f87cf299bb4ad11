// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_cell_delegate.h"

#include "ui/jobs/bundle_files_model.h"
#include "ui/jobs/job_words.h"
#include "ui/jobs/jobs_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/leading_mark.h"

#include <QPainter>

namespace workbench {

namespace {

/// Ground, hairline and focus frame; answers where the text goes.
QRect paintGround(QPainter& painter, const QStyleOptionViewItem& option)
{
    const ThemeColors& colors = Theme::colors();
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.fillRect(option.rect, colors.selection);
    }
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.hair);
    return option.rect.adjusted(JobCellDelegate::Margin, 0, -JobCellDelegate::Margin, 0);
}

void paintFocus(QPainter& painter, const QStyleOptionViewItem& option)
{
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(Theme::colors().accent);
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QColor stateColor(JobStatus status)
{
    const ThemeColors& colors = Theme::colors();
    switch (status) {
    case JobStatus::Queued:
    case JobStatus::Running:
        return colors.accent;
    case JobStatus::Completed:
        return colors.ok;
    case JobStatus::Failed:
        return colors.bad;
    case JobStatus::Cancelled:
        break;
    }
    return colors.text2;
}

} // namespace

void JobCellDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto status = static_cast<JobStatus>(index.data(JobsModel::StatusRole).toInt());
    const bool failed = index.column() == JobsModel::Result && status == JobStatus::Failed;
    const bool figure = index.column() == JobsModel::Rows || index.column() == JobsModel::Rejected
        || index.column() == JobsModel::Took || index.column() == JobsModel::Started;
    painter->save();
    painter->setClipRect(option.rect);
    QRect inner = paintGround(*painter, option);
    if (index.column() == JobsModel::State) {
        inner = paintLeadingMark(*painter, option, inner, jobStateIcon(status), stateColor(status));
    }
    painter->setFont(figure ? Theme::numberFont() : Theme::tableFont());
    const bool quiet = index.data(JobsModel::QuietRole).toBool();
    painter->setPen(failed ? colors.bad : selected ? colors.onSelection : quiet ? colors.text2 : colors.text);
    painter->drawText(inner, index.data(Qt::TextAlignmentRole).toInt(),
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inner.width()));
    paintFocus(*painter, option);
    painter->restore();
}

QSize JobCellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(option)
    const QFontMetrics metrics(Theme::tableFont());
    const int icon = index.column() == JobsModel::State ? leadingMarkRoom() : 0;
    return {metrics.horizontalAdvance(index.data().toString()) + icon + 2 * Margin + 4, Theme::rowHeight()};
}

void BundleFileDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ThemeColors& colors = Theme::colors();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hash = index.column() == BundleFilesModel::Sha256;
    painter->save();
    painter->setClipRect(option.rect);
    QRect inner = paintGround(*painter, option);
    if (hash) {
        const QVariant intact = index.data(BundleFilesModel::IntactRole);
        const bool good = intact.toBool();
        const QString mark = good ? QStringLiteral("check") : QStringLiteral("cross");
        inner = paintLeadingMark(*painter, option, inner, // the place is kept: nothing moves after Verify
            intact.isValid() ? mark : QString(), good ? colors.ok : colors.bad);
    }
    const bool figure = index.column() == BundleFilesModel::Rows || index.column() == BundleFilesModel::Size;
    painter->setFont(hash ? Theme::monoFont() : figure ? Theme::numberFont() : Theme::tableFont());
    painter->setPen(selected ? colors.onSelection : hash ? colors.text2 : colors.text);
    painter->drawText(inner, index.data(Qt::TextAlignmentRole).toInt(),
        painter->fontMetrics().elidedText(
            index.data().toString(), hash ? Qt::ElideRight : Qt::ElideMiddle, inner.width()));
    paintFocus(*painter, option);
    painter->restore();
}

QSize BundleFileDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(option)
    const QFontMetrics metrics(Theme::tableFont());
    return {metrics.horizontalAdvance(index.data().toString()) + 2 * JobCellDelegate::Margin + 4,
        Theme::rowHeight()};
}

} // namespace workbench
