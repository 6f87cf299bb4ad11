// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace workbench {

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "workbench-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder can be made");
    }
    m_path = name;
}

TemporaryFolder::~TemporaryFolder()
{
    // A test may have taken permissions away; give them back so that nothing stays behind.
    std::error_code ignored;
    const auto skip = std::filesystem::directory_options::skip_permission_denied;
    for (std::filesystem::recursive_directory_iterator it(m_path, skip, ignored), end; it != end;
         it.increment(ignored)) {
        if (it->is_directory(ignored) && !it->is_symlink(ignored)) {
            std::filesystem::permissions(
                it->path(), std::filesystem::perms::owner_all, std::filesystem::perm_options::add, ignored);
        }
    }
    std::filesystem::remove_all(m_path, ignored);
}

std::string TemporaryFolder::path(std::string_view name) const { return m_path + "/" + std::string(name); }

std::string TemporaryFolder::write(std::string_view name, std::string_view bytes) const
{
    const std::string file = path(name);
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) {
        throw std::runtime_error("a test file cannot be written");
    }
    return file;
}

std::string TemporaryFolder::read(std::string_view name) const
{
    std::ifstream stream(path(name), std::ios::binary);
    if (!stream) {
        throw std::runtime_error("no such file: " + std::string(name));
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> TemporaryFolder::entries() const
{
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_path)) {
        const std::string name = std::filesystem::relative(entry.path(), m_path).string();
        found.push_back(entry.is_directory() ? name + "/" : name);
    }
    std::ranges::sort(found);
    return found;
}

} // namespace workbench
