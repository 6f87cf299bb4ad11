// SPDX-License-Identifier: Apache-2.0
/// A scan over files of a test, told as plain values.
#pragma once

#include "core/job/scan.h"
#include "tests/support/temporary_folder.h"

#include <string>
#include <vector>

namespace workbench {

/// Keeps what a scan hands over.
struct RecordedScan final : ScanSink {
    Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) override;
    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts) override;

    std::string bytes; ///< of all accepted rows
    std::vector<std::string> events; ///< "accepted 0:3", "malformed 1:7", in the order they came: file, line
    std::vector<SourceLine> places;
};

struct ScanOutcome {
    RecordedScan found;
    ScanSummary summary; ///< when there is no error
    std::string error; ///< its message; empty when the scan went well
    ErrorCode code = ErrorCode::Io;
};

/// Over all files of a folder. `request` needs neither files nor schema: they are filled in.
[[nodiscard]] ScanOutcome scanFolder(const TemporaryFolder& folder, ScanRequest request = {});

} // namespace workbench
