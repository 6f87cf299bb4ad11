// SPDX-License-Identifier: GPL-3.0-or-later
/// The foot of the publish sheet: the commit's message, how much is sent, what is going on, and the buttons.
#pragma once

#include <QFrame>
#include <QString>

class QLineEdit;
class QProgressBar;
class QPushButton;

namespace workbench {

class ToneLabel;

/// Beside everything in the sheet.
inline constexpr int SheetMargin = 20;

enum class PublishStage { Looking, Shown, Publishing, Over };

class PublishFoot final : public QFrame {
    Q_OBJECT

public:
    explicit PublishFoot(QWidget* parent);

    /// What can be done and read at that stage. `publish` names the button.
    void showStage(PublishStage stage, const QString& publish);
    void allowPublish(bool allowed);
    void say(const QString& text);
    void setSent(double share); ///< of 1

    /// Takes the place of what was offered before, never of what somebody wrote.
    void offerMessage(const QString& message);
    [[nodiscard]] QString ownMessage() const; ///< empty while it is the offered one
    [[nodiscard]] QPushButton* cancelButton() const { return m_cancel; }

Q_SIGNALS:
    void messageEdited();
    void cancelClicked();
    void publishClicked();

private:
    QLineEdit* m_message;
    QProgressBar* m_progress;
    ToneLabel* m_note;
    QPushButton* m_cancel;
    QPushButton* m_publish;
};

} // namespace workbench
