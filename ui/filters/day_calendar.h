// SPDX-License-Identifier: GPL-3.0-or-later
/// The calendar of a day's filter in the theme's colours: Qt's own has red weekends and green arrows in every
/// one.
#pragma once

class QCalendarWidget;

namespace workbench {

/// Call again when it is shown: the theme may be another one by then.
void dressCalendar(QCalendarWidget& calendar);

} // namespace workbench
