// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcut_priority.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace workbench {

namespace {

bool holds(const QList<QAction*>& actions, const QKeySequence& keys)
{
    return std::any_of(actions.begin(), actions.end(),
        [&keys](const QAction* action) { return action->shortcuts().contains(keys); });
}

} // namespace

ShortcutPriority::ShortcutPriority(
    QWidget* window, const QList<QAction*>& everywhere, const QList<QAction*>& inFigures)
    : QObject(window)
    , m_everywhere(everywhere)
    , m_inFigures(inFigures)
{
    for (auto* line : window->findChildren<QLineEdit*>()) {
        line->installEventFilter(this);
    }
    for (auto* box : window->findChildren<QAbstractSpinBox*>()) {
        box->installEventFilter(this);
    }
}

bool ShortcutPriority::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const QKeySequence keys(static_cast<QKeyEvent*>(event)->keyCombination());
        const bool isFigure
            = qobject_cast<QAbstractSpinBox*>(watched) || qobject_cast<QAbstractSpinBox*>(watched->parent());
        if (holds(m_everywhere, keys) || (isFigure && holds(m_inFigures, keys))) {
            event->ignore(); // accepted, it would be a key of the line
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace workbench
