// SPDX-License-Identifier: GPL-3.0-or-later
/// How every table of ours that is not the preview behaves: rows of one height, chosen whole; no grid, no
/// frame.
#pragma once

class QTableView;

namespace workbench {

/// Tab leaves the table, arrows move in it. What may be chosen and how columns stretch is the caller's
/// business.
void makePlain(QTableView& table);
/// A line of titles in the table's letters, a little higher than a row.
void makePlainHeader(QTableView& table);

} // namespace workbench
