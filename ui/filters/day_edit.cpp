// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/filters/day_edit.h"

#include "ui/filters/day_calendar.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"

#include <QCalendarWidget>
#include <QKeyEvent>
#include <QLayout>
#include <QLineEdit>
#include <QMouseEvent>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QWheelEvent>

#include <utility>

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
    connect(this, &QDateEdit::editingFinished, this, &DayEdit::endTyping);
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
    const bool down = event->key() == Qt::Key_Down;
    if (erases) {
        chooseAnyDay();
    } else if (down && event->modifiers().testFlag(Qt::AltModifier)) {
        openCalendar();
    } else if (m_typing && event->matches(QKeySequence::Cancel)) {
        m_typing = false;
        setDay(std::nullopt);
    } else if ((down || event->key() == Qt::Key_Up) && !day() && m_suggestion.isValid()) {
        setDate(m_suggestion); // a step from "any day" begins where the data is, not in 1900
    } else {
        const bool digit = !event->text().isEmpty() && event->text().front().isDigit();
        if (digit && !day()) {
            beginTyping();
        }
        QDateEdit::keyPressEvent(event);
    }
}

/// Qt goes from day to month to year first. "any day" has no such parts: there it would stay for ever.
bool DayEdit::focusNextPrevChild(bool next)
{
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): past the date's own, which is what goes from part to part
    return day() ? QDateEdit::focusNextPrevChild(next) : QAbstractSpinBox::focusNextPrevChild(next);
}

/// Nothing can be typed into "any day": a date takes its place, which is no filter until it is entered.
void DayEdit::beginTyping()
{
    setDay(m_suggestion.isValid() ? m_suggestion : QDate::currentDate());
    setSelectedSection(DaySection);
    m_typing = true;
}

void DayEdit::endTyping()
{
    if (std::exchange(m_typing, false)) {
        Q_EMIT dayChosen(); // Qt tells of a change alone, and the date that was put there may be just the one
    }
}

/// There are no keys for it in Qt: a press of the arrow is what opens it.
void DayEdit::openCalendar()
{
    QStyleOptionComboBox option;
    option.initFrom(this);
    option.editable = true;
    option.subControls = QStyle::SC_All;
    const QPointF arrow
        = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxArrow, this).center();
    QMouseEvent press(
        QEvent::MouseButtonPress, arrow, mapToGlobal(arrow), Qt::LeftButton, Qt::LeftButton, {});
    QDateEdit::mousePressEvent(&press);
}

bool DayEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == calendarWidget() && event->type() == QEvent::Show) {
        dressCalendar(*calendarWidget());
        if (!day() && m_suggestion.isValid()) {
            const QSignalBlocker quiet(calendarWidget()); // where the arrow keys begin, chosen by nobody
            calendarWidget()->setSelectedDate(m_suggestion);
        }
    }
    return QDateEdit::eventFilter(watched, event);
}

void DayEdit::wheelEvent(QWheelEvent* event)
{
    event->ignore();
} // scrolling the panel must not change a filter

void DayEdit::chooseAnyDay() { setDate(NoDay); }

} // namespace workbench
