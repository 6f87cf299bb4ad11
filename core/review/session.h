// SPDX-License-Identifier: Apache-2.0
/// Where a person was when the window ended, in whatever way it did: nothing of what the rows say.
#pragma once

#include "core/base/result.h"
#include "core/input/example_filter.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

struct Session {
    /// One change of the filters, to be undone and redone.
    struct Step {
        std::string name;
        ExampleFilter before;
        ExampleFilter after;
    };

    std::string folder; ///< absolute
    std::string tab;
    std::string schemaFingerprint; ///< filters of another schema mean nothing
    std::uint64_t usualMaxRows = 0; ///< the configured limit: a filter that had it goes on having it
    ExampleFilter filter;
    std::vector<Step> steps; ///< the oldest first
    std::size_t stepsDone = 0; ///< the others were undone
    std::string sortColumn; ///< its path; empty: as the rows stand in the files
    bool descending = false;
    std::string exampleId; ///< of the chosen row, when that row was accepted; else empty
};

[[nodiscard]] std::string toJson(const Session& session);
/// Errors: Io naming `where` when it is no such document.
[[nodiscard]] Result<Session> parseSession(std::string_view json, std::string_view where);

/// Whole or not at all, for its owner's eyes, in a folder that is made where there is none.
[[nodiscard]] Result<void> saveSession(const std::string& path, const Session& session);
/// Nothing when there is no such file. Errors: Io.
[[nodiscard]] Result<std::optional<Session>> loadSession(const std::string& path);

} // namespace workbench
