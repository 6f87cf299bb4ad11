// SPDX-License-Identifier: Apache-2.0
/// Reads a bundle again as a stranger would: hashes, rows, counts.
#pragma once

#include "core/base/result.h"
#include "core/bundle/dataset_info.h"
#include "core/job/scan.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

struct VerificationProblem {
    std::string file; ///< path in the bundle
    std::string what; ///< "its SHA-256 is another one", …; never holds a value
};

struct VerifiedFile {
    std::string path;
    BundleFile stated;
    bool intact = false;
};

struct Verification {
    DatasetInfo info;
    std::vector<VerifiedFile> files;
    std::uint64_t rowsGuarded = 0; ///< rows of dataset.jsonl that were guarded again
    /// Keys that are null in each of those rows, in the schema's order; empty when there is no row.
    std::vector<std::string> featuresWithoutValue;
    /// README.md is what this program writes for such a dataset_info.json, byte for byte. False also for a
    /// card of another version, whose words nobody here can judge: that is no problem, but nothing to publish
    /// either.
    bool cardIsKnown = false;
    std::vector<VerificationProblem>
        problems; ///< empty: the bundle is what it says; at most 1,000 are listed
    std::uint64_t problemCount = 0;

    [[nodiscard]] bool passed() const { return problemCount == 0; }
};

struct VerifyProgress {
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0;
};

/// `schema` may be null: then the shipped schema with the bundle's fingerprint is used.
/// Errors: Io when there is no bundle to read, Usage when its schema is unknown, Cancelled.
/// What is wrong with the bundle itself is a problem in the answer, not an error.
[[nodiscard]] Result<Verification> verifyBundle(const std::string& folder, SchemaPtr schema, unsigned threads,
    std::stop_token stop, const std::function<void(const VerifyProgress&)>& progress);

} // namespace workbench
