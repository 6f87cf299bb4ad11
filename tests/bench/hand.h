// SPDX-License-Identifier: GPL-3.0-or-later
/// Who turns the wheel and presses keys while the window is timed.
#pragma once

#include <QApplication>
#include <QKeyEvent>
#include <QProcess>
#include <QWheelEvent>
#include <QWidget>

#include <cstdio>

namespace workbench {

/// Hands events to the widget; on an X server it is the server that sends them, through xdotool, to whatever
/// lies under the pointer and has the focus. They arrive a little later then.
class Hand final {
public:
    Hand() : m_real(QGuiApplication::platformName() == QLatin1String("xcb"))
    {
        if (m_real) {
            m_tool.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            m_tool.start(QStringLiteral("xdotool"), {QStringLiteral("-")});
            if (!m_tool.waitForStarted()) {
                std::fprintf(stderr, "bench_window: xdotool does not start\n");
            }
        }
    }
    ~Hand()
    {
        m_tool.closeWriteChannel();
        m_tool.waitForFinished(1000);
    }
    Hand(const Hand&) = delete;
    Hand& operator=(const Hand&) = delete;

    /// To the middle of `viewport`, and `view` gets the keys.
    void reachFor(QWidget& view, QWidget& viewport)
    {
        view.window()->activateWindow();
        view.setFocus();
        if (m_real) {
            const QPoint middle = viewport.mapToGlobal(viewport.rect().center());
            tell("mousemove " + QByteArray::number(middle.x()) + ' ' + QByteArray::number(middle.y()));
        }
    }

    /// Towards the end.
    void turnWheel(QWidget& viewport, int notches)
    {
        if (m_real) {
            for (int notch = 0; notch < notches; ++notch) {
                tell("mousedown 5 mouseup 5"); // "click" would sleep in between
            }
            return;
        }
        const QPointF middle(viewport.rect().center());
        QWheelEvent event(middle, viewport.mapToGlobal(middle), {}, {0, -notches * 120}, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&viewport, &event);
    }

    void pressPageDown(QWidget& view) { press(view, "Next", Qt::Key_PageDown, Qt::NoModifier); }
    void pressCtrlEnd(QWidget& view) { press(view, "ctrl+End", Qt::Key_End, Qt::ControlModifier); }

private:
    void press(QWidget& view, const char* name, int key, Qt::KeyboardModifiers modifiers)
    {
        if (m_real) {
            tell(QByteArray("key --delay 0 ") + name);
            return;
        }
        for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, key, modifiers);
            QApplication::sendEvent(&view, &event);
        }
    }

    void tell(const QByteArray& command) { m_tool.write(command + '\n'); }

    bool m_real;
    QProcess m_tool;
};

} // namespace workbench
