// SPDX-License-Identifier: Apache-2.0
/// The only door between a training example and anything that is written.
#pragma once

#include "core/guard/finding.h"
#include "core/input/training_example.h"
#include "core/row/guarded_row.h"
#include "core/row/row_columns.h"
#include "core/schema/schema.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// What one cell of a row may show. Made by the very evaluation that judges the row.
struct GuardedCell {
    enum class State : std::uint8_t {
        Null, ///< nothing there, written as null
        Value, ///< passed on its own
        Refused, ///< did not pass; `text` is the shape
    };
    State state = State::Null;
    std::string text; ///< Value: as it is written, strings without quotes. Refused: masked.
    std::optional<Rule> rule; ///< Refused only
};

/// Everything that may be said of one example.
struct RowExplanation {
    std::vector<Finding> findings; ///< empty: the row was accepted
    std::vector<GuardedCell> cells; ///< one a RowColumn; all Null when the line is malformed
    std::string canonical; ///< the line with its newline; empty when rejected
    std::array<std::uint16_t, WithheldReasonCount> withheld {};
    std::size_t numbersInRange = 0;
    std::size_t nulls = 0; ///< features without a value
    std::size_t stringsFromClosedSets = 0;
};

/// Default deny: a value passes because it is known to be safe, never because no pattern matched.
/// Source: contract, section 5. Immutable once built; one guard serves all threads.
class PiiGuard {
public:
    explicit PiiGuard(SchemaPtr schema);

    /// What one verdict leaves behind besides the row; keeps its memory. One for each thread.
    struct Workspace {
        std::vector<Finding> findings; ///< of the last row; empty when it was accepted
        bool wantValues = false;
        /// Whoever reads the lines keeps them as long as the rows: one that is written as its line stands,
        /// with a newline behind it, is a view of that line then, and is not copied.
        bool linesOutliveRows = false;
        /// One a RowColumn (row_values.h), row behind row until somebody empties it; only when wanted.
        std::vector<double> values;
        std::string pressureKeys; ///< of the last row: the array as written; only when wanted
    };

    /// Judges a whole row: every field that would be written, not the features alone, and reports all
    /// findings, not the first. True: the row was appended to `accepted`. False: nothing was appended.
    [[nodiscard]] bool inspect(
        const TrainingExample& example, GuardedBatch& accepted, Workspace& workspace) const;

    /// The same judgement, told cell by cell for a person to read.
    [[nodiscard]] RowExplanation explain(const TrainingExample& example) const;

    [[nodiscard]] const SchemaPtr& schema() const { return m_schema; }
    [[nodiscard]] const RowColumns& columns() const { return m_columns; }

private:
    class Inspection;

    /// What is asked of a feature's number in every row, side by side: a schema's feature is larger than that
    /// by far. Of a closed set the number is a place.
    struct FeatureRange {
        double min = 0;
        double max = 0;
        bool whole = false;
    };

    /// Features `first` to `last` (not among them) as they are written when a row has none of them.
    [[nodiscard]] std::string_view nullFeatures(std::size_t first, std::size_t last) const
    {
        return std::string_view(m_nullFeatures)
            .substr(m_nullBegins[first], m_nullBegins[last] - m_nullBegins[first]);
    }

    SchemaPtr m_schema;
    RowColumns m_columns;
    std::vector<std::string> m_featureHeads; ///< `"features":{"key":` for the first, `,"key":` for the others
    std::vector<FeatureRange> m_featureRanges;
    std::string m_nullFeatures; ///< each head, with null behind it
    std::vector<std::size_t> m_nullBegins; ///< where each stands there, and the end
    std::string m_schemaPart; ///< `,"schema_version":"…","schema_hash":"…","window_rule":`
    std::optional<std::size_t> m_windowRule; ///< place of the feature of that name
};

} // namespace workbench
