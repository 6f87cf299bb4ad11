// SPDX-License-Identifier: Apache-2.0
// Stands between a program under test and the C library (LD_PRELOAD). Counts the calls that touch files below
// one folder, and at one of them kills the process or answers with an error: the program itself has no code
// for it.
//
//   FAULT_FOLDER   the folder, absolute; calls about anything else pass uncounted
//   FAULT_KIND     kill: ends the process before the call; torn: after half of a write; short: half of a
//   write is
//                  answered for; or what errno says: ENOSPC EDQUOT EIO EROFS EACCES EMFILE EINTR, EIO-flush
//                  of a flush alone
//   FAULT_AT       at which call, from 1 on, of those that such a thing happens to; 0: they are only counted
//   FAULT_FOR_EVER set: at all that follow, too
//   FAULT_LOG      gets a line for each call that was counted, or for the first that was struck
#include "tests/faults/shim.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>

using namespace workbench;

namespace {

/// What a call does: a fault strikes some of these.
enum Does : unsigned {
    Opens = 1U << 0U,
    Creates = 1U << 1U,
    Reads = 1U << 2U,
    Writes = 1U << 3U,
    Names = 1U << 4U, ///< gives a file or folder a name
    Removes = 1U << 5U,
    Flushes = 1U << 6U,
    Locks = 1U << 7U,
    Closes = 1U << 8U,
    Looks = 1U << 9U,
    Resizes = 1U << 10U,
};

struct Kind {
    std::string_view name;
    int number; ///< errno; 0: another kind
    unsigned strikes;
};

constexpr unsigned Changes = Creates | Writes | Names | Removes | Resizes;
constexpr std::array Kinds {
    Kind {"kill", 0, Changes | Flushes | Locks},
    Kind {"torn", 0, Writes},
    Kind {"short", 0, Writes},
    Kind {"ENOSPC", ENOSPC, Creates | Writes | Names | Flushes | Resizes},
    Kind {"EDQUOT", EDQUOT, Creates | Writes | Names | Flushes | Resizes},
    Kind {"EIO", EIO, ~0U},
    Kind {"EIO-flush", EIO, Flushes},
    Kind {"EROFS", EROFS, Changes},
    Kind {"EACCES", EACCES, Opens | Creates | Names | Removes | Looks},
    Kind {"EMFILE", EMFILE, Opens | Creates},
    Kind {"EINTR", EINTR, Opens | Creates | Reads | Writes | Flushes | Locks | Closes | Resizes},
};

class Shim : public WatchedFolder {
public:
    Shim()
        : m_at(std::strtoul(std::string(setting("FAULT_AT")).c_str(), nullptr, 10))
        , m_forEver(!setting("FAULT_FOR_EVER").empty())
    {
        for (const Kind& kind : Kinds) {
            if (kind.name == setting("FAULT_KIND")) {
                m_kind = kind;
            }
        }
    }

    /// Whether the call is struck; does not come back from being killed. errno is set.
    [[nodiscard]] bool strikes(unsigned does, std::string_view name, std::string_view about)
    {
        if ((m_kind.strikes & does) == 0) {
            return false;
        }
        const std::size_t number = ++m_calls;
        if (m_at == 0) {
            log(name, about);
            return false;
        }
        if (number != m_at && !(m_forEver && number > m_at)) {
            return false;
        }
        if (number == m_at) {
            log(name, about);
        }
        if (m_kind.name == "kill") {
            die();
        }
        errno = m_kind.number;
        return true;
    }
    /// After half of a write: whether it is answered for; else the process is killed.
    [[nodiscard]] bool isHalf() const { return m_kind.number == 0; }
    void afterHalf() const
    {
        if (m_kind.name == "torn") {
            die();
        }
    }

private:
    [[noreturn]] static void die()
    {
        for (;;) {
            ::syscall(SYS_kill, ::getpid(), SIGKILL);
        }
    }
    void log(std::string_view name, std::string_view about) const
    {
        if (m_log >= 0) {
            const std::string line = std::string(name) + ' ' + std::string(about) + '\n';
            ::syscall(SYS_write, m_log, line.data(), line.size());
        }
    }

    std::size_t m_at;
    bool m_forEver;
    Kind m_kind {};
    int m_log = openLog();
    std::atomic<std::size_t> m_calls = 0;
};

Shim& shim()
{
    static Shim made;
    return made;
}

bool strikesAt(int folder, const char* path, unsigned does, const char* name)
{
    return shim().isBelow(folder, path) && shim().strikes(does, name, path);
}

bool strikesOn(int descriptor, unsigned does, const char* name)
{
    return shim().isWatched(descriptor) && shim().strikes(does, name, {});
}

unsigned opening(int flags)
{
    return (flags & O_CREAT) != 0 ? Creates : (flags & O_ACCMODE) == O_RDONLY ? Opens : Opens | Creates;
}

template <class Open> int opened(int folder, const char* path, int flags, const char* name, Open open)
{
    if (strikesAt(folder, path, opening(flags), name)) {
        return -1;
    }
    const int descriptor = open();
    shim().watch(descriptor, shim().isBelow(folder, path));
    return descriptor;
}

/// Direct writing goes by pages.
std::size_t halfOf(std::size_t bytes)
{
    constexpr std::size_t Page = 4096;
    return bytes >= 2 * Page ? bytes / 2 / Page * Page : bytes / 2;
}

/// `write(bytes)` writes so many; a struck one half of them.
template <class Write> ssize_t written(int descriptor, std::size_t bytes, const char* name, Write write)
{
    if (!strikesOn(descriptor, Writes, name)) {
        return write(bytes);
    }
    if (!shim().isHalf()) {
        return -1;
    }
    const std::size_t half = halfOf(bytes);
    const ssize_t done = half == 0 ? 0 : write(half);
    shim().afterHalf();
    return half == 0 ? write(bytes) : done;
}

} // namespace

WRAPPED_OPENING

WRAPPED(int, close, int descriptor)
{
    static auto* const real = behind<int(int)>("close");
    const bool struck = strikesOn(descriptor, Closes, "close");
    const int error = errno;
    shim().watch(descriptor, false); // before: then it may be another thread's
    const int done = real(descriptor); // also where it is to fail: Linux closes it all the same
    if (struck) {
        errno = error;
        return -1;
    }
    return done;
}

WRAPPED(int, closedir, DIR* folder)
{
    static auto* const real = behind<int(DIR*)>("closedir");
    shim().watch(::dirfd(folder), false);
    return real(folder);
}

#define READDIR(name, entry)                                                                                 \
    WRAPPED(entry*, name, DIR* folder)                                                                       \
    {                                                                                                        \
        static auto* const real = behind<entry*(DIR*)>(#name);                                               \
        return strikesOn(::dirfd(folder), Reads, #name) ? nullptr : real(folder);                            \
    }
READDIR(readdir, dirent)
READDIR(readdir64, dirent64)

WRAPPED(ssize_t, read, int descriptor, void* into, size_t bytes)
{
    static auto* const real = behind<ssize_t(int, void*, size_t)>("read");
    return strikesOn(descriptor, Reads, "read") ? -1 : real(descriptor, into, bytes);
}

#define PREAD(name)                                                                                          \
    WRAPPED(ssize_t, name, int descriptor, void* into, size_t bytes, off64_t offset)                         \
    {                                                                                                        \
        static auto* const real = behind<ssize_t(int, void*, size_t, off64_t)>(#name);                       \
        return strikesOn(descriptor, Reads, #name) ? -1 : real(descriptor, into, bytes, offset);             \
    }
PREAD(pread)
PREAD(pread64)

WRAPPED(ssize_t, write, int descriptor, const void* bytes, size_t size)
{
    static auto* const real = behind<ssize_t(int, const void*, size_t)>("write");
    return written(
        descriptor, size, "write", [&](std::size_t some) { return real(descriptor, bytes, some); });
}

#define PWRITE(name)                                                                                         \
    WRAPPED(ssize_t, name, int descriptor, const void* bytes, size_t size, off64_t offset)                   \
    {                                                                                                        \
        static auto* const real = behind<ssize_t(int, const void*, size_t, off64_t)>(#name);                 \
        return written(descriptor, size, #name,                                                              \
            [&](std::size_t some) { return real(descriptor, bytes, some, offset); });                        \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

WRAPPED(ssize_t, writev, int descriptor, const iovec* pieces, int count)
{
    static auto* const real = behind<ssize_t(int, const iovec*, int)>("writev");
    return written(descriptor, static_cast<std::size_t>(count), "writev",
        [&](std::size_t some) { return real(descriptor, pieces, static_cast<int>(some)); });
}

#define FLUSH(name)                                                                                          \
    WRAPPED(int, name, int descriptor)                                                                       \
    {                                                                                                        \
        static auto* const real = behind<int(int)>(#name);                                                   \
        return strikesOn(descriptor, Flushes, #name) ? -1 : real(descriptor);                                \
    }
FLUSH(fsync)
FLUSH(fdatasync)

#define RESIZE(name)                                                                                         \
    WRAPPED(int, name, int descriptor, off64_t size)                                                         \
    {                                                                                                        \
        static auto* const real = behind<int(int, off64_t)>(#name);                                          \
        return strikesOn(descriptor, Resizes, #name) ? -1 : real(descriptor, size);                          \
    }
RESIZE(ftruncate)
RESIZE(ftruncate64)

WRAPPED(int, flock, int descriptor, int operation)
{
    static auto* const real = behind<int(int, int)>("flock");
    return strikesOn(descriptor, Locks, "flock") ? -1 : real(descriptor, operation);
}

WRAPPED(int, mkdir, const char* path, mode_t mode)
{
    static auto* const real = behind<int(const char*, mode_t)>("mkdir");
    return strikesAt(AT_FDCWD, path, Names, "mkdir") ? -1 : real(path, mode);
}

WRAPPED(int, rename, const char* from, const char* to)
{
    static auto* const real = behind<int(const char*, const char*)>("rename");
    return strikesAt(AT_FDCWD, to, Names, "rename") ? -1 : real(from, to);
}

WRAPPED(int, renameat2, int fromFolder, const char* from, int toFolder, const char* to, unsigned flags)
{
    static auto* const real = behind<int(int, const char*, int, const char*, unsigned)>("renameat2");
    return strikesAt(toFolder, to, Names, "renameat2") ? -1 : real(fromFolder, from, toFolder, to, flags);
}

WRAPPED(int, link, const char* from, const char* to)
{
    static auto* const real = behind<int(const char*, const char*)>("link");
    return strikesAt(AT_FDCWD, to, Names, "link") ? -1 : real(from, to);
}

#define REMOVE(name)                                                                                         \
    WRAPPED(int, name, const char* path)                                                                     \
    {                                                                                                        \
        static auto* const real = behind<int(const char*)>(#name);                                           \
        return strikesAt(AT_FDCWD, path, Removes, #name) ? -1 : real(path);                                  \
    }
REMOVE(unlink)
REMOVE(rmdir)
REMOVE(remove)

WRAPPED(int, unlinkat, int folder, const char* path, int flags)
{
    static auto* const real = behind<int(int, const char*, int)>("unlinkat");
    return strikesAt(folder, path, Removes, "unlinkat") ? -1 : real(folder, path, flags);
}

#define LOOK(name, answer)                                                                                   \
    WRAPPED(int, name, const char* path, answer* state)                                                      \
    {                                                                                                        \
        static auto* const real = behind<int(const char*, answer*)>(#name);                                  \
        return strikesAt(AT_FDCWD, path, Looks, #name) ? -1 : real(path, state);                             \
    }
using Stat = struct stat;
using Stat64 = struct stat64;
LOOK(stat, Stat)
LOOK(stat64, Stat64)
LOOK(lstat, Stat)
LOOK(lstat64, Stat64)

#define LOOKAT(name, answer)                                                                                 \
    WRAPPED(int, name, int folder, const char* path, answer* state, int flags)                               \
    {                                                                                                        \
        static auto* const real = behind<int(int, const char*, answer*, int)>(#name);                        \
        return strikesAt(folder, path, Looks, #name) ? -1 : real(folder, path, state, flags);                \
    }
LOOKAT(fstatat, Stat)
LOOKAT(fstatat64, Stat64)

#define LOOKON(name, answer)                                                                                 \
    WRAPPED(int, name, int descriptor, answer* state)                                                        \
    {                                                                                                        \
        static auto* const real = behind<int(int, answer*)>(#name);                                          \
        return strikesOn(descriptor, Looks, #name) ? -1 : real(descriptor, state);                           \
    }
LOOKON(fstat, Stat)
LOOKON(fstat64, Stat64)
