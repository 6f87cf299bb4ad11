// SPDX-License-Identifier: Apache-2.0
// Stands between a program under test and the C library (LD_PRELOAD) and writes down, in the order they
// happened, the calls that changed or flushed something below one folder: what PowerLoss goes by.
//
//   FAULT_FOLDER   the folder, absolute
//   FAULT_LOG      gets a line for each call that went well. PLACE is -1 and an absolute path, or a folder's
//                  descriptor and a path in it; HOW is c (creates), t (empties), both, or -
//                    open DESCRIPTOR HOW PLACE           close DESCRIPTOR      flush DESCRIPTOR
//                    write DESCRIPTOR OFFSET SIZE        followed by the bytes and a line feed
//                    resize DESCRIPTOR SIZE              mkdir PLACE           remove PLACE
//                    rename -, or x for an exchange      followed by a line each for both PLACEs
#include "tests/faults/shim.h"

#include <algorithm>
#include <mutex>
#include <string>

#include <sys/stat.h>
#include <sys/uio.h>

using namespace workbench;

namespace {

class Journal : public WatchedFolder {
public:
    /// Makes a call and, if it went well, has `note` write it down before another one is made.
    template <class Call, class Note> auto add(Call call, Note note)
    {
        const std::lock_guard lock(m_order);
        const auto answer = call();
        if (answer >= 0) {
            const int error = errno;
            note(answer);
            errno = error;
        }
        return answer;
    }
    void line(const std::string& text) const
    {
        std::string whole = text + '\n';
        for (std::string_view rest = whole; m_log >= 0 && !rest.empty();) {
            const long written = ::syscall(SYS_write, m_log, rest.data(), rest.size());
            rest.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : rest.size());
        }
    }

private:
    std::mutex m_order;
    int m_log = openLog();
};

Journal& journal()
{
    static Journal made;
    return made;
}

/// A path after its folder's descriptor.
std::string at(int folder, const char* path)
{
    return folder == AT_FDCWD || *path == '/' ? "-1 " + journal().absolute(path)
                                              : std::to_string(folder) + ' ' + path;
}

template <class Open> int opened(int folder, const char* path, int flags, const char* /*name*/, Open open)
{
    if (!journal().isBelow(folder, path)) {
        const int descriptor = open();
        journal().watch(descriptor, false);
        return descriptor;
    }
    return journal().add(open, [&](int descriptor) {
        journal().watch(descriptor, true);
        // Their numbers differ from machine to machine.
        const std::string does
            = std::string((flags & O_CREAT) != 0 ? "c" : "") + ((flags & O_TRUNC) != 0 ? "t" : "");
        journal().line("open " + std::to_string(descriptor) + ' ' + (does.empty() ? "-" : does) + ' '
            + at(folder, path));
    });
}

template <class Write> ssize_t written(int descriptor, const std::string& bytes, off64_t offset, Write write)
{
    return journal().add(write, [&](ssize_t size) {
        journal().line("write " + std::to_string(descriptor) + ' ' + std::to_string(offset) + ' '
            + std::to_string(size) + '\n' + bytes.substr(0, static_cast<std::size_t>(size)));
    });
}

off64_t placeOf(int descriptor) { return ::lseek64(descriptor, 0, SEEK_CUR); }

} // namespace

WRAPPED_OPENING

WRAPPED(int, close, int descriptor)
{
    static auto* const real = behind<int(int)>("close");
    if (!journal().isWatched(descriptor)) {
        return real(descriptor);
    }
    return journal().add(
        [&] {
            journal().watch(descriptor, false); // before: then it may be another thread's
            return real(descriptor);
        },
        [&](int) { journal().line("close " + std::to_string(descriptor)); });
}

WRAPPED(int, closedir, DIR* folder)
{
    static auto* const real = behind<int(DIR*)>("closedir");
    journal().watch(::dirfd(folder), false);
    return real(folder);
}

WRAPPED(ssize_t, write, int descriptor, const void* bytes, size_t size)
{
    static auto* const real = behind<ssize_t(int, const void*, size_t)>("write");
    if (!journal().isWatched(descriptor)) {
        return real(descriptor, bytes, size);
    }
    const std::string copy(static_cast<const char*>(bytes), size);
    return written(descriptor, copy, placeOf(descriptor), [&] { return real(descriptor, bytes, size); });
}

#define PWRITE(name)                                                                                         \
    WRAPPED(ssize_t, name, int descriptor, const void* bytes, size_t size, off64_t offset)                   \
    {                                                                                                        \
        static auto* const real = behind<ssize_t(int, const void*, size_t, off64_t)>(#name);                 \
        if (!journal().isWatched(descriptor)) {                                                              \
            return real(descriptor, bytes, size, offset);                                                    \
        }                                                                                                    \
        const std::string copy(static_cast<const char*>(bytes), size);                                       \
        return written(descriptor, copy, offset, [&] { return real(descriptor, bytes, size, offset); });     \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

WRAPPED(ssize_t, writev, int descriptor, const iovec* pieces, int count)
{
    static auto* const real = behind<ssize_t(int, const iovec*, int)>("writev");
    if (!journal().isWatched(descriptor)) {
        return real(descriptor, pieces, count);
    }
    std::string copy;
    std::for_each(pieces, pieces + count,
        [&](const iovec& piece) { copy.append(static_cast<const char*>(piece.iov_base), piece.iov_len); });
    return written(descriptor, copy, placeOf(descriptor), [&] { return real(descriptor, pieces, count); });
}

/// A call of which the descriptor and perhaps a size say everything.
template <class Call> int changed(int descriptor, const std::string& line, Call call)
{
    return journal().isWatched(descriptor) ? journal().add(call, [&](int) { journal().line(line); }) : call();
}

#define FLUSH(name)                                                                                          \
    WRAPPED(int, name, int descriptor)                                                                       \
    {                                                                                                        \
        static auto* const real = behind<int(int)>(#name);                                                   \
        return changed(descriptor, "flush " + std::to_string(descriptor), [&] { return real(descriptor); }); \
    }
FLUSH(fsync)
FLUSH(fdatasync)

#define RESIZE(name)                                                                                         \
    WRAPPED(int, name, int descriptor, off64_t size)                                                         \
    {                                                                                                        \
        static auto* const real = behind<int(int, off64_t)>(#name);                                          \
        return changed(descriptor, "resize " + std::to_string(descriptor) + ' ' + std::to_string(size),      \
            [&] { return real(descriptor, size); });                                                         \
    }
RESIZE(ftruncate)
RESIZE(ftruncate64)

/// A call of which a path says everything.
template <class Call> int named(int folder, const char* path, const char* name, Call call)
{
    return journal().isBelow(folder, path)
        ? journal().add(call, [&](int) { journal().line(std::string(name) + ' ' + at(folder, path)); })
        : call();
}

WRAPPED(int, mkdir, const char* path, mode_t mode)
{
    static auto* const real = behind<int(const char*, mode_t)>("mkdir");
    return named(AT_FDCWD, path, "mkdir", [&] { return real(path, mode); });
}

#define REMOVE(name)                                                                                         \
    WRAPPED(int, name, const char* path)                                                                     \
    {                                                                                                        \
        static auto* const real = behind<int(const char*)>(#name);                                           \
        return named(AT_FDCWD, path, "remove", [&] { return real(path); });                                  \
    }
REMOVE(unlink)
REMOVE(rmdir)
REMOVE(remove)

WRAPPED(int, unlinkat, int folder, const char* path, int flags)
{
    static auto* const real = behind<int(int, const char*, int)>("unlinkat");
    return named(folder, path, "remove", [&] { return real(folder, path, flags); });
}

namespace {

template <class Call>
int renamed(int fromFolder, const char* from, int toFolder, const char* to, unsigned flags, Call call)
{
    if (!journal().isBelow(toFolder, to) && !journal().isBelow(fromFolder, from)) {
        return call();
    }
    return journal().add(call, [&](int) {
        journal().line("rename " + std::string((flags & RENAME_EXCHANGE) != 0 ? "x" : "-") + '\n'
            + at(fromFolder, from) + '\n' + at(toFolder, to));
    });
}

} // namespace

WRAPPED(int, rename, const char* from, const char* to)
{
    static auto* const real = behind<int(const char*, const char*)>("rename");
    return renamed(AT_FDCWD, from, AT_FDCWD, to, 0, [&] { return real(from, to); });
}

WRAPPED(int, renameat2, int fromFolder, const char* from, int toFolder, const char* to, unsigned flags)
{
    static auto* const real = behind<int(int, const char*, int, const char*, unsigned)>("renameat2");
    return renamed(
        fromFolder, from, toFolder, to, flags, [&] { return real(fromFolder, from, toFolder, to, flags); });
}
