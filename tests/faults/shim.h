// SPDX-License-Identifier: Apache-2.0
/// What stands between a program under test and the C library (LD_PRELOAD) knows of it: which calls are about
/// files below one folder, and what it passes them on to.
#pragma once

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Under the names of the C library, but not by its headers' declarations: those are macros and redirections.
#define WRAPPED(result, name, ...)                                                                           \
    extern "C" result shim_##name(__VA_ARGS__) __asm__(#name);                                               \
    extern "C" result shim_##name(__VA_ARGS__)

#define WRAPPED_OPEN(name)                                                                                   \
    extern "C" int shim_##name(const char* path, int flags, ...) __asm__(#name);                             \
    extern "C" int shim_##name(const char* path, int flags, ...)                                             \
    {                                                                                                        \
        static auto* const real = workbench::behind<int(const char*, int, ...)>(#name);                      \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                               \
        va_end(rest);                                                                                        \
        return opened(AT_FDCWD, path, flags, #name, [&] { return real(path, flags, mode); });                \
    }
#define WRAPPED_OPENAT(name)                                                                                 \
    extern "C" int shim_##name(int folder, const char* path, int flags, ...) __asm__(#name);                 \
    extern "C" int shim_##name(int folder, const char* path, int flags, ...)                                 \
    {                                                                                                        \
        static auto* const real = workbench::behind<int(int, const char*, int, ...)>(#name);                 \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                               \
        va_end(rest);                                                                                        \
        return opened(folder, path, flags, #name, [&] { return real(folder, path, flags, mode); });          \
    }
/// All by which a descriptor comes about: each calls a shim's own opened(folder, path, flags, name, call),
/// which may make the call and returns what it gave, or -1. With 64-bit offsets a call has another name.
#define WRAPPED_OPENING                                                                                      \
    WRAPPED_OPEN(open)                                                                                       \
    WRAPPED_OPEN(open64)                                                                                     \
    WRAPPED_OPENAT(openat)                                                                                   \
    WRAPPED_OPENAT(openat64)                                                                                 \
    WRAPPED(DIR*, opendir, const char* path)                                                                 \
    {                                                                                                        \
        static auto* const real = workbench::behind<DIR*(const char*)>("opendir");                           \
        DIR* folder = nullptr;                                                                               \
        opened(AT_FDCWD, path, O_RDONLY, "opendir", [&] {                                                    \
            folder = real(path);                                                                             \
            return folder == nullptr ? -1 : ::dirfd(folder);                                                 \
        });                                                                                                  \
        return folder;                                                                                       \
    }

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
