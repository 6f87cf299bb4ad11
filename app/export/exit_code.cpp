// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/exit_code.h"

namespace workbench {

ExitCode exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Io:
        return ExitIo;
    case ErrorCode::Usage:
        return ExitUsage;
    case ErrorCode::RowsRejected:
        return ExitRowsRejected;
    case ErrorCode::NoValidRows:
        return ExitNoValidRows;
    case ErrorCode::PushRefused:
        return ExitPushRefused;
    case ErrorCode::SchemaMismatch:
        return ExitSchemaMismatch;
    case ErrorCode::Cancelled:
        return ExitCancelled;
    }
    return ExitIo;
}

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Io:
        return "io";
    case ErrorCode::Usage:
        return "usage";
    case ErrorCode::RowsRejected:
        return "rows_rejected";
    case ErrorCode::NoValidRows:
        return "no_valid_rows";
    case ErrorCode::PushRefused:
        return "push_refused";
    case ErrorCode::SchemaMismatch:
        return "schema_mismatch";
    case ErrorCode::Cancelled:
        return "cancelled";
    }
    return "io";
}

} // namespace workbench
