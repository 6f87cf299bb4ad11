// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/busy_line.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace workbench {

BusyLine::BusyLine(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(2);
    setAccessibleName(tr("Working"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(100);
    m_step.setInterval(50);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        m_shown = true;
        m_step.start();
        update();
    });
    connect(&m_step, &QTimer::timeout, this, [this] {
        m_position = (m_position + 2) % 100;
        update();
    });
}

void BusyLine::setBusy(bool busy)
{
    if (busy && !m_shown && !m_delay.isActive()) {
        m_delay.start();
    } else if (!busy) {
        m_delay.stop();
        m_step.stop();
        m_shown = false;
        update();
    }
}

void BusyLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_shown ? Theme::colors().track : Theme::colors().window);
    if (m_shown) {
        const int piece = width() / 4;
        painter.fillRect(
            (width() + piece) * m_position / 100 - piece, 0, piece, height(), Theme::colors().accent);
    }
}

} // namespace workbench
