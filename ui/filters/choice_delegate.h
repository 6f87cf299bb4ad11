// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints a choice: radio mark, name, bar, count.
#pragma once

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
};

} // namespace workbench
