// SPDX-License-Identifier: GPL-3.0-or-later
/// The history of exports: sorted by any column, one row chosen at a time.
#pragma once

#include <QTableView>

class QSortFilterProxyModel;

namespace workbench {

class JobsModel;

/// Where there is too little room for all columns, the sentence on the filters is cut, and not how a job
/// went.
class JobsTable final : public QTableView {
    Q_OBJECT

public:
    JobsTable(JobsModel& jobs, QWidget* parent);

    [[nodiscard]] QString chosenJobId() const; ///< empty when no row is chosen
    /// A row of the model, wherever it stands here; none: the first one here.
    void choose(int row);
    /// With nothing cut but the filters, and these as far as may be.
    [[nodiscard]] int leastWidth() const;

Q_SIGNALS:
    void chosen(); ///< another row, by whomever

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int widthBesideFilters() const;

    JobsModel& m_jobs;
    QSortFilterProxyModel* m_sorted;
    int m_filtersWidth = 0; ///< with room for all columns
};

} // namespace workbench
