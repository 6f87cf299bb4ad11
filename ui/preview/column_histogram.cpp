// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/column_histogram.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <climits>
#include <cmath>

namespace workbench {

namespace {

struct HistogramWords {
    Q_DECLARE_TR_FUNCTIONS(ColumnHistogram)
};

constexpr int LargestBar = 8; ///< an enum of two values would otherwise be two blocks

bool isCounted(const RowColumn& column)
{
    return column.kind == ColumnKind::Enum || column.kind == ColumnKind::Boolean;
}

QString figure(double value, const RowColumn& column)
{
    if (column.kind == ColumnKind::Time) {
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(value), Qt::UTC)
            .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    return decimalText(value, value == std::floor(value) || std::abs(value) >= 1e4 ? 0 : 3);
}

QString rows(std::uint64_t count)
{
    return count == 1
        ? HistogramWords::tr("1 row")
        : HistogramWords::tr("%1 rows", nullptr, static_cast<int>(std::min<std::uint64_t>(count, INT_MAX)))
              .arg(countText(count));
}

QString valueName(const RowColumn& column, std::size_t code)
{
    if (column.kind == ColumnKind::Boolean) {
        return code == 0 ? QStringLiteral("false") : QStringLiteral("true");
    }
    return code < column.values.size() ? toQt(column.values[code]) : QString::number(code);
}

} // namespace

HistogramBars histogramBars(const RowColumn& column, const ColumnStatistics& statistics)
{
    HistogramBars result;
    const std::vector<std::uint64_t>& counts = isCounted(column) ? statistics.counts : statistics.header.bins;
    std::uint64_t largest = statistics.nulls;
    for (const std::uint64_t count : counts) {
        largest = std::max(largest, count);
    }
    if (largest == 0) {
        return result;
    }
    const auto height = [largest](std::uint64_t count) {
        return std::sqrt(static_cast<double>(count) / static_cast<double>(largest));
    };
    result.empty = false;
    result.nulls = height(statistics.nulls);
    if (counts.size() == 1) { // a constant stands in the middle of its own axis
        result.bars.assign(HeaderBins, 0);
        result.bars[HeaderBins / 2] = height(counts.front());
        return result;
    }
    for (const std::uint64_t count : counts) {
        result.bars.push_back(height(count));
    }
    return result;
}

void paintHistogram(QPainter& painter, const QRect& rect, const HistogramBars& bars, const QColor& color,
    const QColor& quiet, bool alignRight)
{
    if (bars.empty || rect.width() < 8) {
        return;
    }
    const int count = static_cast<int>(bars.bars.size()) + (bars.nulls > 0 ? 2 : 0); // a gap behind the nulls
    const int step = std::clamp(rect.width() / std::max(count, 1), 2, LargestBar);
    const int width = std::max(step - 1, 1);
    const int whole = count * step - 1;
    int x = alignRight ? rect.right() - whole + 1 : rect.left();
    x = std::max(x, rect.left());
    const int base = rect.bottom();
    const auto tall = [&rect](double height) {
        return height > 0 ? std::max(1, static_cast<int>(std::lround(height * (rect.height() - 2)))) : 0;
    };
    painter.save();
    painter.setClipRect(rect.adjusted(0, -1, 1, 1), Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (bars.nulls > 0) {
        const int height = std::max(3, tall(bars.nulls));
        painter.setPen(quiet);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(x, base - height, std::max(width - 1, 2), height - 1);
        x += 2 * step;
    }
    const int first = x;
    for (const double bar : bars.bars) {
        if (const int height = tall(bar); height > 0) {
            painter.fillRect(x, base - height, width, height, color);
        }
        x += step;
    }
    QColor rule = color;
    rule.setAlphaF(0.45F);
    painter.fillRect(first, base, x - first - (step - width), 1, rule);
    painter.restore();
}

QString histogramText(const RowColumn& column, const ColumnStatistics& statistics)
{
    QStringList lines;
    if (isCounted(column)) {
        for (std::size_t code = 0; code < statistics.counts.size(); ++code) {
            if (statistics.counts[code] > 0) {
                lines << HistogramWords::tr("%1: %2").arg(
                    valueName(column, code), rows(statistics.counts[code]));
            }
        }
    } else if (statistics.values > 0 && column.kind != ColumnKind::Identifier
        && column.kind != ColumnKind::Keys && column.kind != ColumnKind::Constant) {
        if (statistics.lowest == statistics.highest) {
            lines << HistogramWords::tr("%1, all %2")
                         .arg(rows(statistics.values), figure(statistics.lowest, column));
        } else {
            lines << HistogramWords::tr("%1 from %2 to %3")
                         .arg(rows(statistics.values), figure(statistics.lowest, column),
                             figure(statistics.highest, column));
            lines << HistogramWords::tr("Median %1").arg(figure(statistics.median, column));
        }
    } else if (statistics.values > 0) {
        lines << HistogramWords::tr("%1 with a value").arg(rows(statistics.values));
    }
    if (statistics.nulls > 0) {
        lines << HistogramWords::tr("%1 null (%2)")
                     .arg(rows(statistics.nulls), percentText(statistics.nullRate()));
    }
    if (statistics.hidden > 0) {
        lines << HistogramWords::tr("%1 masked").arg(rows(statistics.hidden));
    }
    if (lines.isEmpty()) {
        return HistogramWords::tr("No value in any row");
    }
    if (!histogramBars(column, statistics).bars.empty() && statistics.values > 0) {
        lines << HistogramWords::tr("Height of the bars by square root.");
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace workbench
