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

    void openOnCell(const QModelIndex& cell, const QPoint& global);
    void openOnHeader(int column, std::optional<SortKey> sorted, QAction* columns, const QPoint& global);

Q_SIGNALS:
    void detailsAsked();
    void sortAsked(int column, std::optional<workbench::SortOrder> order); ///< nothing: as the files stand
    void hideAsked(int column);

private:
    [[nodiscard]] QMenu* makeMenu(const QString& name);
    void copyText(const QString& text);

    WorkbenchState& m_state;
    const PreviewModel& m_model;
    QWidget* m_panel;
};

} // namespace workbench
