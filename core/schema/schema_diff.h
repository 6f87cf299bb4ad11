// SPDX-License-Identifier: Apache-2.0
/// What changed between two schemas, feature by feature, and whether a model still fits.
#pragma once

#include "core/schema/schema.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace workbench {

enum class FeatureChange : std::uint8_t { Same, Added, Removed, Moved, Changed };

/// One line of the side-by-side view. Positions count from 0.
struct FeatureDiff {
    FeatureChange change
        = FeatureChange::Same; ///< Moved wins over Changed in the mark; see `attributesChanged`
    std::optional<std::size_t> before; ///< place in the baseline
    std::optional<std::size_t> after; ///< place in the current schema
    bool attributesChanged = false; ///< kind, range or values differ
};

enum class ModelFit : std::uint8_t {
    Identical, ///< same hash, same fingerprint
    OtherRanges, ///< "Same columns, other ranges."
    DoesNotFit, ///< another hash: a model that reads by position reads wrong numbers
};

struct SchemaDiff {
    SchemaPtr before;
    SchemaPtr after;
    /// False when the baseline told its keys only (an old dataset_info.json): kinds and ranges were not
    /// compared.
    bool attributesKnown = true;
    std::vector<FeatureDiff> features; ///< in the order of the current schema, removed ones where they stood
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t moved = 0;
    std::size_t changed = 0; ///< features whose kind, range or values differ (a moved one may count too)
    ModelFit fit = ModelFit::Identical;
    std::optional<std::size_t> firstWrongPosition; ///< from here on a model by position reads other columns
};

/// Moves are judged by the longest common order, so one insertion does not mark all that follow.
[[nodiscard]] SchemaDiff diffSchemas(SchemaPtr before, SchemaPtr after, bool attributesKnown = true);

[[nodiscard]] std::string_view changeName(FeatureChange change); ///< "same", "added", …

} // namespace workbench
