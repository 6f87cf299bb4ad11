// SPDX-License-Identifier: Apache-2.0
/// A store of examples that differ in number, source and day, and what a scan of it gives.
#pragma once

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"
#include "tests/support/example_store.h"
#include "tests/support/recorded_scan.h"

#include <string>
#include <utility>
#include <vector>

namespace workbench {

using Events = std::vector<std::string>;

inline std::string example(int number, const char* source = "mock")
{
    return ExampleBuilder()
        .with("id", "ex_" + std::to_string(1000 + number))
        .with("source", source)
        .with("created_at",
            "2025-01-" + std::string(number % 28 < 9 ? "0" : "") + std::to_string(number % 28 + 1)
                + "T10:00:00Z")
        .json();
}

inline std::string pathOf(const TemporaryFolder& folder) { return folder.path("learning.db"); }

inline ScanOutcome scanStore(const std::string& path, ScanRequest request = {})
{
    ScanOutcome outcome;
    const auto files = requireExampleFiles(path);
    if (!files) {
        outcome.error = files.error().message;
        outcome.code = files.error().code;
        return outcome;
    }
    request.schema = defaultSchema();
    request.files = files->files;
    auto summary = scan(request, outcome.found, {}, {});
    if (summary) {
        outcome.summary = std::move(*summary);
    } else {
        outcome.error = summary.error().message;
        outcome.code = summary.error().code;
    }
    return outcome;
}

} // namespace workbench
