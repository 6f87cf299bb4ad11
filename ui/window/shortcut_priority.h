// SPDX-License-Identifier: GPL-3.0-or-later
/// Keys of the window that a line for text would take for its own: Ctrl+E goes to the end of a line there.
#pragma once

#include <QList>
#include <QObject>

class QAction;

namespace workbench {

/// Belongs to the window; sees to the lines that are in it now.
class ShortcutPriority final : public QObject {
    Q_OBJECT

public:
    ShortcutPriority(QWidget* window, const QList<QAction*>& actions);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QList<QAction*> m_actions;
};

} // namespace workbench
