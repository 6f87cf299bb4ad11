// SPDX-License-Identifier: GPL-3.0-or-later
/// Asked when the window is closed while an export runs.
#pragma once

#include <QDialog>

class QLabel;
class QPushButton;

namespace workbench {

class CloseQuestion final : public QDialog {
    Q_OBJECT

public:
    explicit CloseQuestion(QWidget* parent);

    /// The export ended before there was an answer: whether to quit is all that is left to ask.
    void showEnded(const QString& howItEnded);

Q_SIGNALS:
    void confirmed(); ///< cancel the export, if it still runs, and quit

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_stay;
    QPushButton* m_leave;
};

} // namespace workbench
