// SPDX-License-Identifier: Apache-2.0
/// Value to shape: what may be shown of a value that may not leave.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace workbench {

/// Letters become x, digits 9, the rest stays; at most `limit` characters (code points). Of what is not
/// ASCII only punctuation, spaces and symbols stay; any other character counts as a letter. Bytes that are
/// not UTF-8 become x too.
[[nodiscard]] std::string maskShape(std::string_view value, std::size_t limit = 40);

} // namespace workbench
