// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/split_plan.h"

#include <array>

namespace workbench {

namespace {

constexpr std::array<std::string_view, 4> StrategyNames {
    "none", "by_source", "by_industry", "by_source_industry"};

} // namespace

std::string_view splitStrategyName(SplitStrategy strategy)
{
    return StrategyNames[static_cast<std::size_t>(strategy)];
}

std::optional<SplitStrategy> splitStrategyFromName(std::string_view name)
{
    for (std::size_t place = 0; place < StrategyNames.size(); ++place) {
        if (StrategyNames[place] == name) {
            return static_cast<SplitStrategy>(place);
        }
    }
    return std::nullopt;
}

SplitPlan::SplitPlan(const Schema& schema, SplitStrategy strategy)
    : m_strategy(strategy)
    , m_industries(schema.industries().size())
{
    switch (strategy) {
    case SplitStrategy::None:
        break;
    case SplitStrategy::BySource:
        m_names = schema.sources();
        break;
    case SplitStrategy::ByIndustry:
        m_names = schema.industries();
        break;
    case SplitStrategy::BySourceIndustry:
        for (const std::string& source : schema.sources()) {
            for (const std::string& industry : schema.industries()) {
                m_names.push_back(source + '_' + industry);
            }
        }
        break;
    }
}

std::size_t SplitPlan::splitOf(const GuardedRow& row) const
{
    switch (m_strategy) {
    case SplitStrategy::BySource:
        return row.source();
    case SplitStrategy::ByIndustry:
        return row.industry();
    case SplitStrategy::BySourceIndustry:
        return row.source() * m_industries + row.industry();
    case SplitStrategy::None:
        break;
    }
    return 0;
}

} // namespace workbench
