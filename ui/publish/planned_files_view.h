// SPDX-License-Identifier: GPL-3.0-or-later
/// What one commit does to each file, with the sums above it.
#pragma once

#include <QFrame>
#include <QString>

class QTableView;

namespace workbench {

class PlannedFilesModel;
class ToneLabel;

class PlannedFilesView final : public QFrame {
    Q_OBJECT

public:
    explicit PlannedFilesView(QWidget* parent);

    [[nodiscard]] PlannedFilesModel& files() { return *m_files; }
    /// The title, and what is said of all the other files; how many are added, replaced and deleted is
    /// counted anew.
    void showSums(const QString& title, const QString& others);

private:
    QWidget* buildSums();
    void buildTable();

    PlannedFilesModel* m_files;
    ToneLabel* m_title = nullptr;
    ToneLabel* m_added = nullptr;
    ToneLabel* m_replaced = nullptr;
    ToneLabel* m_deleted = nullptr;
    ToneLabel* m_others = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace workbench
