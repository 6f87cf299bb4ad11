// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chosen_rows.h"

#include <QItemSelectionModel>

#include <algorithm>

namespace workbench {

std::size_t chosenCount(const QItemSelectionModel& chooser)
{
    std::size_t count = 0;
    for (const QItemSelectionRange& range : chooser.selection()) {
        count += static_cast<std::size_t>(range.height());
    }
    return count;
}

std::vector<int> chosenPositions(const QItemSelectionModel& chooser, std::size_t most)
{
    std::vector<int> positions;
    for (const QItemSelectionRange& range : chooser.selection()) {
        for (int row = range.top(); row <= range.bottom() && positions.size() < most; ++row) {
            positions.push_back(row);
        }
    }
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    return positions;
}

} // namespace workbench
