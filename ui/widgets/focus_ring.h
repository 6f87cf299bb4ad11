// SPDX-License-Identifier: GPL-3.0-or-later
/// The ring around the control that has the keyboard: 2 px, 1 px outside of it. Views frame their cell
/// instead.
#pragma once

#include <QFocusFrame>

namespace workbench {

/// One for a window; follows the focus by itself.
class FocusRing final : public QFocusFrame {
    Q_OBJECT

public:
    explicit FocusRing(QWidget* window);

private:
    void follow(QWidget* now);

    QWidget* m_window;
};

} // namespace workbench
