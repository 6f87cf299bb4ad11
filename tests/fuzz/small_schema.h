// SPDX-License-Identifier: Apache-2.0
/// A schema with one feature of each kind: a line that is short is tried a hundred times as often.
#pragma once

#include "core/schema/schema.h"

namespace workbench::fuzz {

[[nodiscard]] inline const SchemaPtr& smallSchema()
{
    static const SchemaPtr schema = *Schema::make("small", "small_v1",
        {{"source", FeatureKind::Enum, Family::Context, 0, 0, "", {"mock", "real"}},
            {"industry_key", FeatureKind::Enum, Family::Context, 0, 0, "", {"hvac", "plumbing"}},
            {"window_rule", FeatureKind::Enum, Family::Context, 0, 0, "", {"custom", "last_90_days"}},
            {"window_days", FeatureKind::Integer, Family::Context, 0, 36600, "days", {}},
            {"balance", FeatureKind::Number, Family::Revenue, -1e300, 1e300, "USD", {}},
            {"gini_proxy", FeatureKind::Number, Family::Ratio, 0, 1, "", {}}},
        "a test");
    return schema;
}

} // namespace workbench::fuzz
