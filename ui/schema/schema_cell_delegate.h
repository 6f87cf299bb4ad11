// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints the cells of the schema comparison: marks, tints, families, null bars and spreads.
#pragma once

#include "core/review/statistics.h"

#include <QStyledItemDelegate>

namespace workbench {

class SchemaCellDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int Margin = 8;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace workbench
