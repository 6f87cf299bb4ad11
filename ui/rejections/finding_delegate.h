// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints a finding's cells: rule with its mark, field with a quiet parent, excerpt in a fixed pitch.
#pragma once

#include <QStyledItemDelegate>

namespace workbench {

class FindingDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const override;
};

} // namespace workbench
