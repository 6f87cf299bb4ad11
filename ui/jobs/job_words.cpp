// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_words.h"

#include "ui/bridge/qt_text.h"
#include "ui/bridge/whole_path.h"
#include "ui/insights/insight_findings.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace workbench {

namespace {

constexpr double MeasuredSeconds = 1; ///< no time left is guessed from less

struct Words {
    Q_DECLARE_TR_FUNCTIONS(JobWords)
};

QString dayText(const QDate& day, const QDate& today)
{
    return displayLocale().toString(
        day, day.year() == today.year() ? Words::tr("d MMM") : Words::tr("d MMM yyyy"));
}

QString filterDay(UtcTime time, const QDateTime& now)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    const QString day = dayText(at.date(), now.toUTC().date());
    return at.time() == QTime(0, 0) ? day
                                    : day + QLatin1Char(' ') + at.time().toString(QStringLiteral("HH:mm"));
}

} // namespace

QString jobStateWord(JobStatus status)
{
    switch (status) {
    case JobStatus::Queued:
        return Words::tr("queued");
    case JobStatus::Running:
        return Words::tr("running");
    case JobStatus::Completed:
        return Words::tr("completed");
    case JobStatus::Failed:
        return Words::tr("failed");
    case JobStatus::Cancelled:
        return Words::tr("cancelled");
    }
    return {};
}

QString jobStateIcon(JobStatus status)
{
    switch (status) {
    case JobStatus::Queued:
    case JobStatus::Running:
        return QStringLiteral("clock");
    case JobStatus::Completed:
        return QStringLiteral("check");
    case JobStatus::Failed:
        return QStringLiteral("warning");
    case JobStatus::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QDateTime jobStartedAt(const JobRecord& job)
{
    const std::string& since = job.status == JobStatus::Queued ? job.queuedAt : job.startedAt;
    return QDateTime::fromString(toQt(since), Qt::ISODateWithMs).toLocalTime();
}

QString jobStartedText(const JobRecord& job, const QDateTime& now)
{
    const QDateTime at = jobStartedAt(job);
    if (!at.isValid()) {
        return Words::tr("unknown");
    }
    return at.date() == now.date() ? at.time().toString(QStringLiteral("HH:mm:ss"))
                                   : dayText(at.date(), now.date());
}

QString jobFilterWords(const JobRecord& job, const QDateTime& now)
{
    const ExampleFilter& filter = job.filters;
    QStringList more;
    if (filter.since) {
        more.append(Words::tr("since %1").arg(filterDay(*filter.since, now)));
    }
    if (filter.until) {
        more.append(Words::tr("before %1").arg(filterDay(*filter.until, now)));
    }
    if (filter.labelled) {
        more.append(Words::tr("labelled only"));
    }
    if (filter.maxRows && job.rows.matched >= *filter.maxRows) { // a limit that left nothing out says nothing
        more.append(Words::tr("first %1").arg(countText(*filter.maxRows)));
    }
    QStringList words;
    words.append(filter.source ? toQt(*filter.source) : Words::tr("Any source"));
    if (filter.industry) {
        words.append(toQt(*filter.industry));
    } else if (more.isEmpty() || !filter.source) {
        words.append(Words::tr("any industry"));
    }
    return (words + more).join(QStringLiteral(", "));
}

QString jobResultWords(const JobRecord& job)
{
    switch (job.status) {
    case JobStatus::Queued:
        return Words::tr("waiting");
    case JobStatus::Running:
        return jobProgressWords(job);
    case JobStatus::Cancelled:
        return Words::tr("nothing was kept");
    case JobStatus::Completed:
        if (job.push && job.push->pushed) {
            return Words::tr("published %1").arg(toQt(job.push->revision).left(8));
        }
        return job.push && !job.push->error.empty() ? Words::tr("publishing refused")
                                                    : Words::tr("not published");
    case JobStatus::Failed:
        break;
    }
    const QString error = toQt(job.error);
    if (error.contains(QLatin1String("no space left"), Qt::CaseInsensitive)) {
        return Words::tr("no space left");
    }
    if (error.contains(QLatin1String("permission denied"), Qt::CaseInsensitive)
        || error.contains(QLatin1String("read-only"), Qt::CaseInsensitive)) {
        return Words::tr("folder is read-only");
    }
    if (job.rows.rejected > 0) {
        return job.rows.rejected == 1 ? Words::tr("1 row was rejected")
                                      : Words::tr("%1 rows were rejected").arg(countText(job.rows.rejected));
    }
    return error.isEmpty() ? Words::tr("no reason given") : error;
}

QString jobProgressWords(const JobRecord& job)
{
    if (job.push) { // promised in the record as soon as the bundle is there
        return Words::tr("publishing");
    }
    if (job.done <= 0) {
        return Words::tr("under way");
    }
    const QString done = Words::tr("%1\u00a0% done").arg(decimalText(std::floor(job.done * 100), 0));
    if (job.seconds < MeasuredSeconds || job.done >= 1) {
        return done;
    }
    return Words::tr("%1, %2 left").arg(done, remainingText(job.seconds * (1 - job.done) / job.done));
}

QString queuePlaceWords(std::size_t place)
{
    return place <= 1 ? Words::tr("next in the queue")
                      : Words::tr("number %1 in the queue").arg(countText(place));
}

QString jobTitle(const JobRecord& job)
{
    const QDateTime at = jobStartedAt(job);
    const QString when
        = at.isValid() ? displayLocale().toString(at, Words::tr("d MMM yyyy, HH:mm")) : QString();
    QString what;
    switch (job.status) {
    case JobStatus::Completed:
        what = rowCountText(job.rows.exported);
        break;
    case JobStatus::Failed:
        what = Words::tr("Failed");
        break;
    case JobStatus::Cancelled:
        what = Words::tr("Cancelled");
        break;
    case JobStatus::Queued:
        what = Words::tr("Waiting");
        break;
    case JobStatus::Running:
        what = Words::tr("Running");
        break;
    }
    return when.isEmpty() ? what : Words::tr("%1, %2").arg(what, when);
}

QString withheldWords(const JobRecord& job, const DatasetInfo* info)
{
    const std::uint64_t fields = info ? info->withheldFields : job.withheldFields;
    if (fields == 0) {
        return Words::tr("nothing");
    }
    bool labelsOnly = info != nullptr && !info->withheldByReason.empty();
    if (labelsOnly) {
        for (const auto& [reason, rows] : info->withheldByReason) {
            labelsOnly = labelsOnly && (rows == 0 || reason.rfind("labels.", 0) == 0);
        }
    }
    if (labelsOnly) {
        return fields == 1 ? Words::tr("1 free-text label")
                           : Words::tr("%1 free-text labels").arg(countText(fields));
    }
    return fields == 1 ? Words::tr("1 field") : Words::tr("%1 fields").arg(countText(fields));
}

QString exportEndWords(const ExportResult& result)
{
    if (result.error) {
        return result.error->code == ErrorCode::Cancelled ? Words::tr("Cancelled. No files were left behind.")
                                                          : toQt(result.error->message);
    }
    const std::uint64_t rows = result.outcome.scan.accepted;
    return Words::tr("Exported %1 rows in %2 to %3", nullptr, pluralOf(rows))
        .arg(
            countText(rows), durationText(result.outcome.seconds), wholePath(toQt(result.outcome.bundleDir)));
}

QString jobErrorSentence(const JobRecord& job)
{
    switch (job.status) {
    case JobStatus::Cancelled:
        return Words::tr("Cancelled. No files were left behind.");
    case JobStatus::Failed: {
        QString sentence
            = job.error.empty() ? Words::tr("It ended without a reason being recorded.") : toQt(job.error);
        sentence[0] = sentence[0].toUpper();
        if (!sentence.endsWith(QLatin1Char('.'))) {
            sentence += QLatin1Char('.');
        }
        return job.bundleDir.empty() ? sentence + QLatin1Char(' ') + Words::tr("No bundle was written.")
                                     : sentence;
    }
    case JobStatus::Completed:
        return job.push && !job.push->error.empty() ? toQt(job.push->error) : QString();
    case JobStatus::Queued:
    case JobStatus::Running:
        break;
    }
    return {};
}

} // namespace workbench
