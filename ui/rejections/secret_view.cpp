// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/secret_view.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QBackingStore>
#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

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
    m_scrolled = m_wheel = 0;
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
    return std::clamp(textHeight(width - 2 * TextMargin), metrics.height(), MostLines * metrics.lineSpacing())
        + 2 * TextMargin;
}

int SecretView::textHeight(int width) const
{
    return QFontMetrics(Theme::monoFont())
        .boundingRect(QRect(0, 0, width, 0), Qt::TextWrapAnywhere | Qt::AlignLeft | Qt::AlignTop, m_value)
        .height();
}

QRect SecretView::textRect() const
{
    return rect().adjusted(TextMargin, TextMargin, -TextMargin, -TextMargin);
}

int SecretView::mostScrolled() const
{
    return m_shows ? std::max(0, textHeight(textRect().width()) - textRect().height()) : 0;
}

bool SecretView::scrolls() const { return mostScrolled() > 0; }

void SecretView::scrollTo(int pixels)
{
    m_scrolled = std::clamp(pixels, 0, mostScrolled());
    update();
}

bool SecretView::scrollByKey(int key)
{
    if (!scrolls()) {
        return false;
    }
    const int line = QFontMetrics(Theme::monoFont()).lineSpacing();
    const int page = std::max(line, textRect().height() - line);
    switch (key) {
    case Qt::Key_Up:
        scrollTo(m_scrolled - line);
        return true;
    case Qt::Key_Down:
        scrollTo(m_scrolled + line);
        return true;
    case Qt::Key_PageUp:
        scrollTo(m_scrolled - page);
        return true;
    case Qt::Key_PageDown:
        scrollTo(m_scrolled + page);
        return true;
    case Qt::Key_Home:
        scrollTo(0);
        return true;
    case Qt::Key_End:
        scrollTo(mostScrolled());
        return true;
    default:
        return false;
    }
}

void SecretView::wheelEvent(QWheelEvent* event)
{
    if (!scrolls()) {
        QWidget::wheelEvent(event);
        return;
    }
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / QWheelEvent::DefaultDeltasPerStep;
    m_wheel -= steps * QWheelEvent::DefaultDeltasPerStep;
    scrollTo(m_scrolled
        - steps * QApplication::wheelScrollLines() * QFontMetrics(Theme::monoFont()).lineSpacing());
    event->accept(); // at its ends, too: what stands around it stays where it is
}

void SecretView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    scrollTo(m_scrolled);
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
        const QRect text = textRect();
        painter.setClipRect(text);
        painter.drawText(text.translated(0, -m_scrolled), // what is below the rectangle is drawn, too
            Qt::TextWrapAnywhere | Qt::TextDontClip | Qt::AlignLeft | Qt::AlignTop, m_value);
        if (const int most = mostScrolled(); most > 0) {
            painter.setClipping(false);
            const int whole = text.height() + most;
            const QRect bar(text.right() + 4, text.top() + text.height() * m_scrolled / whole, 3,
                std::max(8, text.height() * text.height() / whole));
            painter.fillRect(bar, colors.bar);
        }
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
