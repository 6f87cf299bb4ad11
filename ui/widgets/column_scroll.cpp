// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/column_scroll.h"

#include <QEvent>
#include <QScrollBar>

namespace workbench {

ColumnScroll::ColumnScroll(QWidget* column, QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(column);
    viewport()->setAutoFillBackground(false);
    column->setAutoFillBackground(false);
    verticalScrollBar()->installEventFilter(this);
}

QSize ColumnScroll::minimumSizeHint() const
{
    const int bar = verticalScrollBar()->isVisibleTo(this) ? verticalScrollBar()->sizeHint().width() : 0;
    return {widget()->minimumSizeHint().width() + bar, QScrollArea::minimumSizeHint().height()};
}

bool ColumnScroll::eventFilter(QObject* watched, QEvent* event)
{
    const bool columnChanged = watched == widget() && event->type() == QEvent::LayoutRequest;
    const bool barChanged
        = watched == verticalScrollBar() && (event->type() == QEvent::Show || event->type() == QEvent::Hide);
    if (columnChanged || barChanged) {
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace workbench
