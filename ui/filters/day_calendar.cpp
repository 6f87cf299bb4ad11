// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/day_calendar.h"

#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"

#include <QCalendarWidget>
#include <QTextCharFormat>
#include <QToolButton>
#include <QTransform>

namespace workbench {
namespace {

void setArrow(QCalendarWidget& calendar, const QString& button, bool back)
{
    if (auto* arrow = calendar.findChild<QToolButton*>(button)) {
        const int size = sized(16);
        QPixmap picture
            = iconPixmap(QStringLiteral("chev-r"), Theme::colors().text2, size, calendar.devicePixelRatioF());
        if (back != calendar.isRightToLeft()) {
            const qreal ratio = picture.devicePixelRatio();
            picture = picture.transformed(QTransform::fromScale(-1, 1));
            picture.setDevicePixelRatio(ratio);
        }
        arrow->setIcon(picture);
        arrow->setIconSize(QSize(size, size));
    }
}

} // namespace

void dressCalendar(QCalendarWidget& calendar)
{
    const ThemeColors& colors = Theme::colors();
    QTextCharFormat day;
    day.setForeground(colors.text);
    for (const Qt::DayOfWeek weekend : {Qt::Saturday, Qt::Sunday}) {
        calendar.setWeekdayTextFormat(weekend, day);
    }
    QTextCharFormat names;
    names.setForeground(colors.text2);
    names.setBackground(colors.base);
    calendar.setHeaderTextFormat(names);
    if (auto* bar = calendar.findChild<QWidget*>(QStringLiteral("qt_calendar_navigationbar"))) {
        QPalette palette = bar->palette(); // Qt paints it like something chosen
        palette.setColor(QPalette::Highlight, colors.window);
        palette.setColor(QPalette::HighlightedText, colors.text);
        bar->setPalette(palette);
    }
    setArrow(calendar, QStringLiteral("qt_calendar_prevmonth"), true);
    setArrow(calendar, QStringLiteral("qt_calendar_nextmonth"), false);
}

} // namespace workbench
