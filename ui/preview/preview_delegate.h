// SPDX-License-Identifier: GPL-3.0-or-later
/// Paints the preview's cells: figures in line, null on its chip, refused cells red and underlined.
#pragma once

#include "ui/preview/preview_columns.h"
#include "ui/widgets/cell_texts.h"

#include <QStyledItemDelegate>

namespace workbench {

class PreviewDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    PreviewDelegate(const PreviewColumns& columns, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& at) const override;

private:
    void paintNull(
        QPainter& painter, const QRect& cell, const QString& text, Qt::Alignment side, bool selected) const;

    const PreviewColumns& m_columns;
    QFont m_nullFont;
    mutable CellTexts m_texts;
};

} // namespace workbench
