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

/// Copying and finding belong where people look for them.
bool isEditAction(const QAction* action)
{
    const QList<QKeySequence> keys = action->shortcuts();
    return keys.contains(QKeySequence(QKeySequence::Copy))
        || keys.contains(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C))
        || keys.contains(QKeySequence(QKeySequence::FindNext));
}

QList<QAction*> editActions(QList<QAction*> actions)
{
    actions.removeIf([](const QAction* action) { return !isEditAction(action); });
    return actions;
}

QList<QAction*> otherActions(QList<QAction*> actions)
{
    actions.removeIf(isEditAction);
    return actions;
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
    , m_actions(actions)
    , m_panels(panels)
    , m_memory(memory)
{
    QMenu* file = bar->addMenu(tr("&File"));
    file->addAction(actions.openFolder);
    file->addAction(actions.openStore);
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

    m_edit = bar->addMenu(tr("&Edit"));
    showEditOf(Tab::Preview);

    QMenu* view = bar->addMenu(tr("&View"));
    for (QAction* tab : actions.tabs) {
        view->addAction(tab);
    }
    view->addSeparator();
    view->addActions({actions.nextTab, actions.previousTab, actions.nextPane, actions.previousPane});
    view->addSeparator();
    view->addAction(actions.showFilters);
    addTo(view, panels.insights);
    view->addSeparator();
    QMenu* appearance = view->addMenu(tr("&Appearance"));
    appearance->addActions(actions.appearance->actions());

    QMenu* rows = bar->addMenu(tr("&Rows"));
    rows->addActions(otherActions(panels.preview));
    addTo(rows, otherActions(panels.rejections));
    bar->addMenu(tr("&Schema"))->addActions(panels.schema);
    bar->addMenu(tr("&Jobs"))->addActions(panels.jobs);

    QMenu* help = bar->addMenu(tr("&Help"));
    help->addAction(actions.shortcuts);
    help->addSeparator();
    help->addAction(actions.about);

    connect(&m_memory, &WindowMemory::recentChanged, this, &WindowMenus::fillRecent);
    fillRecent();
}

void WindowMenus::showEditOf(Tab tab)
{
    m_edit->clear();
    m_edit->addActions({m_actions.undo, m_actions.redo});
    addTo(m_edit, editActions(tab == Tab::Rejections ? m_panels.rejections : m_panels.preview));
    addTo(m_edit, {m_actions.find, m_actions.clearFilters});
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
