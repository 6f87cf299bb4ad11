// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/focus_ring.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>

namespace workbench {

FocusRing::FocusRing(QWidget* window) : QFocusFrame(window), m_window(window)
{
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* now)
{
    QWidget* control = now;
    if (now && qobject_cast<QLineEdit*>(now) && qobject_cast<QAbstractSpinBox*>(now->parentWidget())) {
        control = now->parentWidget();
    }
    const bool rings = control && control->window() == m_window
        && (qobject_cast<QAbstractButton*>(control) || qobject_cast<QLineEdit*>(control)
            || qobject_cast<QComboBox*>(control) || qobject_cast<QAbstractSpinBox*>(control));
    setWidget(rings ? control : nullptr);
}

} // namespace workbench
