// SPDX-License-Identifier: GPL-3.0-or-later
/// The rows chosen in a table, counted by their ranges: selectedRows() makes an index of each, and with a
/// million of them the window stands still.
#pragma once

#include <cstddef>
#include <vector>

class QItemSelectionModel;

namespace workbench {

[[nodiscard]] std::size_t chosenCount(const QItemSelectionModel& chooser);
/// Ascending, at most `most` of them.
[[nodiscard]] std::vector<int> chosenPositions(const QItemSelectionModel& chooser, std::size_t most);

} // namespace workbench
