// SPDX-License-Identifier: GPL-3.0-or-later
/// Every action of the window itself, with its keys; those of a panel belong to the panel.
#pragma once

#include <QAction>
#include <QObject>

#include <array>

class QActionGroup;
class QUndoStack;
class QWidget;

namespace workbench {

inline constexpr int TabCount = 5;
enum class Tab { Preview, Rejections, Schema, Insights, Jobs };

/// The name a tab has on the command line: "preview", "rejections", ….
[[nodiscard]] QString tabName(Tab tab);

/// Made and kept by the window; plain places for the menus, the tool bar and the connections.
class WindowActions final : public QObject {
    Q_OBJECT

public:
    WindowActions(QUndoStack& undoStack, QWidget* window);

    QAction* openFolder;
    QAction* openStore; ///< a database of examples
    QAction* openSample;
    QAction* reload;
    QAction* exportRows;
    QAction* publish;
    QAction* settings;
    QAction* quit;
    QAction* undo;
    QAction* redo;
    QAction* find;
    QAction* clearFilters;
    std::array<QAction*, TabCount> tabs;
    QAction* nextTab;
    QAction* previousTab;
    QAction* nextPane;
    QAction* previousPane;
    QAction* showFilters;
    QActionGroup* appearance; ///< data: int of Appearance
    QAction* shortcuts;
    QAction* about;

private:
    QAction* add(const QString& text, const QString& iconName, const QList<QKeySequence>& keys,
        const QString& tip = {});
    void addAppearances();

    QWidget* m_window;
};

/// "Export 1,214 rows… (Ctrl+E)" for a tooltip.
[[nodiscard]] QString withKeys(const QString& text, const QAction& action);

} // namespace workbench
