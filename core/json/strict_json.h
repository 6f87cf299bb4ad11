// SPDX-License-Identifier: Apache-2.0
/// Small JSON documents of ours (schemas, bundle infos, job records), read without forgiveness.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace workbench {

/// One JSON document. Errors: Usage naming `where` and the line, for text that is not JSON in UTF-8, a
/// key that stands twice in one object, nesting deeper than 64, or a number that overflows.
[[nodiscard]] Result<nlohmann::json> parseStrictJson(std::string_view text, std::string_view where);

} // namespace workbench
