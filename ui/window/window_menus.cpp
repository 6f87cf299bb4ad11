// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_menus.h"

#include "ui/theme/icons.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_memory.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace workbench {
namespace {

/// Copying belongs where people look for it; the panel keeps it working only while it is in sight.
bool isEditAction(const QAction& action)
{
    return action.shortcuts().contains(QKeySequence(QKeySequence::Copy))
        || action.shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)
        || action.shortcuts().contains(QKeySequence(QKeySequence::FindNext));
}

void addTo(QMenu* menu, const QList<QAction*>& actions)
{
    if (!menu->isEmpty() && !actions.isEmpty()) {
        menu->addSeparator();
    }
    menu->addActions(actions);
}

} // namespace

WindowMenus::WindowMenus(
    QMenuBar* bar, const WindowActions& actions, const PanelActions& panels, WindowMemory& memory)
    : QObject(bar)
    , m_memory(memory)
{
    QMenu* file = bar->addMenu(tr("&File"));
    file->addAction(actions.openFolder);
    m_recent = file->addMenu(icon(QStringLiteral("clock")), tr("Open re&cent"));
    file->addAction(actions.openSample);
    file->addAction(actions.reload);
    file->addSeparator();
    file->addAction(actions.exportRows);
    file->addAction(actions.publish);
    file->addSeparator();
    file->addAction(actions.settings);
    file->addSeparator();
    file->addAction(actions.quit);

    QMenu* edit = bar->addMenu(tr("&Edit"));
    edit->addActions({actions.undo, actions.redo});
    edit->addSeparator();
    QList<QAction*> previewRest;
    for (QAction* action : panels.preview) {
        (isEditAction(*action) ? edit->addAction(action) : previewRest.append(action));
    }
    edit->addSeparator();
    edit->addActions({actions.find, actions.clearFilters});

    QMenu* view = bar->addMenu(tr("&View"));
    for (QAction* tab : actions.tabs) {
        view->addAction(tab);
    }
    view->addSeparator();
    view->addActions({actions.nextTab, actions.previousTab, actions.nextPane});
    view->addSeparator();
    view->addAction(actions.showFilters);
    addTo(view, panels.insights);
    view->addSeparator();
    QMenu* appearance = view->addMenu(tr("&Appearance"));
    appearance->addActions(actions.appearance->actions());

    QMenu* rows = bar->addMenu(tr("&Rows"));
    rows->addActions(previewRest);
    addTo(rows, panels.rejections);
    bar->addMenu(tr("&Schema"))->addActions(panels.schema);
    bar->addMenu(tr("&Jobs"))->addActions(panels.jobs);

    QMenu* help = bar->addMenu(tr("&Help"));
    help->addAction(actions.shortcuts);
    help->addSeparator();
    help->addAction(actions.about);

    connect(&m_memory, &WindowMemory::recentChanged, this, &WindowMenus::fillRecent);
    fillRecent();
}

void WindowMenus::fillRecent()
{
    m_recent->clear();
    for (const QString& folder : m_memory.recentFolders()) {
        QString text = folder;
        text.replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* action = m_recent->addAction(icon(QStringLiteral("folder")), text);
        connect(action, &QAction::triggered, this, [this, folder] { Q_EMIT recentChosen(folder); });
    }
    const bool none = m_memory.recentFolders().isEmpty();
    if (none) {
        m_recent->addAction(tr("No folder was opened yet"))->setEnabled(false);
    } else {
        m_recent->addSeparator();
        connect(m_recent->addAction(tr("&Clear this list")), &QAction::triggered, &m_memory,
            &WindowMemory::clearRecent);
    }
}

} // namespace workbench
