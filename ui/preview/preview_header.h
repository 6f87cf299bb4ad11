// SPDX-License-Identifier: GPL-3.0-or-later
/// The preview's header: family strip, name in two lines, and what the column holds as twelve bars.
#pragma once

#include "core/review/selection.h"
#include "core/review/statistics.h"
#include "ui/preview/preview_columns.h"
#include "ui/widgets/cell_texts.h"

#include <QFont>
#include <QHeaderView>
#include <QStringList>

#include <optional>
#include <vector>

namespace workbench {

/// A column and a direction; no value at all is file order.
struct SortKey {
    int column = 0; ///< of the preview
    SortOrder order = SortOrder::Ascending;

    friend bool operator==(const SortKey&, const SortKey&) = default;
};

class PreviewHeader final : public QHeaderView {
    Q_OBJECT

public:
    PreviewHeader(const PreviewColumns& columns, QWidget* parent);

    void setStatistics(StatisticsPtr statistics);
    void setSortKey(std::optional<SortKey> key);
    /// The least width at which no part of the name is cut.
    [[nodiscard]] int leastWidth(int column) const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int column) const override;
    bool viewportEvent(QEvent* event) override;

private:
    void paintFamily(QPainter* painter, const QRect& rect, int column) const;
    void paintName(QPainter* painter, const QRect& rect, int column) const;
    void paintSortMark(QPainter* painter, const QRect& rect) const;
    [[nodiscard]] const ColumnStatistics* statisticsOf(int column) const;
    [[nodiscard]] QString tip(int column) const;
    /// Left edge and right edge of the run of neighbouring columns of one family, in viewport coordinates.
    [[nodiscard]] std::pair<int, int> familyRun(int column) const;

    const PreviewColumns& m_columns;
    StatisticsPtr m_statistics;
    std::optional<SortKey> m_sortKey;
    mutable CellTexts m_texts; ///< filled while painting
    mutable QFont m_leastFont; ///< in which those were measured
    mutable std::vector<int> m_leastWidths; ///< one a column; 0: not measured yet
};

/// A name in at most two lines, broken behind an underscore so that the longer line is as short as can be.
[[nodiscard]] QStringList brokenName(const QString& name);

} // namespace workbench
