// SPDX-License-Identifier: GPL-3.0-or-later
/// What stands where the data would be: what is so, why, and what to do next.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace workbench {

class StatePage final : public QWidget {
    Q_OBJECT

public:
    explicit StatePage(QWidget* parent = nullptr);

    /// `token` is the icon's colour: &ThemeColors::text2, bad, ok, warn.
    void setMessage(
        const QString& iconName, QColor ThemeColors::*token, const QString& title, const QString& text);
    /// An empty text hides its button. `first` is the primary one where `firstIsPrimary`.
    void setButtons(const QString& first, const QString& second = {}, bool firstIsPrimary = true);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* firstButton() const { return m_first; }
    [[nodiscard]] QPushButton* secondButton() const { return m_second; }

Q_SIGNALS:
    void firstClicked();
    void secondClicked();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showIcon();

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_first;
    QPushButton* m_second;
    QString m_iconName;
    QColor ThemeColors::*m_token = &ThemeColors::text2;
};

} // namespace workbench
