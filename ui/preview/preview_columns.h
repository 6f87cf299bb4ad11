// SPDX-License-Identifier: GPL-3.0-or-later
/// The columns of the preview: number, verdict and id stay put, then the row's columns family by family.
#pragma once

#include "core/review/statistics.h"
#include "core/row/row_columns.h"

#include <QString>

#include <optional>
#include <vector>

namespace workbench {

/// Immutable. A preview column is an int as Qt counts them; a row column a place in RowColumns.
class PreviewColumns {
public:
    static constexpr int Number = 0;
    static constexpr int Verdict = 1;
    static constexpr int ExampleId = 2;
    static constexpr int FrozenCount = 3; ///< the columns above

    explicit PreviewColumns(const Schema& schema);

    [[nodiscard]] int count() const { return static_cast<int>(m_order.size()) + 2; }
    [[nodiscard]] const RowColumns& rowColumns() const { return m_rowColumns; }
    /// Nothing for Number and Verdict.
    [[nodiscard]] std::optional<std::size_t> rowColumn(int column) const;
    /// Null for Number and Verdict.
    [[nodiscard]] const RowColumn* at(int column) const;
    [[nodiscard]] int columnOfPath(const QString& path) const; ///< -1 when there is none
    [[nodiscard]] QString path(int column) const; ///< "#", "verdict", "features.window_days"
    [[nodiscard]] QString name(int column) const; ///< as a header shows it
    [[nodiscard]] QString familyTitle(int column) const; ///< translated; empty for the frozen columns
    [[nodiscard]] bool isNumeric(int column) const; ///< right-aligned, digits equally wide

    /// Whether a column is worth its place before anybody chose: it has values that differ and it neither
    /// repeats another column nor follows from one; or rows are rejected for it.
    [[nodiscard]] bool shownByDefault(int column, const Statistics& statistics) const;

private:
    RowColumns m_rowColumns;
    std::vector<std::size_t> m_order; ///< row columns by family, in order within each
};

/// "Context", "Volume", …: what stands above the columns and in menus.
[[nodiscard]] QString familyTitle(Family family);

/// Digits after the point, the same for a whole column so that the points line up: 0 for whole numbers,
/// else as many as keep about four figures, 3 at most.
[[nodiscard]] int decimalsFor(const RowColumn& column, const ColumnStatistics& statistics);

} // namespace workbench
