// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/announce.h"

#include <QAccessible>
#include <QWidget>

namespace workbench {

Announcer& Announcer::instance()
{
    static Announcer announcer;
    return announcer;
}

void announce(QWidget& speaker)
{
    QAccessibleEvent heard(&speaker, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
    Q_EMIT Announcer::instance().announced(speaker.accessibleName());
}

} // namespace workbench
