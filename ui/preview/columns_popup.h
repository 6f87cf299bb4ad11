// SPDX-License-Identifier: GPL-3.0-or-later
/// The list behind the Columns button: check boxes by family, and three quick choices.
#pragma once

#include "ui/preview/preview_columns.h"

#include <QFrame>
#include <QSet>

#include <optional>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace workbench {

class ColumnsPopup final : public QFrame {
    Q_OBJECT

public:
    ColumnsPopup(const PreviewColumns& columns, QWidget* parent);

    /// Below `anchor`, with the present state: which are shown, and which hold a value in any row.
    void open(QWidget* anchor, const QSet<QString>& shown, const StatisticsPtr& statistics);

Q_SIGNALS:
    /// Paths of the hidden columns; no value: the default.
    void hiddenChosen(const std::optional<QSet<QString>>& hidden);

private:
    void fill(const QSet<QString>& shown);
    void apply();
    void narrow(const QString& text);
    void check(const QSet<QString>& shown);

    const PreviewColumns& m_columns;
    StatisticsPtr m_statistics;
    QLineEdit* m_find;
    QTreeWidget* m_list;
};

} // namespace workbench
