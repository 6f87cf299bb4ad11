// SPDX-License-Identifier: GPL-3.0-or-later
/// A UTC day, or "any day".
#pragma once

#include <QDateEdit>

#include <optional>

namespace workbench {

class DayEdit final : public QDateEdit {
    Q_OBJECT

public:
    explicit DayEdit(const QString& accessibleName, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<QDate> day() const;
    void setDay(const std::optional<QDate>& day); ///< dayChosen() does not follow
    /// The month the calendar opens at while no day is set.
    void setSuggestion(const QDate& day) { m_suggestion = day; }

Q_SIGNALS:
    void dayChosen();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void chooseAnyDay();
    void beginTyping();
    void endTyping();
    void openCalendar();

    QDate m_suggestion;
    bool m_typing = false; ///< a date over "any day"
};

} // namespace workbench
