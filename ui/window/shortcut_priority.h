// SPDX-License-Identifier: GPL-3.0-or-later
/// Keys of the window that a line for text would take for its own: Ctrl+E goes to the end of a line there,
/// and Ctrl+Z takes back what was typed, although a figure or a date is a filter as soon as it is entered.
#pragma once

#include <QList>
#include <QObject>

class QAction;

namespace workbench {

/// Belongs to the window; sees to the lines that are in it now.
class ShortcutPriority final : public QObject {
    Q_OBJECT

public:
    /// `everywhere` in all lines for text, `inFigures` in those of dates and figures.
    ShortcutPriority(
        QWidget* window, const QList<QAction*>& everywhere, const QList<QAction*>& inFigures = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QList<QAction*> m_everywhere;
    QList<QAction*> m_inFigures;
};

} // namespace workbench
