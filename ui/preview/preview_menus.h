// SPDX-License-Identifier: GPL-3.0-or-later
/// What a right click offers on a cell of the preview and on a column's header.
#pragma once

#include "ui/preview/preview_header.h"
#include "ui/preview/preview_model.h"

#include <QObject>

#include <optional>

class QMenu;
class QPoint;

namespace workbench {

class WorkbenchState;

/// Only what the table shows can be copied: values that passed, and shapes of those that did not.
class PreviewMenus final : public QObject {
    Q_OBJECT

public:
    PreviewMenus(WorkbenchState& state, const PreviewModel& model, QWidget* panel);

    /// What can be done to the column of the current cell: for the menus, filled when it opens.
    [[nodiscard]] QMenu* columnMenu() const { return m_columnMenu; }
    void openOnCell(const QModelIndex& cell, const QPoint& global);
    void openOnHeader(int column, std::optional<SortKey> sorted, QAction* columns, const QPoint& global);
    /// To columnMenu(), which asks for it by columnMenuOpens().
    void fillColumnMenu(int column, std::optional<SortKey> sorted, bool canMoveLeft, bool canMoveRight);

Q_SIGNALS:
    void detailsAsked();
    void sortAsked(int column, std::optional<workbench::SortOrder> order); ///< nothing: as the files stand
    void hideAsked(int column);
    void moveAsked(int column, int by); ///< to the left or right, as the eye sees it
    void columnMenuOpens();

private:
    [[nodiscard]] QMenu* makeMenu(const QString& name);
    void addOrders(QMenu& menu, int column, std::optional<SortKey> sorted);
    void addHide(QMenu& menu, int column);
    void copyText(const QString& text);

    WorkbenchState& m_state;
    const PreviewModel& m_model;
    QWidget* m_panel;
    QMenu* m_columnMenu;
};

} // namespace workbench
