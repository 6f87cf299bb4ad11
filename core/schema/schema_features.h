// SPDX-License-Identifier: Apache-2.0
/// The features of a schema as files list them: those of a schema, and a bundle's dataset_info.json.
#pragma once

#include "core/base/result.h"
#include "core/json/json_node.h"
#include "core/schema/feature.h"

#include <string_view>
#include <vector>

namespace workbench {

/// What the member `features` of a document lists, in its order, not yet checked against one another: for
/// Schema::make(). Errors: Usage naming `where` and the first feature that is none.
[[nodiscard]] Result<std::vector<Feature>> listedFeatures(const JsonNode& document, std::string_view where);

} // namespace workbench
