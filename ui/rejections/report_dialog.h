// SPDX-License-Identifier: GPL-3.0-or-later
/// Asks where the masked report of all findings is to be saved, and as what.
#pragma once

#include <QFileDialog>

namespace workbench {

/// Deletes itself when it is closed. What would be overwritten is asked about first.
class ReportDialog final : public QFileDialog {
    Q_OBJECT

public:
    explicit ReportDialog(QWidget* parent);

Q_SIGNALS:
    void chosen(const QString& path, bool asCsv);
};

} // namespace workbench
