// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcut_priority.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>

namespace workbench {

ShortcutPriority::ShortcutPriority(QWidget* window, const QList<QAction*>& actions)
    : QObject(window)
    , m_actions(actions)
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
        const bool ours = std::any_of(m_actions.begin(), m_actions.end(),
            [&keys](const QAction* action) { return action->shortcuts().contains(keys); });
        if (ours) {
            event->ignore(); // accepted, it would be a key of the line
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace workbench
