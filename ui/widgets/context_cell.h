// SPDX-License-Identifier: GPL-3.0-or-later
/// Which cell a context menu is asked for, by mouse or by the Menu key.
#pragma once

#include <QModelIndex>
#include <QPoint>

class QAbstractItemView;
class QContextMenuEvent;

namespace workbench {

struct ContextCell {
    QModelIndex at; ///< invalid: beside all cells
    QPoint global; ///< where the menu opens
};

/// By the key it is the current cell, wherever the pointer is.
[[nodiscard]] ContextCell contextCell(const QAbstractItemView& view, const QContextMenuEvent& event);

} // namespace workbench
