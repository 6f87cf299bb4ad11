// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/least_size.h"

#include <string_view>

namespace workbench {

namespace {

constexpr std::string_view ShortestFrame
    = R"({"example_id":"x","created_at":"2026-01-01T00:00:00Z","source":"","industry_key":"","schema_version":"",)"
      R"("schema_hash":"00000000","window_rule":null,"features":{},)"
      R"("targets":{"boundary_class":null,"pressure_keys":[]},"labels":{"reviewer_score":0,"client_feedback":"up",)"
      R"("mapping_was_wrong":true,"outcome_next_step_chosen":true}})"
      "\n";

} // namespace

std::uint64_t leastBundleBytes(const Schema& schema, std::uint64_t rows, SplitStrategy split)
{
    constexpr std::uint64_t QuotesColonDigitComma = 5;
    std::uint64_t row = ShortestFrame.size() - 1; // no comma behind the last feature
    for (const Feature& feature : schema.features()) {
        row += feature.key.size() + QuotesColonDigitComma;
    }
    return rows * row * (split == SplitStrategy::None ? 1 : 2);
}

} // namespace workbench
