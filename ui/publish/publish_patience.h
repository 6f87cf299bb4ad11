// SPDX-License-Identifier: GPL-3.0-or-later
/// What the publish sheet says while it waits: how long until another try, or for how long nothing came.
#pragma once

#include "core/hub/publish.h"

#include <QString>

namespace workbench {

/// All times are milliseconds of one clock.
class PublishPatience {
public:
    static constexpr qint64 QuietMs = 3000; ///< a shorter silence is not worth a word

    void begin(PublishPhase phase, qint64 nowMs);
    void wait(const QString& why, double seconds, qint64 nowMs); ///< another try follows
    void heard(const PublishProgress& progress, qint64 nowMs); ///< the same once more is nothing new

    [[nodiscard]] QString text(qint64 nowMs) const;

private:
    PublishProgress m_progress;
    QString m_why;
    qint64 m_waitEnd = 0;
    qint64 m_heardAt = 0;
};

} // namespace workbench
