// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_table.h"

#include "ui/jobs/job_cell_delegate.h"
#include "ui/jobs/jobs_model.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/leading_mark.h"
#include "ui/widgets/plain_table.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace workbench {

namespace {

constexpr int LeastFilters = 80;
constexpr int LeastResult = 110;

} // namespace

JobsTable::JobsTable(JobsModel& jobs, QWidget* parent)
    : QTableView(parent)
    , m_jobs(jobs)
    , m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(&jobs);
    m_sorted->setSortRole(JobsModel::SortRole);
    setObjectName(QStringLiteral("jobsTable"));
    setAccessibleName(tr("Exports"));
    setModel(m_sorted);
    setItemDelegate(new JobCellDelegate(this));
    makePlain(*this);
    setSelectionMode(SingleSelection);
    setSortingEnabled(true);
    makePlainHeader(*this);
    horizontalHeader()->setStretchLastSection(true);
    sortByColumn(JobsModel::Started, Qt::DescendingOrder);
    const QFontMetrics text(Theme::tableFont());
    const auto width = [&text](const QString& sample) {
        return text.horizontalAdvance(sample) + 2 * JobCellDelegate::Margin + 4;
    };
    setColumnWidth(JobsModel::State, width(tr("completed")) + leadingMarkRoom());
    setColumnWidth(JobsModel::Started, width(QStringLiteral("22 Nov 2026")) + 12);
    m_filtersWidth = width(tr("Any source, any industry")) + 8;
    setColumnWidth(JobsModel::Filters, m_filtersWidth);
    setColumnWidth(JobsModel::Rows, width(QStringLiteral("000,000")) + 4);
    setColumnWidth(JobsModel::Rejected, width(tr("Rejected")) + 12);
    setColumnWidth(JobsModel::Took, width(QStringLiteral("00 min 00 s")));
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JobsTable::chosen);
}

QString JobsTable::chosenJobId() const { return currentIndex().data(JobsModel::JobIdRole).toString(); }

void JobsTable::choose(int row)
{
    setCurrentIndex(row >= 0 ? m_sorted->mapFromSource(m_jobs.index(row, 0)) : m_sorted->index(0, 0));
}

void JobsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    const int left = viewport()->width() - widthBesideFilters();
    setColumnWidth(
        JobsModel::Filters, std::clamp(left, std::min(sized(LeastFilters), m_filtersWidth), m_filtersWidth));
}

int JobsTable::widthBesideFilters() const
{
    int width = sized(LeastResult);
    for (const int column :
        {JobsModel::State, JobsModel::Started, JobsModel::Rows, JobsModel::Rejected, JobsModel::Took}) {
        width += columnWidth(column);
    }
    return width;
}

int JobsTable::leastWidth() const
{
    return widthBesideFilters() + sized(LeastFilters) + verticalScrollBar()->sizeHint().width();
}

} // namespace workbench
