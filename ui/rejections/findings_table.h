// SPDX-License-Identifier: GPL-3.0-or-later
/// The table of findings: how its view behaves, and how wide its columns have to be.
#pragma once

#include "core/review/selection.h"

#include <QObject>

#include <vector>

class QTableView;
class QWidget;

namespace workbench {

class FindingsModel;

[[nodiscard]] QTableView* makeFindingsTable(FindingsModel& model, QWidget* parent);

/// How wide its columns are: as the selection needs it, until somebody chooses a width. A double click on the
/// edge of a column sets it back.
class FindingsColumns final : public QObject {
    Q_OBJECT

public:
    explicit FindingsColumns(QTableView& table);

    /// From what the selection holds; no cell is measured. The masked excerpt takes what is left, and where
    /// that is too little, names of fields and then of files give way.
    void fit(const Selection& selection);

private:
    void set(int column, int width);

    QTableView& m_table;
    std::vector<int> m_usual; ///< one a column
    std::vector<int> m_chosen; ///< 0: by nobody
    bool m_fitting = false; ///< sections change because we change them
};

} // namespace workbench
