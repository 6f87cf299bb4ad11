// SPDX-License-Identifier: Apache-2.0
/// What stands between a program under test and the C library (LD_PRELOAD) knows of it: which calls are about
/// files below one folder, and what it passes them on to.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Under the names of the C library, but not by its headers' declarations: those are macros and redirections.
#define WRAPPED(result, name, ...)                                                                           \
    extern "C" result shim_##name(__VA_ARGS__) __asm__(#name);                                               \
    extern "C" result shim_##name(__VA_ARGS__)

namespace workbench {

inline std::string_view setting(const char* name)
{
    const char* const text = std::getenv(name);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

/// The C library's own, behind ours.
template <class Function> Function* behind(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// A file that is appended to past all wrappers. -1 without FAULT_LOG.
inline int openLog()
{
    const std::string log(setting("FAULT_LOG"));
    return log.empty() ? -1
                       : static_cast<int>(::syscall(SYS_openat, AT_FDCWD, log.c_str(),
                           O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
}

/// FAULT_FOLDER, and what is open in it. Any thread.
class WatchedFolder {
public:
    WatchedFolder() : m_folder(setting("FAULT_FOLDER"))
    {
        std::array<char, 4096> folder {};
        if (::getcwd(folder.data(), folder.size()) != nullptr) {
            m_workingFolder = folder.data();
        }
    }

    [[nodiscard]] bool isWatched(int descriptor) const
    {
        return descriptor >= 0 && static_cast<std::size_t>(descriptor) < m_watched.size()
            && m_watched[static_cast<std::size_t>(descriptor)];
    }
    void watch(int descriptor, bool watched)
    {
        if (descriptor >= 0 && static_cast<std::size_t>(descriptor) < m_watched.size()) {
            m_watched[static_cast<std::size_t>(descriptor)] = watched;
        }
    }
    /// `path` as a call about `folder` understands it.
    [[nodiscard]] bool isBelow(int folder, const char* path) const
    {
        if (m_folder.empty()) {
            return false;
        }
        if (*path != '/' && folder != AT_FDCWD) {
            return isWatched(folder);
        }
        const std::string whole = absolute(path);
        return whole.starts_with(m_folder)
            && (whole.size() == m_folder.size() || whole[m_folder.size()] == '/');
    }
    /// Of a path that begins with a slash, or at the folder that the program was started in.
    [[nodiscard]] std::string absolute(const char* path) const
    {
        return *path == '/' ? path : m_workingFolder + '/' + path;
    }

private:
    std::string m_folder;
    std::string m_workingFolder;
    std::array<std::atomic<bool>, 4096> m_watched {};
};

} // namespace workbench
