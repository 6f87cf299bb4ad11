// SPDX-License-Identifier: Apache-2.0
/// A filter as it stands in dataset_info.json and in job records.
#pragma once

#include "core/input/example_filter.h"
#include "core/json/json_fields.h"
#include "core/json/json_writer.h"

namespace workbench {

/// An object with a key for every filter, null where there is none.
void writeFilter(JsonWriter& writer, const ExampleFilter& filter);
/// Reads it back; what is wrong becomes the fault of `fields`.
[[nodiscard]] ExampleFilter readFilter(JsonFields& fields);

} // namespace workbench
