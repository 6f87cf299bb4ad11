// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_header.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/column_histogram.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QtMath>

#include <algorithm>

namespace workbench {

namespace {

constexpr int HeaderMargin = 8;
constexpr int StripHeight = 3;
constexpr int HistogramHeight = 20;
constexpr int HeaderGap = 4;

QFont familyFont()
{
    QFont font = Theme::tableFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

int familyHeight() { return std::max(22, QFontMetrics(familyFont()).height() + StripHeight); }
int nameLine() { return std::max(15, QFontMetrics(Theme::headerFont()).height()); }

} // namespace

QStringList brokenName(const QString& name)
{
    QStringList best {name};
    qsizetype bestLength = name.size();
    for (qsizetype at = name.indexOf(QLatin1Char('_')); at >= 0;
         at = name.indexOf(QLatin1Char('_'), at + 1)) {
        const qsizetype longer = std::max(at + 1, name.size() - at - 1);
        if (at > 0 && at + 1 < name.size() && longer < bestLength) {
            best = {name.left(at + 1), name.mid(at + 1)};
            bestLength = longer;
        }
    }
    return best;
}

PreviewHeader::PreviewHeader(const PreviewColumns& columns, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_columns(columns)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setMinimumSectionSize(32);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent); // sections and what is beside them fill it
    setAccessibleName(tr("Columns"));
}

void PreviewHeader::setStatistics(StatisticsPtr statistics)
{
    m_statistics = std::move(statistics);
    viewport()->update();
}

void PreviewHeader::setSortKey(std::optional<SortKey> key)
{
    m_sortKey = key;
    viewport()->update();
}

int PreviewHeader::leastWidth(int column) const
{
    const QFont& font = Theme::headerFont();
    const auto columns = static_cast<std::size_t>(m_columns.count());
    if (m_leastWidths.size() != columns || m_leastFont != font) {
        m_leastWidths.assign(columns, 0);
        m_leastFont = font;
    }
    int& least = m_leastWidths[static_cast<std::size_t>(column)];
    if (least == 0) {
        const QFontMetrics metrics(font);
        for (const QString& line : brokenName(m_columns.name(column))) {
            least = std::max(least, metrics.horizontalAdvance(line));
        }
        least += 2 * HeaderMargin + 3; // a little more: advances are rounded
    }
    return least;
}

QSize PreviewHeader::sizeHint() const
{
    const int height = familyHeight() + 2 * nameLine() + HistogramHeight + 3 * HeaderGap;
    return {QHeaderView::sizeHint().width(), std::max(84, height)};
}

const ColumnStatistics* PreviewHeader::statisticsOf(int column) const
{
    const auto place = m_columns.rowColumn(column);
    return place && m_statistics && *place < m_statistics->columns.size() ? &m_statistics->columns[*place]
                                                                          : nullptr;
}

std::pair<int, int> PreviewHeader::familyRun(int column) const
{
    const Family family = m_columns.at(column)->family;
    const auto sameFamily = [&](int visual) {
        const RowColumn* other = m_columns.at(logicalIndex(visual));
        return logicalIndex(visual) >= PreviewColumns::FrozenCount && other && other->family == family;
    };
    int left = sectionViewportPosition(column);
    int right = left + sectionSize(column);
    for (int visual = visualIndex(column) - 1; visual >= 0; --visual) {
        if (isSectionHidden(logicalIndex(visual))) {
            continue;
        }
        if (!sameFamily(visual)) {
            break;
        }
        left = std::min(left, sectionViewportPosition(logicalIndex(visual)));
        right = std::max(
            right, sectionViewportPosition(logicalIndex(visual)) + sectionSize(logicalIndex(visual)));
    }
    for (int visual = visualIndex(column) + 1; visual < count(); ++visual) {
        if (isSectionHidden(logicalIndex(visual))) {
            continue;
        }
        if (!sameFamily(visual)) {
            break;
        }
        left = std::min(left, sectionViewportPosition(logicalIndex(visual)));
        right = std::max(
            right, sectionViewportPosition(logicalIndex(visual)) + sectionSize(logicalIndex(visual)));
    }
    return {left, right};
}

void PreviewHeader::paintSection(QPainter* painter, const QRect& rect, int column) const
{
    const ThemeColors& colors = Theme::colors();
    painter->fillRect(rect, colors.window);
    if (column >= PreviewColumns::FrozenCount) {
        paintFamily(painter, rect, column);
    }
    paintName(painter, rect, column);
    const RowColumn* what = m_columns.at(column);
    if (const ColumnStatistics* statistics = statisticsOf(column);
        statistics && what && column >= PreviewColumns::FrozenCount) {
        const QRect bars(rect.left() + HeaderMargin, rect.bottom() - HeaderGap - HistogramHeight,
            rect.width() - 2 * HeaderMargin, HistogramHeight);
        const bool left = (layoutDirection() == Qt::LeftToRight) != m_columns.isNumeric(column);
        paintHistogram(
            *painter, bars, histogramBars(*what, *statistics), colors.of(what->family), colors.text3, !left);
    }
    if (m_sortKey && m_sortKey->column == column) {
        paintSortMark(painter, rect);
    }
    painter->setPen(colors.line);
    painter->drawLine(rect.bottomLeft(), rect.bottomRight());
    const int top = rect.top() + familyHeight();
    painter->setPen(colors.hair);
    painter->drawLine(QPoint(rect.left(), top), QPoint(rect.right(), top));
    painter->drawLine(QPoint(rect.right(), top), QPoint(rect.right(), rect.bottom() - 1));
}

void PreviewHeader::paintFamily(QPainter* painter, const QRect& rect, int column) const
{
    const QColor color = Theme::colors().of(m_columns.at(column)->family);
    painter->fillRect(rect.left(), rect.top(), rect.width(), StripHeight, color);
    const auto [left, right] = familyRun(column);
    if (right == rect.right() + 1) { // the family ends here
        painter->setPen(Theme::colors().line);
        painter->drawLine(rect.right(), rect.top() + StripHeight, rect.right(), rect.top() + familyHeight());
    }
    // The name belongs to the whole run: every section paints its piece of it, and it stays in sight
    // while the run's first columns are scrolled away.
    const QString title = m_columns.familyTitle(column);
    const QFont font = familyFont();
    const int width = qCeil(m_texts.width(title, font));
    int x = left + HeaderMargin;
    if (layoutDirection() == Qt::RightToLeft) {
        x = std::max(std::min(right, viewport()->width()) - HeaderMargin - width, left + HeaderMargin);
    } else {
        x = std::min(
            std::max(left, 0) + HeaderMargin, std::max(right - HeaderMargin - width, left + HeaderMargin));
    }
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->setPen(color);
    m_texts.paint(*painter, QRect(x, rect.top() + StripHeight, right - x, familyHeight() - StripHeight),
        Qt::AlignLeft, title, font);
    painter->restore();
}

void PreviewHeader::paintName(QPainter* painter, const QRect& rect, int column) const
{
    const bool isSorted = m_sortKey && m_sortKey->column == column;
    QFont font = Theme::headerFont();
    if (isSorted) {
        font.setWeight(QFont::DemiBold);
    }
    painter->setLayoutDirection(Qt::LeftToRight); // a name's underscore stays at its end
    painter->setPen(isSorted ? Theme::colors().text : Theme::colors().text2);
    const Qt::Alignment side = m_columns.isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft;
    QRect line(rect.left() + HeaderMargin, rect.top() + familyHeight() + HeaderGap,
        rect.width() - 2 * HeaderMargin, nameLine());
    QStringList lines = brokenName(m_columns.name(column));
    if (lines.size() > 1 && m_texts.width(m_columns.name(column), font) <= line.width()) {
        lines = {m_columns.name(column)};
    }
    for (const QString& text : std::as_const(lines)) {
        m_texts.paint(*painter, line, QStyle::visualAlignment(layoutDirection(), side), text, font);
        line.translate(0, nameLine());
    }
}

void PreviewHeader::paintSortMark(QPainter* painter, const QRect& rect) const
{
    constexpr qreal Half = 4;
    const bool atRight = layoutDirection() == Qt::LeftToRight;
    const QPointF middle(atRight ? rect.right() - HeaderMargin - Half : rect.left() + HeaderMargin + Half,
        rect.top() + StripHeight + (familyHeight() - StripHeight) / 2.0);
    const qreal direction
        = m_sortKey->order == SortOrder::Ascending ? -1 : 1; // points to where the large ones are
    QPainterPath arrow;
    arrow.moveTo(middle + QPointF(-Half, -direction * Half / 2));
    arrow.lineTo(middle + QPointF(Half, -direction * Half / 2));
    arrow.lineTo(middle + QPointF(0, direction * Half / 1.4));
    arrow.closeSubpath();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(
        QRectF(middle.x() - Half - 3, rect.top() + StripHeight, 2 * Half + 6, familyHeight() - StripHeight),
        Theme::colors().window);
    painter->fillPath(arrow, Theme::colors().accent);
    painter->restore();
}

QString PreviewHeader::tip(int column) const
{
    QStringList lines {column < PreviewColumns::ExampleId ? m_columns.name(column) : m_columns.path(column)};
    const RowColumn* what = m_columns.at(column);
    if (const ColumnStatistics* statistics = statisticsOf(column); statistics && what) {
        lines << histogramText(*what, *statistics);
    }
    lines << tr("Click to sort: ascending, descending, file order.");
    return lines.join(QLatin1Char('\n'));
}

bool PreviewHeader::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int column = logicalIndexAt(help->pos());
        if (column >= 0) {
            QToolTip::showText(help->globalPos(), tip(column), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QHeaderView::viewportEvent(event);
}

} // namespace workbench
