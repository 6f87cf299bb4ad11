// SPDX-License-Identifier: GPL-3.0-or-later
/// The foot of the window: what happened last, how far something is, and the three counts.
#pragma once

#include "core/job/scan.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace workbench {

class ElidedLabel;
class WorkbenchState;

class StatusLine final : public QWidget {
    Q_OBJECT

public:
    StatusLine(WorkbenchState& state, QWidget* parent);

    void say(const QString& message); ///< shown; what changes all the time
    void tell(const QString& message); ///< and read out

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showReading();
    void showFolderState();
    /// What reading `files` files came to.
    [[nodiscard]] QString readText(int files) const;
    void showExporting(const ScanProgress& progress);
    void showCounts();
    void showUser(const QString& name);
    void showProgress(quint64 done, quint64 all);

    WorkbenchState& m_state;
    ElidedLabel* m_message;
    QProgressBar* m_progress;
    QPushButton* m_matched;
    QPushButton* m_kept;
    QPushButton* m_rejected;
    QLabel* m_user;
    QElapsedTimer m_jobTime;
    bool m_saidReading = false;
    int m_toldTenth = 0; ///< of the progress, read out
};

} // namespace workbench
