// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/found_rows.h"

#include <algorithm>
#include <iterator>

namespace workbench {

void FoundRows::add(const std::vector<RowNumber>& batch)
{
    if (!batch.empty()) {
        m_batches.push_back(std::make_shared<const std::vector<RowNumber>>(batch));
    }
}

std::vector<RowNumber> FoundRows::among(std::span<const RowNumber> rows) const
{
    constexpr std::size_t FewAmong = 16;
    std::vector<RowNumber> both;
    auto from = rows.begin();
    for (const auto& batch : m_batches) {
        from = std::lower_bound(from, rows.end(), batch->front());
        const auto end = std::upper_bound(from, rows.end(), batch->back());
        if (batch->size() < static_cast<std::size_t>(end - from) / FewAmong) { // looked up, not walked to
            for (const RowNumber row : *batch) {
                from = std::lower_bound(from, end, row);
                if (from != end && *from == row) {
                    both.push_back(row);
                }
            }
        } else {
            std::set_intersection(batch->begin(), batch->end(), from, end, std::back_inserter(both));
        }
        from = end;
    }
    return both;
}

} // namespace workbench
