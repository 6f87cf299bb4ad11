// SPDX-License-Identifier: GPL-3.0-or-later
/// What the program's exit status says (contract, section 1).
#pragma once

#include "core/base/result.h"

#include <string_view>

namespace workbench {

enum ExitCode : int {
    ExitDone = 0,
    ExitIo = 1,
    ExitUsage = 2,
    ExitRowsRejected = 3,
    ExitNoValidRows = 4,
    ExitPushRefused = 5,
    ExitSchemaMismatch = 6,
    ExitCancelled = 130,
};

[[nodiscard]] ExitCode exitCodeOf(ErrorCode code);
/// "io", "usage", "rows_rejected", …: the `code` of an error in a JSON document.
[[nodiscard]] std::string_view errorCodeName(ErrorCode code);

} // namespace workbench
