// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/report_dialog.h"

namespace workbench {

ReportDialog::ReportDialog(QWidget* parent) : QFileDialog(parent, tr("Save masked report"))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptMode(AcceptSave);
    const QString lines = tr("JSON lines (*.jsonl)");
    const QString table = tr("CSV (*.csv)");
    setNameFilters({lines, table});
    setDefaultSuffix(QStringLiteral("jsonl"));
    selectFile(QStringLiteral("rejections.jsonl"));
    connect(this, &QFileDialog::filterSelected, this, [this, table](const QString& filter) {
        setDefaultSuffix(filter == table ? QStringLiteral("csv") : QStringLiteral("jsonl"));
    });
    connect(this, &QFileDialog::fileSelected, this, [this](const QString& path) {
        Q_EMIT chosen(path, path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive));
    });
}

} // namespace workbench
