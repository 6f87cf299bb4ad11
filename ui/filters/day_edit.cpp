// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/day_edit.h"

#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"

#include <QCalendarWidget>
#include <QKeyEvent>
#include <QLayout>
#include <QLineEdit>
#include <QWheelEvent>

namespace workbench {
namespace {

/// Stands for "any day": the editor shows its special text there.
const QDate NoDay(1900, 1, 1);

} // namespace

DayEdit::DayEdit(const QString& accessibleName, QWidget* parent) : QDateEdit(parent)
{
    setAccessibleName(accessibleName);
    setLocale(displayLocale());
    setFont(Theme::captionFont());
    setProperty("panelInput", true);
    setDisplayFormat(QStringLiteral("d MMM yyyy"));
    setDateRange(NoDay, QDate(9999, 12, 31));
    setSpecialValueText(tr("any day"));
    setDate(NoDay);
    setTimeSpec(Qt::UTC);
    setCalendarPopup(true);
    setKeyboardTracking(false);
    setMinimumWidth(sized(80));
    setToolTip(tr("Delete sets it back to any day"));

    auto* calendar = new QCalendarWidget(this);
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    calendar->setGridVisible(false);
    setCalendarWidget(calendar);
    calendar->installEventFilter(this);
    if (QLayout* column = calendar->layout()) {
        QPushButton* any = makeFlatButton(tr("Any day"), QString(), calendar);
        column->addWidget(any);
        connect(any, &QPushButton::clicked, this, [this, calendar] {
            calendar->window()->close();
            chooseAnyDay();
        });
    }
    connect(this, &QDateEdit::dateChanged, this, &DayEdit::dayChosen);
}

std::optional<QDate> DayEdit::day() const { return date() == NoDay ? std::nullopt : std::optional(date()); }

void DayEdit::setDay(const std::optional<QDate>& day)
{
    const QDate wanted = day.value_or(NoDay);
    if (wanted != date()) {
        const QSignalBlocker quiet(this);
        setDate(wanted);
    }
}

void DayEdit::keyPressEvent(QKeyEvent* event)
{
    const bool erases = event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace;
    const bool steps = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (erases) {
        chooseAnyDay();
    } else if (steps && !day() && m_suggestion.isValid()) {
        setDate(m_suggestion); // a step from "any day" begins where the data is, not in 1900
    } else {
        QDateEdit::keyPressEvent(event);
    }
}

bool DayEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == calendarWidget() && event->type() == QEvent::Show && !day() && m_suggestion.isValid()) {
        calendarWidget()->setCurrentPage(m_suggestion.year(), m_suggestion.month());
    }
    return QDateEdit::eventFilter(watched, event);
}

void DayEdit::wheelEvent(QWheelEvent* event)
{
    event->ignore();
} // scrolling the panel must not change a filter

void DayEdit::chooseAnyDay() { setDate(NoDay); }

} // namespace workbench
