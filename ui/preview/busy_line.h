// SPDX-License-Identifier: GPL-3.0-or-later
/// A thin line that says something is being worked on, shown only when it takes longer than 100 ms.
#pragma once

#include <QTimer>
#include <QWidget>

namespace workbench {

class BusyLine final : public QWidget {
    Q_OBJECT

public:
    explicit BusyLine(QWidget* parent = nullptr);

    void setBusy(bool busy);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QTimer m_delay;
    QTimer m_step;
    int m_position = 0; ///< 0 to 99, of the piece that wanders
    bool m_shown = false;
};

} // namespace workbench
