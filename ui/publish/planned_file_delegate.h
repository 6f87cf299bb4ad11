// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints what happens to a file: icon and word, figures that line up, and a bar while it is sent.
#pragma once

#include <QStyledItemDelegate>

namespace workbench {

class PlannedFileDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int Margin = 8;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace workbench
