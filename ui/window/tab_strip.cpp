// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/tab_strip.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace workbench {
namespace {

constexpr int TabHeight = 36;
constexpr int Side = 12; ///< text to the tab's edge
constexpr int Gap = 8; ///< text to badge
constexpr int BadgePad = 6;
constexpr int Underline = 2;

QFont badgeFont() { return Theme::headerFont(); }

} // namespace

TabStrip::TabStrip(QWidget* parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideNone);
    setFocusPolicy(Qt::TabFocus);
    setFont(Theme::bodyFont());
    setMouseTracking(true);
}

const TabStrip::Badge& TabStrip::badgeOf(int tab) const
{
    static const Badge none;
    const auto place = static_cast<std::size_t>(tab);
    return place < m_badges.size() ? m_badges[place] : none;
}

QString TabStrip::badge(int tab) const { return badgeOf(tab).text; }

void TabStrip::setBadge(int tab, const QString& text, BadgeTone tone, const QString& spoken)
{
    m_badges.resize(static_cast<std::size_t>(std::max(count(), tab + 1)));
    Badge& badge = m_badges[static_cast<std::size_t>(tab)];
    if (badge.text == text && badge.tone == tone) {
        return;
    }
    badge = {text, tone};
    setAccessibleTabName(
        tab, spoken.isEmpty() ? tabText(tab) : tr("%1, %2", "tab, badge").arg(tabText(tab), spoken));
    setIconSize(iconSize()); // has the bar measure its tabs again
    updateGeometry();
    update();
}

QSize TabStrip::tabSizeHint(int tab) const
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    int width = 2 * Side + QFontMetrics(strong).horizontalAdvance(tabText(tab));
    const Badge& badge = badgeOf(tab);
    if (!badge.text.isEmpty()) {
        width += Gap + 2 * BadgePad + QFontMetrics(badgeFont()).horizontalAdvance(badge.text);
    }
    return {width, std::max(TabHeight, fontMetrics().lineSpacing() + 18)};
}

void TabStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int tab = 0; tab < count(); ++tab) {
        paintTab(painter, tab);
    }
}

void TabStrip::paintTab(QPainter& painter, int tab) const
{
    const ThemeColors& c = Theme::colors();
    const QRect rect = tabRect(tab);
    const bool chosen = tab == currentIndex();
    const bool pointedAt = rect.contains(mapFromGlobal(QCursor::pos())) && underMouse();
    QFont textFont = font();
    textFont.setWeight(chosen ? QFont::DemiBold : QFont::Normal);
    painter.setFont(textFont);
    painter.setPen(chosen || pointedAt ? c.text : c.text2);

    const Badge& badge = badgeOf(tab);
    const QFontMetrics badgeMetrics(badgeFont());
    const int badgeWidth
        = badge.text.isEmpty() ? 0 : 2 * BadgePad + badgeMetrics.horizontalAdvance(badge.text);
    const int textWidth = QFontMetrics(textFont).horizontalAdvance(tabText(tab));
    const int contentWidth = textWidth + (badgeWidth > 0 ? Gap + badgeWidth : 0);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](int x, int width) {
        const int left = rect.left() + (rect.width() - contentWidth) / 2 + x;
        const int mirroredLeft = rect.right() + 1 - (rect.width() - contentWidth) / 2 - x - width;
        return QRect(mirrored ? mirroredLeft : left, rect.top(), width, rect.height());
    };
    painter.drawText(place(0, textWidth), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft), tabText(tab));

    if (badgeWidth > 0) {
        const QRect box = place(textWidth + Gap, badgeWidth);
        const int height = badgeMetrics.height() + 2;
        const QRectF pill(box.left(), box.center().y() - height / 2.0 + 0.5, box.width(), height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(badge.tone == BadgeTone::Bad ? c.badSoft : c.track);
        painter.drawRoundedRect(pill, 3, 3);
        painter.setFont(badgeFont());
        painter.setPen(badge.tone == BadgeTone::Bad ? c.bad : c.text2);
        painter.drawText(pill, static_cast<int>(Qt::AlignCenter), badge.text);
    }
    if (chosen) {
        painter.fillRect(
            QRect(rect.left(), rect.bottom() - Underline + 1, rect.width(), Underline), c.accent);
        if (hasFocus()) {
            painter.setPen(QPen(c.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 4, -3, -5), 4, 4);
        }
    }
}

} // namespace workbench
