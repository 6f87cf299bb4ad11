// SPDX-License-Identifier: GPL-3.0-or-later
/// How far the reading of a folder is, above the rows that are here already.
#pragma once

#include "ui/bridge/workbench_state.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace workbench {

class ReadingBar final : public QWidget {
    Q_OBJECT

public:
    explicit ReadingBar(WorkbenchState& state, QWidget* parent = nullptr);

private:
    void update();

    WorkbenchState& m_state;
    QTimer m_delay; ///< what is over in 150 ms is not worth a bar
    QLabel* m_title;
    QLabel* m_rows;
    QProgressBar* m_progress;
};

} // namespace workbench
