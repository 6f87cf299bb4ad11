// SPDX-License-Identifier: GPL-3.0-or-later
/// The table of findings: how its view behaves, and how wide its columns have to be.
#pragma once

#include "core/review/selection.h"

class QTableView;
class QWidget;

namespace workbench {

class FindingsModel;

[[nodiscard]] QTableView* makeFindingsTable(FindingsModel& model, QWidget* parent);
/// From what the selection holds; no cell is measured. The masked excerpt takes what is left, and where that
/// is too little, names of fields and then of files give way.
void fitFindingsColumns(QTableView& table, const Selection& selection);

} // namespace workbench
