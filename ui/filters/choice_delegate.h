// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints a choice: radio mark, name, bar, count.
#pragma once

#include "ui/widgets/cell_texts.h"

#include <QStyledItemDelegate>

namespace workbench {

class ChoiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    static constexpr int BarWidth = 44;
    static constexpr int AfterBar = 24; ///< to the counts, where there is room
    /// Counts of up to four digits leave the bars where they are.
    [[nodiscard]] static int leastCountWidth();
    /// Leaves room for this count whatever the counts are, so that bars stay where they are while they
    /// change.
    void setLongestCount(const QString& text) { m_longestCount = text; }

private:
    /// Bars begin behind the longest name and end before the longest count, in every row alike.
    [[nodiscard]] int widest(const QAbstractItemModel& model, int role, const QFont& font) const;

    QString m_longestCount;
    mutable CellTexts m_texts; ///< filled by paint()
};

} // namespace workbench
