// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_actions.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QUndoStack>
#include <QWidget>

namespace workbench {

QString tabName(Tab tab)
{
    switch (tab) {
    case Tab::Preview:
        return QStringLiteral("preview");
    case Tab::Rejections:
        return QStringLiteral("rejections");
    case Tab::Schema:
        return QStringLiteral("schema");
    case Tab::Insights:
        return QStringLiteral("insights");
    case Tab::Jobs:
        return QStringLiteral("jobs");
    }
    return {};
}

WindowActions::WindowActions(QUndoStack& undoStack, QWidget* window) : QObject(window), m_window(window)
{
    openFolder
        = add(tr("&Open folder…"), QStringLiteral("open"), QKeySequence::keyBindings(QKeySequence::Open));
    openStore = add(
        tr("Open &database…"), QStringLiteral("open"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    openSample = add(tr("Open &sample data"), QStringLiteral("sample"), {});
    reload = add(tr("&Reload"), QStringLiteral("reload"), QKeySequence::keyBindings(QKeySequence::Refresh),
        tr("Read the folder again"));
    exportRows = add(tr("&Export rows…"), QStringLiteral("export"), {QKeySequence(Qt::CTRL | Qt::Key_E)});
    publish
        = add(tr("&Publish…"), QStringLiteral("publish"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    settings = add(tr("Se&ttings…"), QStringLiteral("settings"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)});
    settings->setMenuRole(QAction::PreferencesRole);
    quit = add(tr("&Quit"), QString(), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);

    undo = undoStack.createUndoAction(this, tr("&Undo"));
    undo->setShortcuts(QKeySequence::Undo);
    redo = undoStack.createRedoAction(this, tr("&Redo"));
    redo->setShortcuts(QKeySequence::Redo);
    window->addAction(undo);
    window->addAction(redo);
    find = add(
        tr("&Find by example id"), QStringLiteral("search"), QKeySequence::keyBindings(QKeySequence::Find));
    clearFilters = add(
        tr("C&lear filters"), QStringLiteral("filter"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});

    const std::array<QString, TabCount> names
        = {tr("&Preview"), tr("&Rejections"), tr("&Schema"), tr("&Insights"), tr("&Jobs")};
    for (std::size_t i = 0; i < TabCount; ++i) {
        const auto key = static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(i));
        tabs[i] = add(names[i], QString(), {QKeySequence(Qt::ALT | key)});
    }
    nextTab = add(tr("Next &tab"), QString(), {QKeySequence(Qt::CTRL | Qt::Key_Tab)});
    previousTab = add(tr("Pre&vious tab"), QString(), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab)});
    nextPane = add(tr("Ne&xt pane"), QString(), {QKeySequence(Qt::Key_F6)},
        tr("Goes from the filters to the table, to the details, and round again"));
    previousPane = add(tr("Pr&evious pane"), QString(), {QKeySequence(Qt::SHIFT | Qt::Key_F6)});
    showFilters = add(tr("&Filters"), QString(), {QKeySequence(Qt::Key_F9)});
    showFilters->setCheckable(true);
    showFilters->setChecked(true);
    addAppearances();

    shortcuts = add(
        tr("&Keys and words"), QStringLiteral("info"), QKeySequence::keyBindings(QKeySequence::HelpContents));
    about = add(tr("&About Signals Workbench"), QString(), {});
    about->setMenuRole(QAction::AboutRole);
}

QAction* WindowActions::add(
    const QString& text, const QString& iconName, const QList<QKeySequence>& keys, const QString& tip)
{
    auto* action = new QAction(text, this);
    if (!iconName.isEmpty()) {
        action->setIcon(icon(iconName));
    }
    action->setShortcuts(keys);
    if (!tip.isEmpty()) {
        action->setToolTip(tip);
        action->setStatusTip(tip);
    }
    m_window->addAction(action);
    return action;
}

void WindowActions::addAppearances()
{
    appearance = new QActionGroup(this);
    struct Choice {
        QString text;
        Appearance appearance;
    };
    for (const Choice& choice : {Choice {tr("As the &system"), Appearance::System},
             Choice {tr("&Light"), Appearance::Light}, Choice {tr("&Dark"), Appearance::Dark}}) {
        QAction* action = appearance->addAction(choice.text);
        action->setCheckable(true);
        action->setData(static_cast<int>(choice.appearance));
        action->setChecked(choice.appearance == Theme::appearance());
    }
}

QString withKeys(const QString& text, const QAction& action)
{
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys);
}

} // namespace workbench
