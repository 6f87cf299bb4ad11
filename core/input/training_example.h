// SPDX-License-Identifier: Apache-2.0
/// One parsed line, not yet trusted: views into the line and nothing decided.
#pragma once

#include "core/guard/withheld.h"
#include "core/json/plain_number.h"
#include "core/schema/schema.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace workbench {

enum class JsonType : std::uint8_t { Absent, Null, Boolean, Number, String, Array, Object };

/// A value as it stood in the line. Views die with the line and the parser that read it.
struct JsonValue {
    JsonType type = JsonType::Absent;
    /// String: the text with escapes undone. Array or object: the line from its bracket on, which
    /// containerExtent() cuts to size. Anything else: the JSON text itself.
    std::string_view text;
    /// Number: whether the reader of the line knows its value and form already; `number` holds the value
    /// then.
    NumberForm form = NumberForm::Unread;
    double number = 0;

    [[nodiscard]] bool isNothing() const { return type == JsonType::Absent || type == JsonType::Null; }
};

/// The features of a line that looks as lines nearly always do: those that are there stand in schema order,
/// with nothing between two of them but a comma and the second one's key as it is written; strings have no
/// escapes. Read into numbers, so that they can be judged side by side.
struct PlainFeatures {
    /// The features `first` to `end` (not among them), one behind the other, each written as it would be
    /// written: a canonical number where a number belongs, one of its closed set, or null.
    struct Run {
        std::size_t first = 0;
        std::size_t end = 0;
        std::string_view text; ///< from the first one's value to the end of the last one's
    };
    /// One that would be written otherwise, or is of no kind that belongs there.
    struct Other {
        std::size_t place = 0;
        JsonValue value;
    };

    /// In schema order, as many as the schema has, as in row_values.h: a number, a place in the closed set,
    /// or null for null itself, for a feature that is not there, and for an Other.
    std::vector<double> values;
    std::vector<std::uint32_t> begins; ///< likewise: where in the line the values of those in runs begin
    std::vector<Run> runs; ///< in order; between two there are others, or features that are not there
    std::vector<Other> others; ///< in order

    void clear()
    {
        runs.clear();
        others.clear();
    }
};

/// The parts of an example that would be written, and counts of what would not.
struct TrainingExample {
    std::string_view line; ///< all of it
    bool malformed = false; ///< nothing below holds anything then
    JsonValue id;
    JsonValue createdAt;
    JsonValue source;
    JsonValue industryKey;
    JsonValue featureSchema;
    JsonValue featuresObject; ///< type and text of the whole
    JsonValue targetsObject;
    JsonValue labelsObject;
    bool featuresPlain = false; ///< they are in `plain`, else in `features`
    PlainFeatures plain;
    std::vector<JsonValue> features; ///< in schema order, as many as the schema has
    JsonValue boundaryClass;
    JsonValue pressureKeys;
    std::vector<JsonValue>
        pressureKeyItems; ///< when `pressureKeys` is an array: its first MaxPressureKeys + 1 items
    std::size_t pressureKeyCount = 0; ///< how many there really are
    JsonValue reviewerScore;
    JsonValue clientFeedback;
    JsonValue mappingWasWrong;
    JsonValue outcomeNextStepChosen;
    bool labelled = false; ///< labels hold at least one value that is not null, or are not an object
    std::array<std::uint16_t, WithheldReasonCount> withheld {}; ///< saturates; see withheld.h

    /// Makes it empty again and keeps its memory.
    void clear(std::size_t featureCount);
    /// One feature, wherever it was read into. For what is done rarely.
    [[nodiscard]] JsonValue feature(std::size_t place) const;
};

} // namespace workbench
