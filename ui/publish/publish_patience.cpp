// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_patience.h"

#include "ui/publish/publish_words.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace workbench {

namespace {

struct PatienceWords {
    Q_DECLARE_TR_FUNCTIONS(PublishPatience)
};

/// "8 s", "4 min 10 s": a figure that is looked at while it changes has no decimals.
QString wholeSeconds(qint64 ms)
{
    const auto seconds = static_cast<double>((ms + 999) / 1000);
    return seconds < 60 ? remainingText(seconds) : durationText(seconds);
}

bool sameStep(const PublishProgress& one, const PublishProgress& other)
{
    return one.phase == other.phase && one.sent == other.sent && one.file == other.file
        && one.fileSent == other.fileSent;
}

} // namespace

void PublishPatience::begin(PublishPhase phase, qint64 nowMs)
{
    m_progress = {};
    m_progress.phase = phase;
    m_waitEnd = m_heardAt = nowMs;
}

void PublishPatience::wait(const QString& why, double seconds, qint64 nowMs)
{
    m_why = why;
    m_waitEnd = nowMs + static_cast<qint64>(seconds * 1000);
    m_heardAt = m_waitEnd; // until then nobody is asked
}

void PublishPatience::heard(const PublishProgress& progress, qint64 nowMs)
{
    if (!sameStep(progress, m_progress)) {
        m_waitEnd = m_heardAt = nowMs;
    }
    m_progress = progress;
}

QString PublishPatience::text(qint64 nowMs) const
{
    if (nowMs < m_waitEnd) {
        return PatienceWords::tr("%1 Trying again in %2.").arg(m_why, wholeSeconds(m_waitEnd - nowMs));
    }
    const QString what = stepText(m_progress);
    const qint64 quiet = nowMs - m_heardAt;
    if (quiet < QuietMs || m_progress.phase == PublishPhase::Verifying) {
        return what;
    }
    const bool sends
        = m_progress.phase == PublishPhase::Uploading || m_progress.phase == PublishPhase::Committing;
    const QString silence = sends ? PatienceWords::tr("No bytes for %1.") : PatienceWords::tr("%1 so far.");
    const QString stop = what.endsWith(QLatin1Char('.')) ? QString() : QStringLiteral(".");
    return what + stop + QLatin1Char(' ') + silence.arg(wholeSeconds(quiet / 1000 * 1000));
}

} // namespace workbench
