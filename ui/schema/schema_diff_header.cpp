// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schema_diff_header.h"

#include "ui/schema/schema_cell_delegate.h"
#include "ui/schema/schema_diff_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace workbench {

namespace {

struct Group {
    int first;
    int last;
};

Group groupOf(int section)
{
    if (section <= SchemaDiffModel::Mark) {
        return {SchemaDiffModel::Mark, SchemaDiffModel::Mark};
    }
    if (section <= SchemaDiffModel::BaselineName) {
        return {SchemaDiffModel::BaselinePlace, SchemaDiffModel::BaselineName};
    }
    if (section <= SchemaDiffModel::FamilyColumn) {
        return {SchemaDiffModel::CurrentPlace, SchemaDiffModel::FamilyColumn};
    }
    return {SchemaDiffModel::NullRate, SchemaDiffModel::Highest};
}

QString groupTitle(int section)
{
    switch (groupOf(section).first) {
    case SchemaDiffModel::BaselinePlace:
        return SchemaDiffHeader::tr("Baseline");
    case SchemaDiffModel::CurrentPlace:
        return SchemaDiffHeader::tr("Current");
    case SchemaDiffModel::NullRate:
        return SchemaDiffHeader::tr("Observed");
    default:
        return {};
    }
}

QFont groupFont()
{
    QFont font = Theme::tableFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

SchemaDiffHeader::SchemaDiffHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(false);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setMinimumSectionSize(24);
}

QRect SchemaDiffHeader::groupRect(int section, int top) const
{
    const Group group = groupOf(section);
    int left = -1;
    int right = -1;
    for (int i = group.first; i <= group.last; ++i) {
        if (!isSectionHidden(i)) {
            const int from = sectionViewportPosition(i);
            const int to = from + sectionSize(i);
            left = left < 0 && right < 0 ? from : std::min(left, from);
            right = std::max(right, to);
        }
    }
    return {left, top, right - left, height() / 2};
}

void SchemaDiffHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const ThemeColors& colors = Theme::colors();
    const int half = rect.height() / 2;
    const QRect lower(rect.left(), rect.top() + half, rect.width(), rect.height() - half);
    painter->save();
    painter->setClipRect(rect);
    painter->fillRect(rect, colors.window);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line);
    painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), colors.line);
    painter->fillRect(QRect(rect.left(), lower.top(), rect.width(), 1), colors.hair);

    const int m = SchemaCellDelegate::Margin;
    const bool lastOfGroup = section == groupOf(section).last;
    const int behind = isRightToLeft() ? rect.left() : rect.right();
    painter->fillRect(QRect(behind, lastOfGroup ? rect.top() : lower.top(), 1, rect.height()),
        lastOfGroup ? colors.line : colors.hair);

    painter->setFont(groupFont());
    painter->setPen(colors.text2);
    painter->drawText(groupRect(section, rect.top()).adjusted(m, 0, -m, 0), Qt::AlignVCenter | Qt::AlignLeft,
        groupTitle(section));

    painter->setFont(Theme::tableFont());
    const int alignment = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
    painter->drawText(lower.adjusted(m, 0, -m, 0), alignment,
        model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
    painter->restore();
}

QSize SchemaDiffHeader::sectionSizeFromContents(int section) const
{
    const QFontMetrics metrics(Theme::tableFont());
    const QString text
        = model() ? model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString() : QString();
    return {
        metrics.horizontalAdvance(text) + 2 * SchemaCellDelegate::Margin + 2, 2 * (Theme::rowHeight() + 2)};
}

QSize SchemaDiffHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), 2 * (Theme::rowHeight() + 2)};
}

} // namespace workbench
