// SPDX-License-Identifier: GPL-3.0-or-later
/// Asked when the window is closed while an export runs.
#pragma once

#include <QDialog>

namespace workbench {

class CloseQuestion final : public QDialog {
    Q_OBJECT

public:
    explicit CloseQuestion(QWidget* parent);

Q_SIGNALS:
    void confirmed(); ///< cancel the export and quit
};

} // namespace workbench
