// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plain_table.h"

#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QTableView>

namespace workbench {

void makePlain(QTableView& table)
{
    table.setFrameShape(QFrame::NoFrame);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    QHeaderView* rows = table.verticalHeader();
    rows->hide();
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setMinimumSectionSize(Theme::rowHeight()); // the style would have more
    rows->setDefaultSectionSize(Theme::rowHeight());
}

void makePlainHeader(QTableView& table)
{
    QHeaderView* titles = table.horizontalHeader();
    titles->setFont(Theme::tableFont());
    titles->setFixedHeight(Theme::rowHeight() + 4);
    titles->setHighlightSections(false);
    titles->setTextElideMode(Qt::ElideRight);
}

} // namespace workbench
