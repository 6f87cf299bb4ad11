// SPDX-License-Identifier: GPL-3.0-or-later
/// The findings of the rejected rows as a table: rule, field, masked excerpt, file, line. No raw value, ever.
#pragma once

#include "core/review/selection.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace workbench {

/// What findings can be grouped and narrowed by.
enum class FindingGroup { Rule, Field, File };

/// One group's key: a rule's number, a file's number, or a field with list places left out.
struct FindingFilter {
    FindingGroup group = FindingGroup::Rule;
    std::size_t number = 0; ///< rule or file
    std::string field; ///< as in RejectionCounts::rowsByField

    friend bool operator==(const FindingFilter&, const FindingFilter&) = default;
};

/// "targets.pressure_keys[3]" → "targets.pressure_keys[]".
[[nodiscard]] std::string fieldOfPath(std::string_view path);

/// Sorts and narrows an index of its own; the selection behind it never changes. GUI thread only.
class FindingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { RuleColumn, FieldColumn, MaskedColumn, FileColumn, LineColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSelection(SelectionPtr selection);
    void narrow(std::optional<FindingFilter> filter);
    [[nodiscard]] const std::optional<FindingFilter>& narrowedTo() const { return m_filter; }
    /// No column: the most frequent rule first, then as the rows stand in the files.
    void sortBy(std::optional<int> column, Qt::SortOrder order);
    [[nodiscard]] std::optional<int> sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    [[nodiscard]] const IndexedFinding& finding(int position) const;
    [[nodiscard]] int positionOf(const IndexedFinding& finding) const; ///< -1 when it is not shown
    [[nodiscard]] const SelectionPtr& selection() const { return m_selection; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& at, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void rebuild();
    void sortPlaces();
    [[nodiscard]] bool passes(const IndexedFinding& finding) const;

    SelectionPtr m_selection;
    std::optional<FindingFilter> m_filter;
    std::optional<int> m_sortColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<std::uint32_t> m_places; ///< in ExampleIndex::findings(), in the order shown
    std::vector<bool> m_pathPasses; ///< by path, while narrowed to a field
};

[[nodiscard]] bool sameFinding(const IndexedFinding& a, const IndexedFinding& b);

} // namespace workbench
