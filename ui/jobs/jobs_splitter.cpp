// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_splitter.h"

#include "ui/jobs/job_details.h"
#include "ui/jobs/jobs_table.h"

#include <QEvent>
#include <QSettings>

namespace workbench {

namespace {

const QList<int> SizesBeside {780, 410}; ///< every column of the table in sight in a window of 1440
const QList<int> SizesBelow {200, 400};

} // namespace

JobsSplitter::JobsSplitter(JobsTable& table, JobDetails& details, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_table(table)
    , m_details(details)
{
    setObjectName(QStringLiteral("jobsSplitter"));
    addWidget(&table);
    addWidget(&details);
    setStretchFactor(0, 3);
    setStretchFactor(1, 2);
    setChildrenCollapsible(false);
    handle(1)->installEventFilter(this);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        QStringList chosen;
        for (const int size : sizes()) {
            chosen << QString::number(size);
        }
        QSettings().setValue(sizesKey(), chosen);
    });
    restoreSizes();
}

void JobsSplitter::fit(int width)
{
    const bool hasRoomBeside
        = width >= m_table.leastWidth() + handleWidth() + m_details.minimumSizeHint().width();
    const Qt::Orientation wanted = hasRoomBeside ? Qt::Horizontal : Qt::Vertical;
    if (orientation() != wanted) {
        setOrientation(wanted);
        restoreSizes();
    }
}

bool JobsSplitter::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == handle(1) && event->type() == QEvent::MouseButtonDblClick) {
        QSettings().remove(sizesKey());
        restoreSizes();
        return true;
    }
    return QSplitter::eventFilter(watched, event);
}

QString JobsSplitter::sizesKey() const
{
    return orientation() == Qt::Horizontal ? QStringLiteral("jobs/sizesBeside")
                                           : QStringLiteral("jobs/sizesBelow");
}

/// What somebody chose, or else the usual ones.
void JobsSplitter::restoreSizes()
{
    QList<int> chosen;
    for (const QString& size : QSettings().value(sizesKey()).toStringList()) {
        chosen << size.toInt();
    }
    const bool isChosen = chosen.size() == 2 && chosen[0] > 0 && chosen[1] > 0;
    setSizes(isChosen ? chosen : orientation() == Qt::Horizontal ? SizesBeside : SizesBelow);
}

} // namespace workbench
