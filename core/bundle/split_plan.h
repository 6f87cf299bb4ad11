// SPDX-License-Identifier: Apache-2.0
/// Which split file a row belongs to (contract, section 6).
#pragma once

#include "core/row/guarded_row.h"
#include "core/schema/schema.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

enum class SplitStrategy : std::uint8_t { None, BySource, ByIndustry, BySourceIndustry };

[[nodiscard]] std::string_view splitStrategyName(SplitStrategy strategy); ///< "none", "by_source", …
[[nodiscard]] std::optional<SplitStrategy> splitStrategyFromName(std::string_view name);

/// Names are made of closed-set values alone, never of what a row says.
class SplitPlan {
public:
    SplitPlan(const Schema& schema, SplitStrategy strategy);

    /// All splits that could come to be, e.g. "mock_hvac"; empty for None.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }
    /// The place of the row's split in names(). Not for None.
    [[nodiscard]] std::size_t splitOf(const GuardedRow& row) const;

private:
    SplitStrategy m_strategy;
    std::size_t m_industries;
    std::vector<std::string> m_names;
};

} // namespace workbench
