// SPDX-License-Identifier: GPL-3.0-or-later
/// The list behind the Columns button: check boxes by family, and three quick choices.
#pragma once

#include "ui/preview/preview_columns.h"

#include <QFrame>
#include <QSet>
#include <QTimer>

#include <optional>

class QLineEdit;
class QPushButton;
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

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void fill(const QSet<QString>& shown);
    void apply();
    void narrow(const QString& text);
    void check(const QSet<QString>& shown);

    const PreviewColumns& m_columns;
    StatisticsPtr m_statistics;
    QLineEdit* m_find;
    QTreeWidget* m_list;
    QPushButton* m_filled; ///< which these are is known once all is counted
    QTimer m_collect; ///< a tick in a family is one change for each of its columns, and one for itself
};

} // namespace workbench
