// SPDX-License-Identifier: GPL-3.0-or-later
/// The preview's table: two views over one model, so that number, verdict and id stay put.
#pragma once

#include "ui/preview/column_layout.h"
#include "ui/preview/column_measure.h"
#include "ui/preview/preview_header.h"
#include "ui/preview/preview_model.h"
#include "ui/widgets/row_table.h"

#include <QWidget>

#include <optional>
#include <vector>

class QContextMenuEvent;
class QScrollBar;

namespace workbench {

class PreviewTable final : public QWidget {
    Q_OBJECT

public:
    explicit PreviewTable(PreviewModel& model, QWidget* parent = nullptr);

    /// Shows other rows and keeps the current one, the chosen ones and their place on the screen.
    void showRows(IndexPtr index, RowList rows, const RowListFacts& facts = {});
    void setStatistics(const StatisticsPtr& statistics);
    void setSortKey(std::optional<SortKey> key);

    [[nodiscard]] std::optional<RowNumber> currentRow() const;
    /// Makes a row current and brings it into view; false when it is not shown.
    bool goToRow(RowNumber row);
    void goToPosition(int position);
    /// The chosen rows, to be found again; none when there are very many.
    [[nodiscard]] std::vector<RowNumber> chosenRows() const;
    /// Chooses these rows, those that are shown, and makes one current; the first one shown, if it is not.
    void choose(const std::vector<RowNumber>& rows, std::optional<RowNumber> current);
    /// Ascending positions of the chosen rows, at most `most`.
    [[nodiscard]] std::vector<int> chosenPositions(std::size_t most) const;
    [[nodiscard]] std::size_t chosenCount() const;

    [[nodiscard]] ColumnLayout columnLayout() const { return m_layout; }
    void setColumnLayout(const ColumnLayout& layout);
    [[nodiscard]] bool isColumnShown(int column) const;
    /// As they stand from left to right, the frozen ones first.
    [[nodiscard]] std::vector<int> shownColumns() const;

    /// Of the current cell; -1 without one.
    [[nodiscard]] int currentColumn() const;
    /// Whether a column has a neighbour to change places with, to the left (-1) or right (1) as the eye sees
    /// it.
    [[nodiscard]] bool canMoveColumn(int column, int by) const;
    void moveColumn(int column, int by); ///< columnsArranged() follows

    [[nodiscard]] QTableView& view() { return *m_main; }

Q_SIGNALS:
    void currentRowChanged();
    void rowActivated(); ///< Return on a row
    void sortAsked(int column);
    /// By hand: a column moved or became wider. The layout before it comes along, for undo.
    void columnsArranged(const workbench::ColumnLayout& before);
    void shownColumnsChanged();
    void cellMenuAsked(const QModelIndex& cell, const QPoint& global);
    void headerMenuAsked(int column, const QPoint& global);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void askForMenu(QObject* watched, const QContextMenuEvent& event);
    void buildView(RowTable& view, PreviewHeader& header);
    void connectViews();
    void fitFrozenWidth();
    void fitRowHeights();
    void fitWidths();
    void fitFrozenColumns();
    void fitIds(const QModelIndex& topLeft, const QModelIndex& bottomRight);
    void fitFrozenColumn(int column);
    [[nodiscard]] int neededWidth(int column) const;
    [[nodiscard]] std::optional<int> chosenWidth(int column) const;
    void applyHidden();
    void applyOrder();
    void sectionArranged();
    [[nodiscard]] QModelIndex cellOf(int position) const;
    void select(const std::vector<RowNumber>& rows, int position, int column);
    void bringIntoView(const QModelIndex& cell);
    [[nodiscard]] int visualBeside(int column, int by) const; ///< -1 when there is none

    PreviewModel& m_model;
    RowTable* m_frozen = nullptr;
    RowTable* m_main = nullptr;
    PreviewHeader* m_frozenHeader = nullptr;
    PreviewHeader* m_mainHeader = nullptr;
    QScrollBar* m_scrollBar = nullptr; ///< the main view's horizontal one, under both
    StatisticsPtr m_statistics;
    ColumnLayout m_layout;
    std::vector<bool> m_worthShowing; ///< one a column; more while a folder is read: none goes by a filter
    ColumnMeasure m_measure;
    std::vector<int> m_fitted; ///< widths found to be needed so far, one a column
    bool m_applying = false; ///< sections move because we move them
};

} // namespace workbench
