// SPDX-License-Identifier: GPL-3.0-or-later
/// The ring around the control that has the keyboard: 2 px, 1 px outside of it. Views frame their cell
/// instead.
#pragma once

#include <QFocusFrame>

namespace workbench {

/// One for a window; follows the focus by itself. It lies above all of the window, and is cut off with its
/// control where that is scrolled out of sight.
class FocusRing final : public QFocusFrame {
    Q_OBJECT

public:
    explicit FocusRing(QWidget* window);

    /// Every window of the program has one from the moment it gets the keyboard, as long as `owner` lives.
    static void ringEveryWindow(QObject* owner);

private:
    void follow(QWidget* now);

    QWidget* m_window;
};

} // namespace workbench
