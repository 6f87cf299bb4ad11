// SPDX-License-Identifier: GPL-3.0-or-later
/// The menu bar: the window's own actions, and those the panels offer.
#pragma once

#include "ui/window/window_actions.h"

#include <QList>
#include <QObject>

class QAction;
class QMenu;
class QMenuBar;

namespace workbench {

class WindowMemory;

struct PanelActions {
    QList<QAction*> preview;
    QList<QAction*> rejections;
    QList<QAction*> schema;
    QList<QAction*> insights;
    QList<QAction*> jobs;
};

class WindowMenus final : public QObject {
    Q_OBJECT

public:
    WindowMenus(
        QMenuBar* bar, const WindowActions& actions, const PanelActions& panels, WindowMemory& memory);

    /// Recent folders with "Clear"; shared by File and the tool bar.
    [[nodiscard]] QMenu* recentMenu() const { return m_recent; }
    /// Edit offers the copying of the tab in sight: Preview and Rejections use the same keys.
    void showEditOf(Tab tab);

Q_SIGNALS:
    void recentChosen(const QString& folder);

private:
    void fillRecent();

    const WindowActions& m_actions;
    PanelActions m_panels;
    WindowMemory& m_memory;
    QMenu* m_edit;
    QMenu* m_recent;
};

} // namespace workbench
