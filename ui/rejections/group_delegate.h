// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints one group of findings: name, bar, rows.
#pragma once

#include <QStyledItemDelegate>

namespace workbench {

class GroupDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    enum Role {
        CountRole = Qt::UserRole, ///< rows
        ShareRole, ///< 0 to 1 of the largest group; negative: no bar, it is the sum
    };

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& at) const override;
};

} // namespace workbench
