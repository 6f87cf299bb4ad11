// SPDX-License-Identifier: Apache-2.0
/// A folder that appears whole or not at all: written under a hidden name, flushed, renamed.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <cstdint>
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
    /// name is exchanged in one step and removed when this object goes; without, it is an error (Usage).
    /// Files in it must have been flushed by whoever wrote them. After an error nothing was published, unless
    /// it could not be taken back: see isPublished().
    [[nodiscard]] Result<void> publish(bool replace);
    /// Takes a publish() back: what stood there before stands there again. For when what has to follow fails.
    /// Needs no memory. Where the disk lets nothing be renamed any more it stays published.
    void withdraw() noexcept;
    [[nodiscard]] bool isPublished() const { return m_state != State::Staged; }

    /// Removes hidden folders in `parent` that no living process holds.
    [[nodiscard]] static Result<void> removeLeftovers(const std::string& parent);

private:
    enum class State : std::uint8_t { Staged, Published, Exchanged };

    StagedFolder() = default;
    void removeHidden() noexcept;

    std::string m_parent;
    std::string m_target; ///< where it is to appear
    std::string m_path; ///< the hidden folder; empty when moved from
    FileDescriptor m_lock;
    FileDescriptor m_replacedLock; ///< on the folder that was exchanged
    State m_state = State::Staged;
};

} // namespace workbench
