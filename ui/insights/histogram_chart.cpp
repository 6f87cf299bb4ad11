// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/histogram_chart.h"

#include "ui/insights/insight_findings.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace workbench {

std::vector<double> axisTicks(double from, double to, int most)
{
    std::vector<double> ticks;
    if (!(to > from) || most < 1 || !std::isfinite(to - from)) {
        return ticks;
    }
    double step = std::pow(10, std::floor(std::log10((to - from) / most)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0, 20.0}) {
        if (factor == 2.5 && step < 10) {
            continue; // halves are round enough only where whole numbers stay whole
        }
        if ((to - from) / (step * factor) <= most) {
            step *= factor;
            break;
        }
    }
    for (double tick = std::ceil(from / step - 1e-9); tick * step <= to + step * 1e-9; ++tick) {
        ticks.push_back(tick * step);
    }
    return ticks;
}

HistogramChart::HistogramChart(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Histogram"));
}

void HistogramChart::setHistogram(
    Histogram histogram, std::optional<double> median, ChartTone tone, ValueText valueText)
{
    m_histogram = std::move(histogram);
    m_median = median;
    m_tone = tone;
    m_valueText = std::move(valueText);
    m_current.reset();
    QString spoken;
    if (!m_histogram.bins.empty()) {
        const auto most = std::max_element(m_histogram.bins.begin(), m_histogram.bins.end());
        spoken = binText(static_cast<std::size_t>(most - m_histogram.bins.begin()));
    }
    setAccessibleDescription(spoken);
    update();
}

QRect HistogramChart::plot() const
{
    const QFontMetrics metrics(Theme::captionFont());
    const int left = metrics.horizontalAdvance(countText(static_cast<quint64>(top()))) + 10;
    return rect().adjusted(left, metrics.height() + 8, -4, -(metrics.height() + 8));
}

double HistogramChart::top() const
{
    std::uint64_t most = 1;
    for (const std::uint64_t rows : m_histogram.bins) {
        most = std::max(most, rows);
    }
    return static_cast<double>(most);
}

// A bar that stands for one whole number has that number in its middle.
double HistogramChart::first() const
{
    return m_histogram.oneBinPerNumber ? m_histogram.from - 0.5 : m_histogram.from;
}

double HistogramChart::last() const
{
    return m_histogram.oneBinPerNumber ? m_histogram.to + 0.5 : m_histogram.to;
}

double HistogramChart::xOf(double value) const
{
    const QRect area = plot();
    if (last() <= first()) {
        return area.center().x();
    }
    const double part = (value - first()) / (last() - first());
    return area.left() + part * area.width();
}

QRect HistogramChart::binRect(std::size_t bin) const
{
    const QRect area = plot();
    const auto count = static_cast<double>(m_histogram.bins.size());
    const double share = static_cast<double>(m_histogram.bins[bin]) / top();
    const int height
        = m_histogram.bins[bin] == 0 ? 0 : std::max(1, static_cast<int>(std::lround(share * area.height())));
    if (m_histogram.bins.size() == 1) {
        return {area.center().x() - 8, area.bottom() - height + 1, 16, height};
    }
    const int from
        = area.left() + static_cast<int>(std::lround(static_cast<double>(bin) / count * area.width()));
    const int to
        = area.left() + static_cast<int>(std::lround(static_cast<double>(bin + 1) / count * area.width()));
    return {from, area.bottom() - height + 1, std::max(1, to - from - 1), height};
}

QString HistogramChart::binText(std::size_t bin) const
{
    const QString rows = rowCountText(m_histogram.bins[bin]);
    if (m_histogram.bins.size() == 1) {
        return tr("%1 at %2").arg(rows, m_valueText(m_histogram.from));
    }
    const double width = m_histogram.oneBinPerNumber
        ? 1
        : (m_histogram.to - m_histogram.from) / static_cast<double>(m_histogram.bins.size());
    const double from = m_histogram.from + width * static_cast<double>(bin);
    if (m_histogram.lastBinHoldsRest && bin + 1 == m_histogram.bins.size()) {
        return tr("%1 from %2 up").arg(rows, m_valueText(from));
    }
    if (m_histogram.oneBinPerNumber) {
        return tr("%1 at %2").arg(rows, m_valueText(from));
    }
    return tr("%1 from %2 to %3").arg(rows, m_valueText(from), m_valueText(from + width));
}

void HistogramChart::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    const ThemeColors& colors = Theme::colors();
    QPainter painter(this);
    painter.setFont(Theme::captionFont());
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect area = plot();
    if (m_histogram.bins.empty()) {
        painter.fillRect(QRect(area.left(), area.bottom() + 1, area.width(), 1), colors.line);
        return;
    }

    for (const double tick : axisTicks(0, top(), 4)) {
        if (tick != std::round(tick)) {
            continue; // there are no half rows
        }
        const int y = area.bottom() - static_cast<int>(std::lround(tick / top() * area.height())) + 1;
        painter.fillRect(QRect(area.left(), y, area.width(), 1), tick == 0 ? colors.line : colors.hair);
        painter.setPen(colors.text2);
        painter.drawText(QRect(0, y - metrics.height() / 2, area.left() - 8, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, countText(static_cast<quint64>(std::llround(tick))));
    }
    for (std::size_t bin = 0; bin < m_histogram.bins.size(); ++bin) {
        painter.fillRect(binRect(bin), m_tone.color());
    }
    const int labelTop = area.bottom() + 6;
    const auto axisLabel = [&](double x, const QString& text) {
        const int width = metrics.horizontalAdvance(text) + 2;
        const int left = std::clamp(static_cast<int>(x) - width / 2, area.left(), area.right() - width);
        painter.drawText(QRect(left, labelTop, width, metrics.height()), Qt::AlignHCenter, text);
    };
    painter.setPen(colors.text2);
    if (m_histogram.bins.size() == 1) {
        axisLabel(area.center().x(), m_valueText(m_histogram.from));
    } else {
        const std::vector<double> ticks = axisTicks(m_histogram.from, m_histogram.to, 6);
        const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
        const int decimals
            = step >= 1 ? 0 : std::min(6, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
        for (const double tick : ticks) {
            if (m_histogram.oneBinPerNumber && tick != std::round(tick)) {
                continue;
            }
            axisLabel(xOf(tick), decimalText(tick, decimals));
        }
    }

    if (m_median && m_histogram.bins.size() > 1) {
        const int x = static_cast<int>(std::lround(
            std::clamp(xOf(*m_median), static_cast<double>(area.left()), static_cast<double>(area.right()))));
        QPen dashed(colors.text, 1, Qt::CustomDashLine);
        dashed.setDashPattern({3, 2});
        painter.setPen(QPen(colors.base, 1)); // a light line under the dashes keeps them visible on the bars
        painter.drawLine(x, area.top(), x, area.bottom());
        painter.setPen(dashed);
        painter.drawLine(x, area.top() - metrics.height() - 2, x, area.bottom());
        const QString text = tr("median %1").arg(m_valueText(*m_median));
        const int width = metrics.horizontalAdvance(text) + 6;
        const bool leftOf = x - width > area.left();
        painter.drawText(
            QRect(leftOf ? x - width : x + 6, area.top() - metrics.height() - 4, width, metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
        if (m_current && *m_current < m_histogram.bins.size()) {
            const QRect bin = binRect(*m_current);
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.drawRect(QRect(bin.left() - 1, area.top(), bin.width() + 2, area.height()));
        }
    }
}

bool HistogramChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_histogram.bins.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QRect area = plot();
        if (area.contains(help->pos())) {
            const auto count = static_cast<int>(m_histogram.bins.size());
            const int bin = std::clamp(
                (help->pos().x() - area.left()) * count / std::max(1, area.width()), 0, count - 1);
            QToolTip::showText(help->globalPos(), binText(static_cast<std::size_t>(bin)), this);
            return true;
        }
        QToolTip::hideText();
    }
    return QWidget::event(event);
}

void HistogramChart::keyPressEvent(QKeyEvent* event)
{
    const auto count = static_cast<std::ptrdiff_t>(m_histogram.bins.size());
    if ((event->key() != Qt::Key_Left && event->key() != Qt::Key_Right) || count == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::ptrdiff_t by = event->key() == Qt::Key_Left ? -1 : 1;
    const std::ptrdiff_t at
        = m_current ? static_cast<std::ptrdiff_t>(*m_current) + by : (by > 0 ? 0 : count - 1);
    m_current = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, count - 1));
    setAccessibleDescription(binText(*m_current));
    const QRect bin = binRect(*m_current);
    QToolTip::showText(mapToGlobal(bin.topRight()), binText(*m_current), this);
    update();
}

} // namespace workbench
