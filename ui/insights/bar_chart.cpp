// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/bar_chart.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

constexpr int BarHeight = 10;
constexpr int Gap = 12;

} // namespace

std::uint64_t Bar::rows() const
{
    std::uint64_t sum = 0;
    for (const BarPart& part : parts) {
        sum += part.rows;
    }
    return sum;
}

BarChart::BarChart(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

int BarChart::rowHeight() const { return Theme::rowHeight() + 2; }

void BarChart::setBars(std::vector<Bar> bars, bool track)
{
    m_bars = std::move(bars);
    m_track = track;
    while (m_rows.size() < m_bars.size()) {
        auto* row = new BarRow(this, m_rows.size());
        connect(row, &BarRow::clicked, this, [this, row] {
            const Bar& bar = m_bars[row->place()];
            if (!bar.key.isEmpty()) {
                Q_EMIT barActivated(bar.key);
            }
        });
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool used = i < m_bars.size();
        m_rows[i]->setVisible(used);
        if (used) {
            m_rows[i]->setAccessibleName(m_bars[i].spoken);
            m_rows[i]->setToolTip(m_bars[i].spoken);
            m_rows[i]->setCursor(m_bars[i].key.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
            m_rows[i]->update();
        }
    }
    // One tab stop a chart; fewer bars may have taken away the one that was.
    const auto used = m_rows.begin() + static_cast<std::ptrdiff_t>(m_bars.size());
    const auto isStop = [](const BarRow* row) { return row->focusPolicy() == Qt::StrongFocus; };
    if (used != m_rows.begin() && std::none_of(m_rows.begin(), used, isStop)) {
        setStop(*m_rows.front());
    }
    measure();
    updateGeometry();
    placeRows();
}

void BarChart::setStop(BarRow& stop)
{
    for (BarRow* row : m_rows) {
        row->setFocusPolicy(row == &stop ? Qt::StrongFocus : Qt::ClickFocus);
    }
}

void BarChart::measure()
{
    const QFontMetrics text(Theme::tableFont());
    const QFontMetrics numbers(Theme::numberFont());
    m_columns = {};
    for (const Bar& bar : m_bars) {
        m_columns.label = std::max(m_columns.label, text.horizontalAdvance(bar.label) + 2);
        m_columns.figure = std::max(m_columns.figure, numbers.horizontalAdvance(bar.figure) + 1);
        m_columns.percent = std::max(m_columns.percent, numbers.horizontalAdvance(bar.percent) + 1);
    }
}

void BarChart::placeRows()
{
    const int height = rowHeight();
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        m_rows[i]->setGeometry(0, static_cast<int>(i) * height, width(), height);
    }
}

QSize BarChart::sizeHint() const { return {300, rowHeight() * static_cast<int>(m_bars.size())}; }

QSize BarChart::minimumSizeHint() const { return {200, sizeHint().height()}; }

void BarChart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeRows();
}

void BarChart::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        measure();
        updateGeometry();
        update();
    }
}

void BarChart::step(const BarRow* from, int by)
{
    const auto to = static_cast<std::ptrdiff_t>(from->place()) + by;
    if (to >= 0 && to < static_cast<std::ptrdiff_t>(m_bars.size())) {
        BarRow* next = m_rows[static_cast<std::size_t>(to)];
        setStop(*next); // the bar that had the focus last
        next->setFocus(Qt::OtherFocusReason);
    }
}

BarRow::BarRow(BarChart* chart, std::size_t place) : QAbstractButton(chart), m_chart(chart), m_place(place)
{
    setFocusPolicy(place == 0 ? Qt::StrongFocus : Qt::ClickFocus);
    setAttribute(Qt::WA_Hover);
}

void BarRow::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        m_chart->step(this, -1);
        break;
    case Qt::Key_Down:
        m_chart->step(this, 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        break;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void BarRow::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    if (m_place >= m_chart->m_bars.size()) {
        return;
    }
    const ThemeColors& colors = Theme::colors();
    const Bar& bar = m_chart->m_bars[m_place];
    const BarChart::Columns& columns = m_chart->m_columns;
    const bool clickable = !bar.key.isEmpty();
    const bool mirrored = isRightToLeft();
    const auto placed = [this, mirrored](int left, int width) {
        return QRect(mirrored ? this->width() - left - width : left, 0, width, height());
    };

    QPainter painter(this);
    if (bar.chosen || (clickable && underMouse())) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(bar.chosen ? colors.selection : colors.alt);
        painter.drawRoundedRect(rect(), 4, 4);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const QColor plain = bar.chosen ? colors.onSelection : colors.text;
    const QColor quiet = bar.chosen ? colors.onSelection : colors.text2;
    const int edge = 4; // room for the focus ring
    const int figures = (columns.percent > 0 ? columns.percent + Gap : 0) + columns.figure;
    // The label gives way last: names are what a bar is about.
    const int label = std::min(columns.label, std::max(40, width() - 2 * edge - figures - 2 * Gap - 40));

    painter.setFont(Theme::tableFont());
    painter.setPen(plain);
    painter.drawText(placed(edge, label), Qt::AlignVCenter | Qt::AlignLeading,
        painter.fontMetrics().elidedText(bar.label, Qt::ElideMiddle, label));

    const int barLeft = edge + label + Gap;
    const int barWidth = std::max(0, width() - barLeft - Gap - figures - edge);
    const int barTop = (height() - BarHeight) / 2;
    if (m_chart->m_track) {
        QRect track = placed(barLeft, barWidth);
        track.setTop(barTop);
        track.setHeight(BarHeight);
        painter.fillRect(track, colors.track);
    }
    const auto total = static_cast<double>(bar.rows());
    double drawn = 0;
    for (const BarPart& part : bar.parts) {
        if (part.rows == 0 || total <= 0) {
            continue;
        }
        const int from = static_cast<int>(std::lround(drawn / total * bar.length * barWidth));
        drawn += static_cast<double>(part.rows);
        const int to = static_cast<int>(std::lround(drawn / total * bar.length * barWidth));
        const bool last = drawn >= total;
        QRect piece = placed(barLeft + from, std::max(1, to - from - (last ? 0 : 1)));
        piece.setTop(barTop);
        piece.setHeight(BarHeight);
        painter.fillRect(piece, part.tone.color());
    }

    painter.setFont(Theme::numberFont());
    painter.setPen(plain);
    const int figureLeft = width() - edge - figures;
    painter.drawText(placed(figureLeft, columns.figure), Qt::AlignVCenter | Qt::AlignTrailing, bar.figure);
    painter.setPen(columns.figure > 0 ? quiet : plain);
    painter.drawText(placed(width() - edge - columns.percent, columns.percent),
        Qt::AlignVCenter | Qt::AlignRight | Qt::TextForceLeftToRight, bar.percent);
}

} // namespace workbench
