// SPDX-License-Identifier: Apache-2.0
/// Many rows read again in one go: neighbours come with one read.
#pragma once

#include "core/base/result.h"
#include "core/input/training_example.h"
#include "core/review/example_index.h"

#include <functional>
#include <span>
#include <stop_token>

namespace workbench {

/// Parses each of `rows` (ascending) and hands it over; lines too long to be parsed are left out. Views die
/// with the call. Errors: Io, also when a file changed since it was indexed; Cancelled.
[[nodiscard]] Result<void> forEachExample(const ExampleIndex& index, std::span<const RowNumber> rows,
    const std::stop_token& stop, const std::function<void(RowNumber, const TrainingExample&)>& take);

} // namespace workbench
