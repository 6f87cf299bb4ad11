// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_menus.h"

#include "ui/bridge/workbench_state.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace workbench {

PreviewMenus::PreviewMenus(WorkbenchState& state, const PreviewModel& model, QWidget* panel)
    : QObject(panel)
    , m_state(state)
    , m_model(model)
    , m_panel(panel)
{
}

QMenu* PreviewMenus::makeMenu(const QString& name)
{
    auto* menu = new QMenu(m_panel);
    menu->setObjectName(name);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

void PreviewMenus::copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    m_state.say(tr("Copied, as it is shown."));
}

void PreviewMenus::openOnCell(const QModelIndex& cell, const QPoint& global)
{
    QMenu* menu = makeMenu(QStringLiteral("previewCellMenu"));
    const QString shown = cell.data().toString();
    QAction* copy = menu->addAction(icon(QStringLiteral("copy")), tr("&Copy value as shown"));
    copy->setEnabled(!shown.isEmpty());
    connect(copy, &QAction::triggered, this, [this, shown] { copyText(shown); });

    const QModelIndex idCell = cell.siblingAtColumn(PreviewColumns::ExampleId);
    const auto idState = static_cast<CellState>(idCell.data(PreviewModel::StateRole).toInt());
    const QString id = idCell.data(PreviewModel::ExactRole).toString();
    QAction* copyId = menu->addAction(tr("Copy &example_id"));
    copyId->setEnabled(idState == CellState::Value && !id.isEmpty()); // the shape of an id is none
    connect(copyId, &QAction::triggered, this, [this, id] { copyText(id); });

    menu->addSeparator();
    connect(menu->addAction(tr("Show &details")), &QAction::triggered, this, &PreviewMenus::detailsAsked);
    if (cell.data(PreviewModel::RejectedRole).toBool()) {
        const RowNumber row = m_model.rowNumber(cell.row());
        connect(menu->addAction(tr("&Look at it in Rejections")), &QAction::triggered, this,
            [this, row] { Q_EMIT m_state.showFindingsRequested(row); });
    }
    menu->popup(global);
}

void PreviewMenus::openOnHeader(
    int column, std::optional<SortKey> sorted, QAction* columns, const QPoint& global)
{
    QMenu* menu = makeMenu(QStringLiteral("previewHeaderMenu"));
    const bool isSorted = sorted && sorted->column == column;
    const auto addOrder = [&](const QString& text, std::optional<SortOrder> order, bool now) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(now);
        connect(
            action, &QAction::triggered, this, [this, column, order] { Q_EMIT sortAsked(column, order); });
    };
    addOrder(tr("Sort &ascending"), SortOrder::Ascending, isSorted && sorted->order == SortOrder::Ascending);
    addOrder(
        tr("Sort &descending"), SortOrder::Descending, isSorted && sorted->order == SortOrder::Descending);
    addOrder(tr("In &file order"), std::nullopt, !sorted);
    menu->addSeparator();
    QAction* hide = menu->addAction(tr("&Hide column"));
    hide->setEnabled(column >= PreviewColumns::FrozenCount);
    connect(hide, &QAction::triggered, this, [this, column] { Q_EMIT hideAsked(column); });
    menu->addAction(columns);
    menu->popup(global);
}

} // namespace workbench
