// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/focus_ring.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>

namespace workbench {
namespace {

/// The line inside a spin box or a combo box is a part of it.
QWidget* controlOf(QWidget* focused)
{
    QWidget* outer = focused ? focused->parentWidget() : nullptr;
    const bool inner = qobject_cast<QLineEdit*>(focused)
        && (qobject_cast<QAbstractSpinBox*>(outer) || qobject_cast<QComboBox*>(outer));
    return inner ? outer : focused;
}

} // namespace

FocusRing::FocusRing(QWidget* window) : QFocusFrame(window), m_window(window)
{
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
    follow(QApplication::focusWidget());
}

void FocusRing::ringEveryWindow(QObject* owner)
{
    connect(qApp, &QApplication::focusChanged, owner, [](QWidget*, QWidget* now) {
        QWidget* window = now ? now->window() : nullptr;
        if (window && !window->findChild<FocusRing*>()) {
            new FocusRing(window);
        }
    });
}

void FocusRing::follow(QWidget* now)
{
    QWidget* control = controlOf(now);
    const bool rings = control && control->window() == m_window
        && (qobject_cast<QAbstractButton*>(control) || qobject_cast<QLineEdit*>(control)
            || qobject_cast<QComboBox*>(control) || qobject_cast<QAbstractSpinBox*>(control));
    setWidget(rings ? control : nullptr);
}

} // namespace workbench
