// SPDX-License-Identifier: GPL-3.0-or-later
/// A message about part of the data, in a bar above it; hidden while there is nothing to say.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace workbench {

enum class MessageTone { Note, Warning, Bad };

class MessageBar final : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    /// Shows the bar. `title` stands out; an empty `button` hides the button.
    void setMessage(MessageTone tone, const QString& title, const QString& text, const QString& button = {});
    void clear(); ///< hides the bar

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void buttonClicked();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showTone();

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_button;
    MessageTone m_tone = MessageTone::Note;
};

} // namespace workbench
