// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/context_cell.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>

namespace workbench {

ContextCell contextCell(const QAbstractItemView& view, const QContextMenuEvent& event)
{
    if (event.reason() != QContextMenuEvent::Keyboard) {
        const QPoint inside = view.viewport()->mapFromGlobal(event.globalPos());
        return {view.indexAt(inside), event.globalPos()};
    }
    const QModelIndex current = view.currentIndex();
    const QRect cell = view.visualRect(current).intersected(view.viewport()->rect());
    return {current, view.viewport()->mapToGlobal(cell.isValid() ? cell.center() : QPoint())};
}

} // namespace workbench
