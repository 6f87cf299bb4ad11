// SPDX-License-Identifier: Apache-2.0
/// A folder that appears whole or not at all: written under a hidden name, flushed, renamed.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <string>
#include <string_view>

namespace workbench {

/// While it lives it holds a lock, by which others see that its hidden folder is not a leftover.
class StagedFolder {
public:
    /// Makes `{parent}/.{name}.partial-…`. Errors: Io.
    [[nodiscard]] static Result<StagedFolder> create(const std::string& parent, const std::string& name);
    ~StagedFolder(); ///< removes the hidden folder unless it was published
    StagedFolder(StagedFolder&&) noexcept;
    StagedFolder& operator=(StagedFolder&&) noexcept;
    StagedFolder(const StagedFolder&) = delete;
    StagedFolder& operator=(const StagedFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; } ///< write here
    /// Flushes every folder and renames to `{parent}/{name}`. With `replace`, an existing folder of that
    /// name is exchanged in one step and then removed; without, it is an error (Usage). Files in it must
    /// have been flushed by whoever wrote them.
    [[nodiscard]] Result<void> publish(bool replace);

    /// Removes hidden folders in `parent` that no living process holds.
    [[nodiscard]] static Result<void> removeLeftovers(const std::string& parent);

private:
    StagedFolder() = default;

    std::string m_parent;
    std::string m_name;
    std::string m_path;
    FileDescriptor m_lock;
};

} // namespace workbench
