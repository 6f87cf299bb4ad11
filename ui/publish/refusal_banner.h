// SPDX-License-Identifier: GPL-3.0-or-later
/// What stands across the publish sheet: what is so, why, what to do, and the buttons that help.
#pragma once

#include "ui/publish/publish_words.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace workbench {

class ToneLabel;

class RefusalBanner final : public QWidget {
    Q_OBJECT

public:
    explicit RefusalBanner(QWidget* parent = nullptr);

    void show(const PublishMessage& message); ///< and becomes visible
    void showPublished(const PublishMessage& message); ///< with the two buttons of a revision
    [[nodiscard]] const PublishMessage& message() const { return m_message; }

    [[nodiscard]] QPushButton* helpButton() const { return m_help; }
    [[nodiscard]] QPushButton* againButton() const { return m_again; }
    [[nodiscard]] QPushButton* openButton() const { return m_open; }
    [[nodiscard]] QPushButton* copyButton() const { return m_copy; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showTone();

    PublishMessage m_message;
    QLabel* m_icon;
    ToneLabel* m_title;
    ToneLabel* m_text;
    QPushButton* m_help;
    QPushButton* m_again;
    QPushButton* m_open;
    QPushButton* m_copy;
};

} // namespace workbench
