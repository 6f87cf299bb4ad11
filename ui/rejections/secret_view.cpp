// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/secret_view.h"

#include "ui/theme/theme.h"

#include <QBackingStore>
#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace workbench {

namespace {

constexpr int TextMargin = 10;
constexpr int MostLines = 8;

} // namespace

SecretView::SecretView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Revealed value, on the screen only"));
    setContextMenuPolicy(Qt::NoContextMenu);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_tick.setInterval(50);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_since.elapsed() >= m_milliseconds) {
            hideValue();
        } else {
            Q_EMIT ticked();
        }
    });
}

SecretView::~SecretView() { std::fill(m_value.begin(), m_value.end(), QChar()); }

void SecretView::showValue(const QString& value, int seconds)
{
    hideValue();
    m_value = QString(value.constData(), value.size());
    m_shows = true;
    m_milliseconds = seconds * 1000;
    m_since.start();
    m_tick.start();
    updateGeometry();
    update();
    Q_EMIT ticked();
}

void SecretView::hideValue()
{
    if (!m_shows) {
        return;
    }
    m_tick.stop();
    m_shows = false;
    std::fill(m_value.begin(), m_value.end(), QChar());
    m_value.clear();
    // At once, not with the next turn of the event loop: what was on the screen must not linger.
    repaint();
    updateGeometry();
    Q_EMIT hidden();
}

void SecretView::extend()
{
    if (m_shows) {
        m_since.restart();
        Q_EMIT ticked();
    }
}

int SecretView::secondsLeft() const
{
    return m_shows ? static_cast<int>((std::max<qint64>(m_milliseconds - m_since.elapsed(), 0) + 999) / 1000)
                   : 0;
}

double SecretView::shareLeft() const
{
    return m_shows ? std::clamp(1.0 - static_cast<double>(m_since.elapsed()) / m_milliseconds, 0.0, 1.0)
                   : 0.0;
}

QSize SecretView::sizeHint() const { return {200, heightForWidth(200)}; }

int SecretView::heightForWidth(int width) const
{
    const QFontMetrics metrics(Theme::monoFont());
    const int least = metrics.height() + 2 * TextMargin;
    if (!m_shows) {
        return least;
    }
    const QRect needed = metrics.boundingRect(
        QRect(0, 0, width - 2 * TextMargin, 100'000), Qt::TextWrapAnywhere | Qt::AlignLeft, m_value);
    return std::clamp(needed.height(), metrics.height(), MostLines * metrics.lineSpacing()) + 2 * TextMargin;
}

bool SecretView::paintsToScreen() const
{
    // A widget in a window is painted into the window's backing store. grab(), render() and everything made
    // of them (pictures, printing, drag images) redirect the painting to another device.
    const QBackingStore* store = backingStore();
    return store && redirected(nullptr) == const_cast<QBackingStore*>(store)->paintDevice();
}

void SecretView::paintEvent(QPaintEvent*)
{
    const bool showIt = m_shows && paintsToScreen();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = Theme::colors();
    painter.setPen(m_shows ? colors.bad : colors.line);
    painter.setBrush(colors.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (showIt) {
        painter.setFont(Theme::monoFont());
        painter.setPen(colors.text);
        painter.drawText(rect().adjusted(TextMargin, TextMargin, -TextMargin, -TextMargin),
            Qt::TextWrapAnywhere | Qt::AlignLeft | Qt::AlignVCenter, m_value);
    }
}

void SecretView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_window != window()) {
        if (m_window) {
            m_window->removeEventFilter(this);
        }
        m_window = window();
        m_window->installEventFilter(this);
    }
}

void SecretView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    hideValue();
}

bool SecretView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::WindowDeactivate || event->type() == QEvent::WindowStateChange) {
        hideValue();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace workbench
