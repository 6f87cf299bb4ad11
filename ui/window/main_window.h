// SPDX-License-Identifier: GPL-3.0-or-later
/// Places the panels and connects them; what they do is theirs.
#pragma once

#include "ui/window/window_actions.h"

#include <QMainWindow>
#include <QTimer>

class QSplitter;
class QStackedWidget;

namespace workbench {

class FiltersPanel;
class FirstRunPage;
class Panels;
class StatusLine;
class TabStrip;
class ToolBar;
class WindowMemory;
class WindowMenus;
class WorkbenchState;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(WorkbenchState& state, WindowMemory& memory, QWidget* parent = nullptr);

    void showTab(Tab tab);
    [[nodiscard]] Tab currentTab() const;
    /// True when nothing is on its way: a picture of the window is finished.
    [[nodiscard]] bool idle() const;

    void askForFolder();
    void askForStore();
    void openFolder(const QString& folder);

Q_SIGNALS:
    void tabShown();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildContent();
    void buildMenus();
    void connectActions();
    void connectState();
    void restoreLayout();
    void keepOutDir();
    void setUsualFilterWidth();
    void showFolderState();
    void showBadges();
    void showJobEnd(const struct ExportResult& result);
    void rememberLayout();
    void stepPane(int by);
    void openSettings();
    void setAppearance(int appearance);

    WorkbenchState& m_state;
    WindowMemory& m_memory;
    WindowActions* m_actions;
    FiltersPanel* m_filters; // made in the order of the focus
    TabStrip* m_tabs;
    Panels* m_panels;
    ToolBar* m_toolBar = nullptr;
    StatusLine* m_status = nullptr;
    QStackedWidget* m_pages = nullptr; ///< one a tab
    QStackedWidget* m_centre = nullptr; ///< the first-run page, or the tabs
    FirstRunPage* m_firstRun = nullptr;
    QSplitter* m_splitter = nullptr;
    WindowMenus* m_menus = nullptr;
    QTimer m_remember; ///< runs while the window moves or changes its size
    bool m_closing = false; ///< the person agreed to cancel the running job and leave
};

} // namespace workbench
