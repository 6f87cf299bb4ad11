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
    , m_columnMenu(new QMenu(tr("This colum&n"), panel))
{
    m_columnMenu->setObjectName(QStringLiteral("previewColumnMenu"));
    connect(m_columnMenu, &QMenu::aboutToShow, this, &PreviewMenus::columnMenuOpens);
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
    menu->addMenu(m_columnMenu);
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
    addOrders(*menu, column, sorted);
    menu->addSeparator();
    addHide(*menu, column);
    menu->addAction(columns);
    menu->popup(global);
}

void PreviewMenus::fillColumnMenu(
    int column, std::optional<SortKey> sorted, bool canMoveLeft, bool canMoveRight)
{
    QMenu& menu = *m_columnMenu;
    menu.clear();
    menu.addAction(m_model.columns().name(column))->setEnabled(false); // which it is
    menu.addSeparator();
    addOrders(menu, column, sorted);
    menu.addSeparator();
    addHide(menu, column);
    const auto addMove = [&](const QString& text, int by, bool can) {
        QAction* action = menu.addAction(text);
        action->setEnabled(can);
        connect(action, &QAction::triggered, this, [this, column, by] { Q_EMIT moveAsked(column, by); });
    };
    addMove(tr("Move &left"), -1, canMoveLeft);
    addMove(tr("Move &right"), 1, canMoveRight);
}

void PreviewMenus::addOrders(QMenu& menu, int column, std::optional<SortKey> sorted)
{
    const bool isSorted = sorted && sorted->column == column;
    const auto addOrder = [&](const QString& text, std::optional<SortOrder> order, bool now) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(now);
        connect(
            action, &QAction::triggered, this, [this, column, order] { Q_EMIT sortAsked(column, order); });
    };
    addOrder(tr("Sort &ascending"), SortOrder::Ascending, isSorted && sorted->order == SortOrder::Ascending);
    addOrder(
        tr("Sort &descending"), SortOrder::Descending, isSorted && sorted->order == SortOrder::Descending);
    addOrder(tr("In &file order"), std::nullopt, !sorted);
}

void PreviewMenus::addHide(QMenu& menu, int column)
{
    QAction* hide = menu.addAction(tr("&Hide column"));
    hide->setEnabled(column >= PreviewColumns::FrozenCount);
    connect(hide, &QAction::triggered, this, [this, column] { Q_EMIT hideAsked(column); });
}

} // namespace workbench
