// SPDX-License-Identifier: GPL-3.0-or-later
/// The findings of the rejected rows as a table: rule, field, masked excerpt, file, line. No raw value, ever.
#pragma once

#include "core/review/selection.h"
#include "ui/bridge/lane.h"
#include "ui/rejections/finding_order.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace workbench {

/// Shows findings in an order; the selection behind it never changes. Many are put in order on a thread of
/// their own, and what was listed before stays meanwhile. GUI thread only.
class FindingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { RuleColumn, FieldColumn, MaskedColumn, FileColumn, LineColumn, ColumnCount };

    static constexpr int ExactRole = Qt::UserRole; ///< for the clipboard: numbers without group marks

    explicit FindingsModel(QObject* parent = nullptr) : QAbstractTableModel(parent), m_lane(this) {}

    void setSelection(SelectionPtr selection);
    void narrow(std::optional<FindingFilter> filter);
    [[nodiscard]] const std::optional<FindingFilter>& narrowedTo() const { return m_order.filter; }
    /// No column: the most frequent rule first, then as the rows stand in the files.
    void sortBy(std::optional<int> column, Qt::SortOrder order);
    [[nodiscard]] std::optional<int> sortColumn() const;
    [[nodiscard]] Qt::SortOrder sortOrder() const;
    /// True while many findings are put in order; listed() follows.
    [[nodiscard]] bool busy() const { return m_busy; }

    [[nodiscard]] const IndexedFinding& finding(int position) const;
    [[nodiscard]] int positionOf(const IndexedFinding& finding) const; ///< -1 when it is not shown
    [[nodiscard]] const SelectionPtr& selection() const { return m_selection; } ///< of what is listed

    /// For the clipboard: a line for each, tab-separated, masked.
    [[nodiscard]] QString exactText(const std::vector<int>& positions, bool withHeaders) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& at, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void listed(); ///< what was asked for last stands there, at once or later

private:
    void list();
    void show(SelectionPtr selection, std::vector<std::uint32_t> places);

    SelectionPtr m_wanted; ///< to be listed
    FindingOrder m_order;
    SelectionPtr m_selection; ///< what `m_places` are of
    std::vector<std::uint32_t> m_places; ///< in ExampleIndex::findings(), in the order shown
    bool m_busy = false;
    Lane m_lane;
};

[[nodiscard]] bool sameFinding(const IndexedFinding& a, const IndexedFinding& b);

} // namespace workbench
