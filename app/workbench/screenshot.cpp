// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/screenshot.h"

#include "ui/window/main_window.h"

#include <QImageWriter>
#include <QPixmap>

#include <utility>

namespace workbench {
namespace {

constexpr int LookEveryMs = 30;
/// What was asked for in a paint event is on its way only after the event loop has turned.
constexpr int QuietLooks = 3;

} // namespace

Screenshot::Screenshot(MainWindow& window, QString path) : m_window(window), m_path(std::move(path))
{
    m_timer.setInterval(LookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
}

void Screenshot::begin() { m_timer.start(); }

void Screenshot::look()
{
    m_quietLooks = m_window.idle() ? m_quietLooks + 1 : 0;
    if (m_quietLooks >= QuietLooks) {
        m_timer.stop();
        save();
    }
}

void Screenshot::save()
{
    const QPixmap picture = m_window.grab();
    QImageWriter writer(m_path);
    if (writer.format().isEmpty() && !m_path.contains(QLatin1Char('.'))) {
        writer.setFormat("png");
    }
    if (writer.write(picture.toImage())) {
        Q_EMIT saved();
    } else {
        Q_EMIT failed(tr("%1 cannot be written: %2").arg(m_path, writer.errorString()));
    }
}

} // namespace workbench
