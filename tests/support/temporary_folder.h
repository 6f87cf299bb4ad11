// SPDX-License-Identifier: Apache-2.0
/// A folder of its own for a test, gone with the object.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace workbench {

class TemporaryFolder {
public:
    TemporaryFolder(); ///< throws std::runtime_error when none can be made
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::string path(std::string_view name) const; ///< "{path}/{name}"
    /// Writes a file, with the folders above it, and returns its path.
    std::string write(std::string_view name, std::string_view bytes) const;
    /// A file's bytes; throws when it is not there.
    [[nodiscard]] std::string read(std::string_view name) const;
    /// Everything below, relative and sorted; folders end in a slash. Hidden entries too.
    [[nodiscard]] std::vector<std::string> entries() const;

private:
    std::string m_path;
};

} // namespace workbench
