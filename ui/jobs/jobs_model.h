// SPDX-License-Identifier: GPL-3.0-or-later
/// The history of exports as a table, newest first; what runs or waits, in whatever program, as it goes on.
#pragma once

#include "core/job/job_record.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include <optional>
#include <string>
#include <vector>

namespace workbench {

/// The export of this window that is under way.
struct RunningJob {
    JobRecord record; ///< shown until the record on disk says the same
    double done = 0; ///< 0 to 1
};

class JobsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Started, Filters, Rows, Rejected, Took, Result, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, ///< the typed value
        JobIdRole, ///< QString
        StatusRole, ///< int of JobStatus
        QuietRole, ///< bool: secondary text
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Replaces the list; `now` decides how times are written. The same jobs in the same order change their
    /// cells alone, so that nothing that is chosen or scrolled to moves.
    void setJobs(std::vector<JobRecord> jobs, const QDateTime& now);
    void setRunning(std::optional<RunningJob> running);
    void setDone(double done); ///< of the running job

    [[nodiscard]] const JobRecord& job(int row) const { return m_jobs[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(const QString& jobId) const; ///< -1 when it is not listed
    /// The place of a job that waits, from 1; 0 for any other.
    [[nodiscard]] std::size_t queuePlace(const JobRecord& job) const;
    [[nodiscard]] int runningElsewhere() const; ///< jobs that another program runs
    [[nodiscard]] int waiting() const { return static_cast<int>(m_queue.size()); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void joinRunning();
    void lineUp();
    [[nodiscard]] bool isRunning(const JobRecord& job) const;
    [[nodiscard]] QString text(const JobRecord& job, int column) const;
    [[nodiscard]] QVariant sortValue(const JobRecord& job, int column) const;

    std::vector<JobRecord> m_jobs;
    std::vector<std::string> m_queue; ///< ids of those that wait, in their order
    std::optional<RunningJob> m_running;
    QDateTime m_now;
};

} // namespace workbench
