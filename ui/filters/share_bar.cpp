// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/share_bar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/count_bar.h"

#include <QPainter>

namespace workbench {

ShareBar::ShareBar(int width, QWidget* parent) : QWidget(parent) { setFixedSize(width, CountBarHeight); }

void ShareBar::setShare(double share, bool chosen)
{
    m_share = share;
    m_chosen = chosen;
    update();
}

void ShareBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ThemeColors& c = Theme::colors();
    drawCountBar(&painter, rect(), m_share, m_chosen ? c.accent : c.bar, layoutDirection());
}

} // namespace workbench
