// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_table.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStringListModel>

#include <algorithm>
#include <limits>

namespace workbench {

namespace {

/// Stands where QTableView wants a vertical header and hears nothing of the model. It has an empty one of its
/// own, because QTableView::selectRow() asks it what is selected.
class NoRowHeader final : public QHeaderView {
public:
    explicit NoRowHeader(QWidget* parent) : QHeaderView(Qt::Vertical, parent)
    {
        QHeaderView::setModel(new QStringListModel(this));
    }
    void setModel(QAbstractItemModel* /*model*/) override {}
    void setRootIndex(const QModelIndex& /*index*/) override {}
    void setSelectionModel(QItemSelectionModel* selection) override
    {
        if (!selectionModel()) { // its own comes first, the table's are for rows it does not have
            QHeaderView::setSelectionModel(selection);
        }
    }
};

} // namespace

RowTable::RowTable(QWidget* parent) : QTableView(parent)
{
    setVerticalHeader(new NoRowHeader(this));
    verticalHeader()->hide();
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    // Filling what is painted over anyway touches each pixel twice.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    for (QAbstractButton* corner : findChildren<QAbstractButton*>(QString(), Qt::FindDirectChildrenOnly)) {
        corner->hide();
    }
}

void RowTable::setRowHeight(int height)
{
    m_rowHeight = std::max(1, height);
    updateGeometries();
    viewport()->update();
}

int RowTable::topRow() const { return verticalScrollBar()->value(); }
int RowTable::rowsInSight() const { return std::max(1, viewport()->height() / m_rowHeight); }
int RowTable::rowCount() const { return model() ? model()->rowCount(rootIndex()) : 0; }

int RowTable::topOf(int row) const
{
    // Far away is far enough: what is not in sight need not be exact, but it must not come round.
    const qint64 top = (qint64 {row} - topRow()) * m_rowHeight;
    constexpr qint64 Far = std::numeric_limits<int>::max() / 4;
    return static_cast<int>(std::clamp(top, -Far, Far));
}

int RowTable::rowNear(int y) const
{
    const int down = y >= 0 ? y / m_rowHeight : -((-y + m_rowHeight - 1) / m_rowHeight);
    return static_cast<int>(std::clamp<qint64>(qint64 {topRow()} + down, -1, qint64 {rowCount()} - 1));
}

int RowTable::verticalOffset() const
{
    // Differences are what counts: it may wrap where the rows are more than an int has pixels.
    return static_cast<int>(static_cast<unsigned>(topRow()) * static_cast<unsigned>(m_rowHeight));
}

bool RowTable::isIndexHidden(const QModelIndex& index) const
{
    return !index.isValid() || isColumnHidden(index.column());
}

QRect RowTable::visualRect(const QModelIndex& index) const
{
    if (!index.isValid() || index.parent() != rootIndex() || isIndexHidden(index)) {
        return {};
    }
    return {
        columnViewportPosition(index.column()), topOf(index.row()), columnWidth(index.column()), m_rowHeight};
}

QModelIndex RowTable::indexAt(const QPoint& point) const
{
    const int column = columnAt(point.x());
    if (!model() || column < 0 || point.y() < 0) {
        return {};
    }
    const qint64 row = qint64 {topRow()} + point.y() / m_rowHeight;
    return row < rowCount() ? model()->index(static_cast<int>(row), column, rootIndex()) : QModelIndex();
}

void RowTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (!index.isValid() || index.parent() != rootIndex() || isIndexHidden(index)) {
        return;
    }
    const int row = index.row();
    const int inSight = rowsInSight();
    QScrollBar& bar = *verticalScrollBar();
    if (hint == PositionAtTop || (hint == EnsureVisible && row < topRow())) {
        bar.setValue(row);
    } else if (hint == PositionAtBottom || (hint == EnsureVisible && row >= topRow() + inSight)) {
        bar.setValue(row - inSight + 1);
    } else if (hint == PositionAtCenter) {
        bar.setValue(row - inSight / 2);
    }
    scrollToColumn(index.column(), hint);
}

void RowTable::scrollToColumn(int column, ScrollHint hint)
{
    const QHeaderView& header = *horizontalHeader();
    QScrollBar& bar = *horizontalScrollBar();
    const int left = header.sectionPosition(column);
    const int width = header.sectionSize(column);
    const int room = viewport()->width();
    if (hint == PositionAtCenter) {
        bar.setValue(left - (room - width) / 2);
    } else if (left < bar.value() || width > room) {
        bar.setValue(left);
    } else if (left + width > bar.value() + room) {
        bar.setValue(left + width - room);
    }
}

void RowTable::reset()
{
    QTableView::reset();
    updateGeometries();
    viewport()->update();
}

void RowTable::keyboardSearch(const QString& /*search*/) {}

void RowTable::dataChanged(
    const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles)
{
    Q_UNUSED(roles) // no editor is ever open
    if (!topLeft.isValid() || !bottomRight.isValid()) {
        viewport()->update();
        return;
    }
    const int first = std::max(topLeft.row(), topRow());
    const int last = std::min(bottomRight.row(), topRow() + rowsInSight());
    if (first <= last) {
        viewport()->update(0, topOf(first), viewport()->width(), (last - first + 1) * m_rowHeight);
    }
}

void RowTable::rowsInserted(const QModelIndex& parent, int first, int last)
{
    QTableView::rowsInserted(parent, first, last);
    updateGeometries();
    if (first <= topRow() + rowsInSight()) {
        viewport()->update();
    }
}

void RowTable::updateGeometries()
{
    if (m_fitting) {
        return;
    }
    const QScopedValueRollback guard(m_fitting, true);
    QHeaderView& header = *horizontalHeader();
    const int height = header.isHidden()
        ? 0
        : std::clamp(header.sizeHint().height(), header.minimumHeight(), header.maximumHeight());
    setViewportMargins(0, height, 0, 0);
    const QRect inside = viewport()->geometry();
    header.setGeometry(inside.left(), inside.top() - height, inside.width(), height);

    QScrollBar& columns = *horizontalScrollBar();
    columns.setPageStep(inside.width());
    columns.setSingleStep(std::max(2, inside.width() / 8));
    columns.setRange(0, std::max(0, header.length() - inside.width()));
    header.setOffset(columns.value());
    QScrollBar& rows = *verticalScrollBar();
    rows.setPageStep(rowsInSight());
    rows.setSingleStep(1);
    rows.setRange(0, std::max(0, rowCount() - rowsInSight()));
    QAbstractItemView::updateGeometries(); // NOLINT(bugprone-parent-virtual-call): QTableView's asks for rows
}

void RowTable::scrollContentsBy(int dx, int dy)
{
    if (dx != 0) {
        horizontalHeader()->setOffset(horizontalScrollBar()->value());
    }
    const qint64 down = qint64 {dy} * m_rowHeight;
    if (std::abs(down) >= viewport()->height()) {
        viewport()->update(); // nothing of what is in sight stays
        return;
    }
    viewport()->scroll(isRightToLeft() ? -dx : dx, static_cast<int>(down));
}

QRect RowTable::cellsRect() const
{
    const QHeaderView& header = *horizontalHeader();
    const int left
        = isRightToLeft() ? viewport()->width() - header.length() + header.offset() : -header.offset();
    const int rows = static_cast<int>(std::min<qint64>(qint64 {rowCount()} - topRow(), rowsInSight() + 2));
    return {left, 0, header.length(), std::max(0, rows) * m_rowHeight};
}

void RowTable::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const QRegion beside = event->region() - cellsRect();
    for (const QRect& rect : beside) {
        painter.fillRect(rect, palette().brush(viewport()->backgroundRole()));
    }
    if (!model() || rowCount() == 0) {
        return;
    }
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QStyle::State plain = option.state & ~(QStyle::State_Selected | QStyle::State_HasFocus);
    const QHeaderView& header = *horizontalHeader();
    const QItemSelectionModel* chosen = selectionModel();
    const QModelIndex current = currentIndex();
    const bool focused = hasFocus() || viewport()->hasFocus();
    const QRect dirty = event->region().boundingRect();
    const int first = rowNear(std::max(0, dirty.top()));
    const int last = rowNear(dirty.bottom());

    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        if (header.isSectionHidden(column)) {
            continue;
        }
        const int left = columnViewportPosition(column);
        const int width = columnWidth(column);
        if (left > dirty.right() || left + width <= dirty.left()) {
            continue;
        }
        for (int row = std::max(0, first); row <= last; ++row) {
            const QRect cell(left, topOf(row), width, m_rowHeight);
            if (!event->region().intersects(cell)) {
                continue;
            }
            const QModelIndex index = model()->index(row, column, rootIndex());
            option.rect = cell;
            option.index = index;
            option.state = plain;
            if (chosen && chosen->isSelected(index)) {
                option.state |= QStyle::State_Selected;
            }
            if (focused && index == current) {
                option.state |= QStyle::State_HasFocus;
            }
            itemDelegateForIndex(index)->paint(&painter, option, index);
        }
    }
}

int RowTable::shownColumnBeside(int column, int step) const
{
    const QHeaderView& header = *horizontalHeader();
    for (int visual = header.visualIndex(column) + step; visual >= 0 && visual < header.count();
         visual += step) {
        if (const int other = header.logicalIndex(visual); !header.isSectionHidden(other)) {
            return other;
        }
    }
    return -1;
}

QModelIndex RowTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const QHeaderView& header = *horizontalHeader();
    const int rows = rowCount();
    if (rows == 0 || header.count() == 0) {
        return {};
    }
    // Before the first and behind the last in sight: neighbours of what is at either edge.
    const int leftmost = header.isSectionHidden(header.logicalIndex(0))
        ? shownColumnBeside(header.logicalIndex(0), 1)
        : header.logicalIndex(0);
    const int lastColumn = header.logicalIndex(header.count() - 1);
    const int rightmost = header.isSectionHidden(lastColumn) ? shownColumnBeside(lastColumn, -1) : lastColumn;
    if (leftmost < 0) {
        return {};
    }
    const QModelIndex current = currentIndex();
    if (!current.isValid()) {
        return model()->index(0, leftmost, rootIndex());
    }
    const bool whole = (modifiers & Qt::ControlModifier) != 0;
    const int leftStep = isRightToLeft() ? 1 : -1;
    qint64 row = current.row();
    int column = current.column();
    const auto sideways = [&](int step) {
        if (const int beside = shownColumnBeside(column, step); beside >= 0) {
            column = beside;
        }
    };
    switch (action) {
    case MoveUp:
        --row;
        break;
    case MoveDown:
        ++row;
        break;
    case MovePageUp:
        row -= rowsInSight();
        break;
    case MovePageDown:
        row += rowsInSight();
        break;
    case MoveHome:
        column = leftmost;
        row = whole ? 0 : row;
        break;
    case MoveEnd:
        column = rightmost;
        row = whole ? rows - 1 : row;
        break;
    case MoveLeft:
        sideways(leftStep);
        break;
    case MoveRight:
        sideways(-leftStep);
        break;
    case MovePrevious:
    case MoveNext:
        sideways(action == MoveNext ? 1 : -1);
        break;
    }
    return model()->index(static_cast<int>(std::clamp<qint64>(row, 0, rows - 1)), column, rootIndex());
}

void RowTable::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags)
{
    const int first = std::max(0, rowNear(std::min(rect.top(), rect.bottom())));
    const int last = rowNear(std::max(rect.top(), rect.bottom()));
    if (!selectionModel() || last < 0) {
        return;
    }
    int left = columnAt(std::min(rect.left(), rect.right()));
    int right = columnAt(std::max(rect.left(), rect.right()));
    left = left < 0 ? 0 : left;
    right = right < 0 ? model()->columnCount(rootIndex()) - 1 : right;
    const QItemSelection cells(model()->index(first, std::min(left, right), rootIndex()),
        model()->index(last, std::max(left, right), rootIndex()));
    selectionModel()->select(cells, flags);
}

QRegion RowTable::visualRegionForSelection(const QItemSelection& selection) const
{
    QRegion region;
    const int bottom = topRow() + rowsInSight();
    for (const QItemSelectionRange& range : selection) {
        const int first = std::max(range.top(), topRow());
        const int last = std::min(range.bottom(), bottom);
        if (first <= last) { // whole rows: most selections are, and the others cost a few cells
            region += QRect(0, topOf(first), viewport()->width(), (last - first + 1) * m_rowHeight);
        }
    }
    return region;
}

} // namespace workbench
