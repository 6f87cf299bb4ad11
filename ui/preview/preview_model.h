// SPDX-License-Identifier: GPL-3.0-or-later
/// The rows of the preview as Qt's views want them: a list of row numbers, and the rows behind them when
/// looked at.
#pragma once

#include "core/review/selection.h"
#include "core/review/statistics.h"
#include "ui/bridge/row_service.h"
#include "ui/preview/preview_cell.h"
#include "ui/preview/preview_columns.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <memory>
#include <unordered_map>
#include <vector>

namespace workbench {

/// What is known of a list of rows, so that a long one need not be walked on the GUI thread.
struct RowListFacts {
    RowList startsWith; ///< a list that this one continues, if one is known
    bool ascending = false; ///< in input order
};

/// Keeps no row: values come from RowService, asked for once per turn of the event loop with their
/// neighbours. GUI thread only.
class PreviewModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        StateRole = Qt::UserRole, ///< CellState as int
        ExactRole, ///< as written, for the clipboard
        RejectedRole, ///< bool, known for every row
    };

    PreviewModel(const Schema& schema, RowService& rows, QObject* parent = nullptr);

    /// Shows other rows. When the list only grew at its end rows are inserted, else the model is reset.
    /// Short lists are compared to find out; of long ones it has to be said.
    void show(IndexPtr index, RowList rows, const RowListFacts& facts = {});
    /// Fixes the decimals of each column; null: as many as there can be.
    void setStatistics(const StatisticsPtr& statistics);

    [[nodiscard]] const PreviewColumns& columns() const { return m_columns; }
    [[nodiscard]] const IndexPtr& exampleIndex() const { return m_index; }
    [[nodiscard]] const RowList& rows() const { return m_rows; }
    [[nodiscard]] RowNumber rowNumber(int position) const; ///< position < rowCount()
    [[nodiscard]] int positionOf(RowNumber row) const; ///< -1 when it is not shown
    [[nodiscard]] LoadedRowPtr loaded(int position) const; ///< null while it is not here
    [[nodiscard]] int decimals(int column) const;
    /// True when nothing has been asked for that is still to come.
    [[nodiscard]] bool idle() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& at, int role = Qt::DisplayRole) const override;
    void multiData(const QModelIndex& at, QModelRoleDataSpan roles) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QVariant numberData(int position, int role) const;
    [[nodiscard]] QVariant verdictData(RowNumber row, int role) const;
    [[nodiscard]] QVariant cellData(const LoadedRow* row, int column, int role) const;
    [[nodiscard]] static QVariant unreadData(int column, int role);
    [[nodiscard]] LoadedRowPtr rowAt(int position) const; ///< asks for it when it is not here
    void requestWanted();
    void rowsLoaded(const std::vector<RowNumber>& rows);

    PreviewColumns m_columns;
    RowService& m_service;
    IndexPtr m_index;
    RowList m_rows;
    bool m_ascending = true; ///< rows in input order: a row is found by bisection
    std::vector<int> m_decimals; ///< one a column
    StatisticsPtr m_statistics;

    // What data() found missing; it may not ask in the middle of a paint.
    mutable std::vector<int> m_wanted;
    mutable QTimer m_wantedTimer;
    std::unordered_map<RowNumber, int> m_asked; ///< row → position, until it is here
};

} // namespace workbench
