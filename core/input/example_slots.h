// SPDX-License-Identifier: Apache-2.0
/// Which key of a line fills which part of a TrainingExample.
#pragma once

#include "core/input/example_parser.h"
#include "core/input/training_example.h"

#include <cstdint>
#include <string_view>

namespace workbench {

/// The objects of a line whose members are wanted.
enum class LineObject : std::uint8_t { Root, Features, Targets, Labels, Unused };

/// The slot of a member of the root, of targets or of labels; nullptr for a member nobody wants.
[[nodiscard]] JsonValue* slotOf(
    TrainingExample& example, LineObject object, std::string_view key, LineShape shape);

/// The object that a member of the root opens.
[[nodiscard]] LineObject objectOf(LineObject parent, std::string_view key);

/// Counts a free-text label that holds something.
void noteWithheldLabel(TrainingExample& example, std::string_view key);

/// Counts a feature that is not in the schema.
void noteWithheldFeature(TrainingExample& example, std::string_view key);

} // namespace workbench
