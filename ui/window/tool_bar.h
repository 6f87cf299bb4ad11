// SPDX-License-Identifier: GPL-3.0-or-later
/// What is open, in which schema, and what can be done with it.
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;

namespace workbench {

class ElidedLabel;
class WindowActions;
class WorkbenchState;

class ToolBar final : public QWidget {
    Q_OBJECT

public:
    ToolBar(WorkbenchState& state, const WindowActions& actions, QWidget* parent);

    void setRecentMenu(QMenu* menu);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showIcon();
    void showFolder();
    void showExport();
    void showPublish(const QString& exportObstacle);
    [[nodiscard]] QString exportObstacle() const; ///< why Export has to wait; empty when it need not

    WorkbenchState& m_state;
    const WindowActions& m_actions;
    QPushButton* m_open;
    QPushButton* m_recent;
    QPushButton* m_reload;
    QLabel* m_folderIcon;
    ElidedLabel* m_folder;
    QLabel* m_facts;
    QLabel* m_schema;
    QWidget* m_schemaRule;
    QPushButton* m_export;
    QPushButton* m_publish;
};

} // namespace workbench
