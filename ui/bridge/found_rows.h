// SPDX-License-Identifier: GPL-3.0-or-later
/// What a search found, and which of it is among the rows that are looked at.
#pragma once

#include "core/review/selection.h"

#include <memory>
#include <span>
#include <vector>

namespace workbench {

/// A copy is cheap and may go to another thread: batches are shared and never changed.
class FoundRows {
public:
    /// Rows in input order, behind those of the batches before.
    void add(const std::vector<RowNumber>& batch);
    void clear() { m_batches.clear(); }

    /// Those that are also in `rows`, which stand in input order, too. Milliseconds for millions.
    [[nodiscard]] std::vector<RowNumber> among(std::span<const RowNumber> rows) const;

private:
    std::vector<std::shared_ptr<const std::vector<RowNumber>>> m_batches;
};

} // namespace workbench
