// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/narrow_menu.h"

#include "ui/preview/preview_state.h"
#include "ui/rejections/rejection_summary.h"

#include <QAction>

#include <algorithm>

namespace workbench {

NarrowMenu::NarrowMenu(RejectionSummary& summary, const FindingsModel& findings, QWidget* parent)
    : QMenu(parent)
    , m_summary(summary)
    , m_findings(findings)
{
    connect(this, &QMenu::aboutToShow, this, &NarrowMenu::fill);
}

void NarrowMenu::fill()
{
    clear();
    qDeleteAll(findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    if (!m_summary.hasSelection()) {
        return;
    }
    const auto say = [this](const QString& text) { addAction(text)->setEnabled(false); };
    say(tr("%1, %2", "rows rejected, findings").arg(m_summary.rowsTold(), m_summary.countsTold()));
    connect(addAction(tr("&All findings")), &QAction::triggered, this,
        [this] { m_summary.choose(std::nullopt); });
    addSeparator();
    addGroups(*this, FindingGroup::Rule);
    addSeparator();
    addGroups(*addMenu(tr("By &field")), FindingGroup::Field);
    addGroups(*addMenu(tr("By f&ile")), FindingGroup::File);
    if (const QStringList withheld = m_summary.withheldTold(); !withheld.isEmpty()) {
        addSeparator();
        say(tr("Withheld, row stays"));
        std::for_each(withheld.begin(), withheld.end(), say);
    }
}

void NarrowMenu::addGroups(QMenu& menu, FindingGroup group)
{
    for (const auto& [filter, rows] : m_summary.groups(group)) {
        QString name = m_summary.nameOf(filter);
        name.replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* action = menu.addAction(tr("%1: %2", "a rule and its rows").arg(name, rowsText(rows)));
        action->setCheckable(true);
        action->setChecked(m_findings.narrowedTo() == filter);
        connect(action, &QAction::triggered, this, [this, filter = filter] { m_summary.choose(filter); });
    }
}

} // namespace workbench
