// SPDX-License-Identifier: GPL-3.0-or-later
/// The mark before the words of a cell: as large as the letters want it, on the side where the words begin.
#pragma once

#include <QColor>
#include <QString>
#include <QStyleOptionViewItem>

class QPainter;

namespace workbench {

/// Of a mark and the gap behind it.
[[nodiscard]] int leadingMarkRoom();
/// Paints icon `name` and returns what it leaves of `inner`; with no name the place stays empty.
QRect paintLeadingMark(QPainter& painter, const QStyleOptionViewItem& option, const QRect& inner,
    const QString& name, const QColor& color);

} // namespace workbench
