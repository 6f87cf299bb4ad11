// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_model.h"

#include "ui/bridge/qt_text.h"
#include "ui/jobs/job_words.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

QString dash() { return QStringLiteral("–"); }

} // namespace

void JobsModel::setJobs(std::vector<JobRecord> jobs, const QDateTime& now)
{
    beginResetModel();
    m_jobs = std::move(jobs);
    m_now = now;
    joinRunning();
    endResetModel();
}

void JobsModel::setRunning(std::optional<RunningJob> running)
{
    beginResetModel();
    if (m_running && !running) {
        // Its record follows from disk; until then it must not look as if it still ran.
        m_jobs.erase(std::remove_if(m_jobs.begin(), m_jobs.end(),
                         [this](const JobRecord& job) { return isRunning(job); }),
            m_jobs.end());
    }
    m_running = std::move(running);
    joinRunning();
    endResetModel();
}

void JobsModel::joinRunning()
{
    if (m_running && rowOf(toQt(m_running->record.jobId)) < 0) {
        m_jobs.insert(m_jobs.begin(), m_running->record);
    }
}

void JobsModel::setDone(double done)
{
    if (!m_running) {
        return;
    }
    m_running->done = done;
    const int row = rowOf(toQt(m_running->record.jobId));
    if (row >= 0) {
        Q_EMIT dataChanged(index(row, Result), index(row, Result));
    }
}

bool JobsModel::isRunning(const JobRecord& job) const
{
    return m_running && job.jobId == m_running->record.jobId
        && (job.status == JobStatus::Running || job.status == JobStatus::Queued);
}

int JobsModel::rowOf(const QString& jobId) const
{
    const std::string id = fromQt(jobId);
    const auto found
        = std::find_if(m_jobs.begin(), m_jobs.end(), [&id](const JobRecord& job) { return job.jobId == id; });
    return found == m_jobs.end() ? -1 : static_cast<int>(found - m_jobs.begin());
}

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString JobsModel::text(const JobRecord& job, int column) const
{
    const bool completed = job.status == JobStatus::Completed;
    const bool over = completed || job.status == JobStatus::Failed || job.status == JobStatus::Cancelled;
    switch (column) {
    case State:
        return jobStateWord(job.status);
    case Started:
        return jobStartedText(job, m_now);
    case Filters:
        return jobFilterWords(job, m_now);
    case Rows:
        return completed ? countText(job.rows.exported) : dash();
    case LeftOut:
        return completed || (over && job.rows.rejected > 0) ? countText(job.rows.rejected) : dash();
    case Took:
        return over ? durationText(job.seconds) : dash();
    case Result:
        if (isRunning(job)) {
            return tr("%1 % done").arg(decimalText(std::floor(m_running->done * 100), 0));
        }
        return jobResultWords(job);
    default:
        return {};
    }
}

QVariant JobsModel::sortValue(const JobRecord& job, int column) const
{
    switch (column) {
    case State:
        return static_cast<int>(job.status);
    case Started:
        return jobStartedAt(job);
    case Rows:
        return static_cast<qulonglong>(job.rows.exported);
    case LeftOut:
        return static_cast<qulonglong>(job.rows.rejected);
    case Took:
        return job.seconds;
    case Filters:
    case Result:
    default:
        return text(job, column);
    }
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const JobRecord& shown = job(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Result) {
            const QString sentence = jobErrorSentence(shown);
            return sentence.isEmpty() ? QVariant() : QVariant(sentence);
        }
        if (index.column() == Started) {
            const QDateTime at = jobStartedAt(shown);
            return at.isValid() ? QVariant(displayLocale().toString(at, QLocale::LongFormat)) : QVariant();
        }
        return index.column() == Filters ? QVariant(text(shown, Filters)) : QVariant();
    case Qt::TextAlignmentRole: {
        const bool figure = index.column() == Rows || index.column() == LeftOut || index.column() == Took;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    case SortRole:
        return sortValue(shown, index.column());
    case JobIdRole:
        return toQt(shown.jobId);
    case StatusRole:
        return static_cast<int>(shown.status);
    case QuietRole:
        return index.column() == Started
            || (index.column() == Result && !(shown.push && shown.push->pushed)
                && shown.status != JobStatus::Failed);
    default:
        return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool figure = section == Rows || section == LeftOut || section == Took;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) {
        return {};
    }
    switch (section) {
    case State:
        return tr("State");
    case Started:
        return tr("Started");
    case Filters:
        return tr("Filters");
    case Rows:
        return tr("Rows");
    case LeftOut:
        return tr("Left out");
    case Took:
        return tr("Took");
    case Result:
        return tr("Result");
    default:
        return {};
    }
}

} // namespace workbench
