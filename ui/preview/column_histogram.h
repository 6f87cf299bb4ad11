// SPDX-License-Identifier: GPL-3.0-or-later
/// A column's distribution as a few small bars, and the same in words.
#pragma once

#include "core/review/statistics.h"
#include "core/row/row_columns.h"

#include <QColor>
#include <QRect>
#include <QString>

#include <vector>

class QPainter;

namespace workbench {

/// Heights from 0 to 1, by square root so that small bins show; and the share of nulls likewise.
struct HistogramBars {
    std::vector<double> bars;
    double nulls = 0;
    bool empty = true; ///< neither values nor nulls
};

/// Enums and booleans: one bar a value in schema order. A constant: one bar in the middle.
[[nodiscard]] HistogramBars histogramBars(const RowColumn& column, const ColumnStatistics& statistics);
/// Solid bars on a base line, at the right of `rect`; nulls outlined at their left.
void paintHistogram(QPainter& painter, const QRect& rect, const HistogramBars& bars, const QColor& color,
    const QColor& quiet, bool alignRight);
/// "493 rows from 0 to 44, 12 null. …": for tooltips and accessibility tools. Several lines.
[[nodiscard]] QString histogramText(const RowColumn& column, const ColumnStatistics& statistics);

} // namespace workbench
