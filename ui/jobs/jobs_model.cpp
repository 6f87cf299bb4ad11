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
    std::swap(m_jobs, jobs); // `jobs` holds the old ones now
    joinRunning();
    const bool sameRows = std::ranges::equal(m_jobs, jobs, {}, &JobRecord::jobId, &JobRecord::jobId);
    m_now = now;
    if (sameRows) {
        lineUp();
        if (!m_jobs.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
        return;
    }
    std::swap(m_jobs, jobs); // a reset begins with what was
    beginResetModel();
    m_jobs = std::move(jobs);
    lineUp();
    endResetModel();
}

void JobsModel::lineUp()
{
    std::vector<const JobRecord*> waiting;
    for (const JobRecord& job : m_jobs) {
        if (job.status == JobStatus::Queued && job.request) {
            waiting.push_back(&job);
        }
    }
    std::ranges::sort(waiting, {}, [](const JobRecord* job) { return job->request->place; });
    m_queue.clear();
    for (const JobRecord* job : waiting) {
        m_queue.push_back(job->jobId);
    }
}

std::size_t JobsModel::queuePlace(const JobRecord& job) const
{
    const auto found = std::ranges::find(m_queue, job.jobId);
    return found == m_queue.end() ? 0 : static_cast<std::size_t>(found - m_queue.begin()) + 1;
}

int JobsModel::runningElsewhere() const
{
    return static_cast<int>(std::ranges::count_if(m_jobs,
        [this](const JobRecord& job) { return job.status == JobStatus::Running && !isRunning(job); }));
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
    const bool elsewhere = job.status == JobStatus::Running && !isRunning(job);
    switch (column) {
    case State:
        return jobStateWord(job.status);
    case Started:
        return jobStartedText(job, m_now);
    case Filters:
        return jobFilterWords(job, m_now);
    case Rows:
        if (elsewhere && job.rows.matched > 0) { // so many as have passed so far
            return countText(job.rows.matched - std::min(job.rows.rejected, job.rows.matched));
        }
        return completed ? countText(job.rows.exported) : dash();
    case Rejected:
        return completed || ((over || elsewhere) && job.rows.rejected > 0) ? countText(job.rows.rejected)
                                                                           : dash();
    case Took:
        return over || (elsewhere && job.seconds >= 1) ? durationText(job.seconds) : dash();
    case Result:
        if (isRunning(job)) {
            return tr("%1 % done").arg(decimalText(std::floor(m_running->done * 100), 0));
        }
        if (const std::size_t place = queuePlace(job); place > 0) {
            return queuePlaceWords(place);
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
        return static_cast<qulonglong>(
            job.status == JobStatus::Running ? job.rows.matched : job.rows.exported);
    case Rejected:
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
            const QString when = displayLocale().toString(at, QLocale::LongFormat);
            return !at.isValid()                    ? QVariant()
                : shown.status == JobStatus::Queued ? QVariant(tr("Waiting since %1").arg(when))
                                                    : QVariant(when);
        }
        return index.column() == Filters ? QVariant(text(shown, Filters)) : QVariant();
    case Qt::TextAlignmentRole: {
        const bool figure = index.column() == Rows || index.column() == Rejected || index.column() == Took;
        return QVariant::fromValue(Qt::AlignVCenter | (figure ? Qt::AlignRight : Qt::AlignLeft));
    }
    case SortRole:
        return sortValue(shown, index.column());
    case JobIdRole:
        return toQt(shown.jobId);
    case StatusRole:
        return static_cast<int>(shown.status);
    case QuietRole:
        return index.column() == Started || (shown.status == JobStatus::Running && index.column() >= Rows)
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
        const bool figure = section == Rows || section == Rejected || section == Took;
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
    case Rejected:
        return tr("Rejected");
    case Took:
        return tr("Took");
    case Result:
        return tr("Result");
    default:
        return {};
    }
}

} // namespace workbench
