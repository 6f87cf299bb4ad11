// SPDX-License-Identifier: Apache-2.0
/// A file whose lock says that somebody lives: the system drops it with the process, however that ended.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <optional>
#include <string>

namespace workbench {

/// Holds a file under an exclusive lock; the file goes with the holder. What a dead process left behind is
/// taken over. One holder among all threads and processes of the machine.
class LockFile {
public:
    /// Nothing when somebody else holds it. Errors: Io.
    [[nodiscard]] static Result<std::optional<LockFile>> tryAcquire(const std::string& path);
    ~LockFile();
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&&) = delete;
    LockFile(const LockFile&) = delete;

    /// Whether the file is empty says something to those who may not have it. Best effort.
    void setMarked(bool marked);
    /// Of whoever holds or held it; false when there is no such file.
    [[nodiscard]] static bool isMarked(const std::string& path);

    LockFile& operator=(const LockFile&) = delete;

private:
    LockFile() = default;

    FileDescriptor m_file;
    std::string m_path;
};

} // namespace workbench
