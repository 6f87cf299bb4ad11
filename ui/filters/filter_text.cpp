// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/filter_text.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>
#include <QTimeZone>

namespace workbench {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FilterText)
};

/// A moment that is not the start of a day, from an option of the command line, keeps its time.
QString momentText(UtcTime time)
{
    const QDateTime moment
        = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::utc());
    const QString day = dateText(moment.date());
    return moment.time() == QTime(0, 0)
        ? day
        : Words::tr("%1, %2 UTC").arg(day, moment.time().toString(QStringLiteral("HH:mm:ss")));
}

QString joined(const QStringList& parts)
{
    if (parts.size() < 2) {
        return parts.join(QString());
    }
    return Words::tr("%1 and %2")
        .arg(parts.mid(0, parts.size() - 1).join(QStringLiteral(", ")), parts.last());
}

} // namespace

QString filterSummary(const ExampleFilter& filter)
{
    QStringList parts;
    if (!filter.source && !filter.industry) {
        parts += Words::tr("Any source, any industry");
    } else {
        parts += filter.source ? toQt(*filter.source) : Words::tr("any source");
        parts += filter.industry ? toQt(*filter.industry) : Words::tr("any industry");
    }
    if (filter.since) {
        parts += Words::tr("since %1").arg(momentText(*filter.since));
    }
    if (filter.until) {
        parts += Words::tr("before %1").arg(momentText(*filter.until));
    }
    if (filter.labelled) {
        parts += Words::tr("labelled only");
    }
    return parts.join(QStringLiteral(", "));
}

QString filterSentence(const ExampleFilter& filter)
{
    QStringList parts;
    if (filter.source) {
        parts += Words::tr("source is %1").arg(toQt(*filter.source));
    }
    if (filter.industry) {
        parts += Words::tr("industry is %1").arg(toQt(*filter.industry));
    }
    if (filter.since) {
        parts += Words::tr("created on or after %1").arg(momentText(*filter.since));
    }
    if (filter.until) {
        parts += Words::tr("created before %1").arg(momentText(*filter.until));
    }
    if (filter.labelled) {
        parts += Words::tr("labelled");
    }
    return joined(parts);
}

QDate utcDay(UtcTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::utc()).date();
}

UtcTime startOfUtcDay(const QDate& day)
{
    const qint64 ms = day.startOfDay(QTimeZone::utc()).toMSecsSinceEpoch();
    return UtcTime(std::chrono::milliseconds(ms));
}

} // namespace workbench
