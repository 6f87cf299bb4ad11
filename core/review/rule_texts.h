// SPDX-License-Identifier: Apache-2.0
/// What is allowed at a place of a row, for the person who has to mend it.
#pragma once

#include "core/schema/schema.h"

#include <string>
#include <string_view>

namespace workbench {

/// "hvac, plumbing, …", "a whole number from 0 to 36,600", "[A-Za-z0-9_.:-], 1 to 64 characters": the set,
/// range or grammar for a finding's path. Plain English without markup; empty for the whole line.
[[nodiscard]] std::string allowedAt(const Schema& schema, std::string_view path);

} // namespace workbench
