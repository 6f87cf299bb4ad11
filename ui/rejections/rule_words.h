// SPDX-License-Identifier: GPL-3.0-or-later
/// Why a rule rejects what it rejects, and what to do about it, for the person who has to mend it.
#pragma once

#include "core/guard/finding.h"

#include <QString>

#include <string_view>

namespace workbench {

/// "A telephone number stands where an industry should be. …"
[[nodiscard]] QString whyRejected(Rule rule, std::string_view path);
/// "Correct the value in the source system and capture the row again, …"
[[nodiscard]] QString whatToDo(Rule rule);

} // namespace workbench
