// SPDX-License-Identifier: GPL-3.0-or-later
/// A table view whose rows all have one height and cost nothing: ten million open like ten.
#pragma once

#include <QTableView>

namespace workbench {

/// QTableView keeps eight bytes for each row in its vertical header and walks all of them whenever rows come
/// or go: 5 million rows stop the window for tens of milliseconds. This one has no vertical header and works
/// out where a row stands from its number. Columns, their header, editing and selecting are QTableView's.
/// Scrolls by whole rows, has no row header, no spans and no hidden rows, and is not searched by typing,
/// for which QTableView would ask the model for every row. Its delegate paints all of a cell: nothing is
/// filled before.
class RowTable final : public QTableView {
    Q_OBJECT

public:
    explicit RowTable(QWidget* parent = nullptr);

    void setRowHeight(int height); ///< in pixels, for all rows
    [[nodiscard]] int topRow() const; ///< the first in sight
    [[nodiscard]] int rowsInSight() const; ///< as many as fit wholly, at least one

    [[nodiscard]] QRect visualRect(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint& point) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void reset() override;
    void keyboardSearch(const QString& search) override;

public Q_SLOTS:
    void dataChanged(
        const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles = {}) override;

protected Q_SLOTS:
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void updateGeometries() override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex& index) const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection& selection) const override;

private:
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] int rowNear(int y) const; ///< clamped to the rows there are; -1 without any
    [[nodiscard]] int topOf(int row) const; ///< in the viewport
    [[nodiscard]] QRect cellsRect() const; ///< those in sight, in the viewport
    [[nodiscard]] int shownColumnBeside(int column, int step) const; ///< -1 when there is none
    void scrollToColumn(int column, ScrollHint hint);

    int m_rowHeight = 24;
    bool m_fitting = false; ///< geometries change because we change them
};

} // namespace workbench
