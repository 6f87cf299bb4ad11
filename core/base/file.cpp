// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include "core/base/uuid.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace workbench {

namespace {

struct ErrnoName {
    int number;
    std::string_view text;
};

constexpr std::array ErrnoNames {
    ErrnoName {EPERM, "operation not permitted"},
    ErrnoName {ENOENT, "no such file or directory"},
    ErrnoName {EIO, "input/output error"},
    ErrnoName {EBADF, "bad file descriptor"},
    ErrnoName {EAGAIN, "resource temporarily unavailable"},
    ErrnoName {ENOMEM, "out of memory"},
    ErrnoName {EACCES, "permission denied"},
    ErrnoName {EBUSY, "device or resource busy"},
    ErrnoName {EEXIST, "file exists"},
    ErrnoName {EXDEV, "on another file system"},
    ErrnoName {ENODEV, "no such device"},
    ErrnoName {ENOTDIR, "not a directory"},
    ErrnoName {EISDIR, "is a directory"},
    ErrnoName {EINVAL, "invalid argument"},
    ErrnoName {ENFILE, "too many open files in the system"},
    ErrnoName {EMFILE, "too many open files"},
    ErrnoName {EFBIG, "file too large"},
    ErrnoName {ENOSPC, "no space left on device"},
    ErrnoName {ESPIPE, "cannot seek there"},
    ErrnoName {EROFS, "read-only file system"},
    ErrnoName {EMLINK, "too many links"},
    ErrnoName {EPIPE, "broken pipe"},
    ErrnoName {ENAMETOOLONG, "file name too long"},
    ErrnoName {ENOTEMPTY, "directory not empty"},
    ErrnoName {ELOOP, "too many levels of symbolic links"},
    ErrnoName {EOVERFLOW, "value too large"},
    ErrnoName {EDQUOT, "disk quota exceeded"},
    ErrnoName {ESTALE, "stale file handle"},
    ErrnoName {ETIMEDOUT, "timed out"},
    ErrnoName {EINTR, "interrupted"},
};

/// Marks temporary names; what follows is random.
constexpr std::string_view TemporaryMark = ".tmp-";

} // namespace

FileDescriptor::~FileDescriptor()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept
{
    if (this != &other) {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

bool FileDescriptor::close()
{
    const int descriptor = std::exchange(m_descriptor, -1);
    // On Linux the descriptor is gone even after EINTR; closing again could hit somebody else's.
    return descriptor < 0 || ::close(descriptor) == 0 || errno == EINTR;
}

std::int64_t modifiedNs(const struct ::stat& entry)
{
    return std::int64_t {entry.st_mtim.tv_sec} * 1'000'000'000 + entry.st_mtim.tv_nsec;
}

Error ioError(std::string_view path, int errorNumber)
{
    return {ErrorCode::Io, std::string(path) + ": " + errnoText(errorNumber), std::string(path), errorNumber};
}

std::string errnoText(int errorNumber)
{
    // strerror() speaks the user's language and is not safe in threads.
    const auto* const found = std::ranges::find_if(
        ErrnoNames, [=](const ErrnoName& known) { return known.number == errorNumber; });
    return found == ErrnoNames.end() ? "system error " + std::to_string(errorNumber)
                                     : std::string(found->text);
}

FileDescriptor openFile(const std::string& path, int flags, unsigned mode) noexcept
{
    int descriptor = -1;
    do {
        descriptor = ::open(path.c_str(), flags | O_CLOEXEC, static_cast<mode_t>(mode));
    } while (descriptor < 0 && errno == EINTR);
    return FileDescriptor(descriptor);
}

Result<FileDescriptor> openForReading(const std::string& path)
{
    auto file = openFile(path, O_RDONLY | O_NOCTTY);
    if (!file) {
        return ioError(path, errno);
    }
    return file;
}

Result<std::string> readFile(const std::string& path, std::uint64_t limit)
{
    auto file = openForReading(path);
    if (!file) {
        return file.error();
    }
    return readAll(file->get(), path, limit);
}

Result<std::optional<std::string>> readFileIfThere(const std::string& path, std::uint64_t limit)
{
    const auto file = openFile(path, O_RDONLY | O_NOCTTY);
    if (!file) {
        return errno == ENOENT ? Result<std::optional<std::string>>(std::nullopt) : ioError(path, errno);
    }
    auto text = readAll(file.get(), path, limit);
    if (!text) {
        return text.error();
    }
    return std::optional<std::string>(std::move(*text));
}

ssize_t readSome(int descriptor, std::span<char> into)
{
    ssize_t got = 0;
    do {
        got = ::read(descriptor, into.data(), into.size());
    } while (got < 0 && errno == EINTR);
    return got;
}

ssize_t readSomeAt(int descriptor, std::span<char> into, std::uint64_t offset)
{
    ssize_t got = 0;
    do {
        got = ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(offset));
    } while (got < 0 && errno == EINTR);
    return got;
}

Result<std::string> readAll(int descriptor, std::string_view path, std::uint64_t limit)
{
    std::string bytes;
    std::array<char, std::size_t {64} * 1024> piece {};
    for (;;) {
        const ssize_t got = readSome(descriptor, piece);
        if (got < 0) {
            return ioError(path, errno);
        }
        if (got == 0) {
            return bytes;
        }
        if (bytes.size() + static_cast<std::size_t>(got) > limit) {
            return Error {ErrorCode::Io,
                std::string(path) + ": larger than " + std::to_string(limit) + " bytes", std::string(path)};
        }
        bytes.append(piece.data(), static_cast<std::size_t>(got));
    }
}

int tryWriteAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errno;
        }
        if (written == 0) {
            return EIO; // no progress and no reason: never spin
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

Result<void> writeAll(int descriptor, std::string_view bytes, std::string_view path)
{
    if (const int error = tryWriteAll(descriptor, bytes); error != 0) {
        return ioError(path, error);
    }
    return {};
}

bool tryReadAt(int descriptor, std::span<std::byte> into, std::uint64_t offset)
{
    while (!into.empty()) {
        const ssize_t got
            = readSomeAt(descriptor, {reinterpret_cast<char*>(into.data()), into.size()}, offset);
        if (got <= 0) {
            return false;
        }
        into = into.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

Result<void> writeFileAtomically(const std::string& path, std::string_view bytes, unsigned mode)
{
    auto file = StagedFile::create(path, mode);
    if (!file) {
        return file.error();
    }
    if (auto written = file->write(bytes); !written) {
        return written;
    }
    return file->commit();
}

bool tryLock(int descriptor) noexcept
{
    int outcome = 0;
    do {
        outcome = ::flock(descriptor, LOCK_EX | LOCK_NB);
    } while (outcome != 0 && errno == EINTR);
    return outcome == 0;
}

int tryFlush(int descriptor) noexcept
{
    int outcome = 0;
    do {
        outcome = ::fsync(descriptor);
    } while (outcome != 0 && errno == EINTR);
    // Some file systems cannot flush a folder, some things (a pipe) have nothing to flush.
    return outcome == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
}

int tryFlushFolder(const std::string& path) noexcept
{
    const FileDescriptor folder = openFile(path, O_RDONLY | O_DIRECTORY);
    return folder ? tryFlush(folder.get()) : errno;
}

Result<void> flushFolder(const std::string& path)
{
    const int error = tryFlushFolder(path);
    return error == 0 ? Result<void>() : ioError(path, error);
}

Result<void> makeFolders(const std::string& path, unsigned mode)
{
    std::size_t end = 0;
    while (end < path.size()) {
        end = std::min(path.find('/', end + 1), path.size());
        const std::string folder = path.substr(0, end);
        struct stat state {};
        if (::stat(folder.c_str(), &state) == 0) {
            if (!S_ISDIR(state.st_mode)) {
                return ioError(folder, ENOTDIR);
            }
            continue;
        }
        const bool last = path.find_first_not_of('/', end) == std::string::npos;
        if (::mkdir(folder.c_str(), static_cast<mode_t>(last ? mode : 0755U)) != 0) {
            if (errno == EEXIST) {
                continue; // another process made it meanwhile; a dangling link shows at the next step
            }
            return ioError(folder, errno);
        }
        if (auto flushed = flushFolder(parentFolder(folder)); !flushed) {
            return flushed;
        }
    }
    return {};
}

std::string parentFolder(std::string_view path)
{
    while (path.size() > 1 && path.back() == '/') {
        path.remove_suffix(1);
    }
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) {
        return ".";
    }
    const std::size_t end = path.find_last_not_of('/', slash);
    return end == std::string_view::npos ? "/" : std::string(path.substr(0, end + 1));
}

std::string_view lastPart(std::string_view path)
{
    while (path.size() > 1 && path.back() == '/') {
        path.remove_suffix(1);
    }
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

Result<std::vector<std::string>> folderEntries(const std::string& path)
{
    std::vector<std::string> names;
    const int error = tryFolderEntries(path, names);
    return error == 0 ? Result<std::vector<std::string>>(std::move(names)) : ioError(path, error);
}

int tryFolderEntries(const std::string& path, std::vector<std::string>& names)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), ::closedir);
    if (!folder) {
        return errno;
    }
    for (;;) {
        errno = 0;
        const dirent* const entry = ::readdir(folder.get());
        if (entry == nullptr) {
            if (errno != 0) {
                return errno;
            }
            break;
        }
        const std::string_view name(&entry->d_name[0]);
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
    }
    std::ranges::sort(names);
    return 0;
}

Result<StagedFile> StagedFile::create(const std::string& path, unsigned mode)
{
    const std::string prefix
        = parentFolder(path) + "/." + std::string(lastPart(path)) + std::string(TemporaryMark);
    constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW;
    StagedFile file;
    file.m_path = path;
    for (int attempt = 0; attempt < 16; ++attempt) {
        const std::string name = prefix + makeRandomSuffix();
        file.m_file = openFile(name, flags, mode);
        if (!file.m_file) {
            if (errno == EEXIST) {
                continue;
            }
            return ioError(path, errno);
        }
        file.m_temporary = name;
        struct stat state {};
        const bool locked = tryLock(file.m_file.get()) && ::fstat(file.m_file.get(), &state) == 0;
        if (locked && state.st_nlink == 1) {
            return file;
        }
        const int error = locked ? EWOULDBLOCK : errno;
        ::unlink(name.c_str());
        file.m_temporary.clear();
        if (error != EWOULDBLOCK) {
            return ioError(path, error);
        }
        // Somebody clearing up was faster than our lock: take another name.
    }
    return ioError(path, EEXIST);
}

StagedFile::~StagedFile()
{
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
    }
}

StagedFile::StagedFile(StagedFile&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_path(std::move(other.m_path))
    , m_temporary(std::exchange(other.m_temporary, {}))
{
}

StagedFile& StagedFile::operator=(StagedFile&& other) noexcept
{
    if (this != &other) {
        if (!m_temporary.empty()) {
            ::unlink(m_temporary.c_str());
        }
        m_file = std::move(other.m_file);
        m_path = std::move(other.m_path);
        m_temporary = std::exchange(other.m_temporary, {});
    }
    return *this;
}

Result<void> StagedFile::write(std::string_view bytes) { return writeAll(m_file.get(), bytes, m_path); }

FileDescriptor StagedFile::reading() const
{
    return FileDescriptor(::fcntl(m_file.get(), F_DUPFD_CLOEXEC, 0));
}

Result<void> StagedFile::flush()
{
    if (const int error = tryFlush(m_file.get()); error != 0) {
        return ioError(m_path, error);
    }
    return {};
}

Result<void> StagedFile::commit()
{
    if (auto flushed = flush(); !flushed) {
        return flushed;
    }
    if (auto renamed = commitUnflushed(); !renamed) {
        return renamed;
    }
    return flushFolder(parentFolder(m_path));
}

Result<void> StagedFile::commitUnflushed()
{
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) {
        return ioError(m_path, errno);
    }
    m_temporary.clear();
    // Too late to take anything back, and nothing that was flushed is lost by it.
    static_cast<void>(m_file.close());
    return {};
}

Result<void> StagedFile::removeLeftovers(const std::string& folder)
{
    const auto names = folderEntries(folder);
    if (!names) {
        return names.error();
    }
    for (const std::string& name : *names) {
        const std::size_t mark = name.rfind(TemporaryMark);
        if (name.front() != '.' || mark == std::string::npos
            || name.size() != mark + TemporaryMark.size() + RandomSuffixLength) {
            continue;
        }
        std::string path = folder;
        path += '/';
        path += name;
        const FileDescriptor file = openFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
        if (file && tryLock(file.get())) {
            ::unlink(path.c_str());
        }
    }
    return {};
}

namespace {

/// The folder, or the nearest one above it that is there.
Result<std::string> nearestFolder(const std::string& path)
{
    std::string folder = path.empty() ? "." : path;
    struct stat state {};
    while (::stat(folder.c_str(), &state) != 0) {
        if (errno != ENOENT || folder == "/" || folder == ".") {
            return ioError(folder, errno);
        }
        folder = parentFolder(folder);
    }
    if (!S_ISDIR(state.st_mode)) {
        return ioError(folder, ENOTDIR);
    }
    return folder;
}

} // namespace

Result<void> checkFolderWritable(const std::string& path)
{
    const auto folder = nearestFolder(path);
    if (!folder) {
        return folder.error();
    }
    if (::faccessat(AT_FDCWD, folder->c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
        return ioError(*folder, errno);
    }
    return {};
}

Result<std::uint64_t> freeSpace(const std::string& path)
{
    const auto folder = nearestFolder(path);
    if (!folder) {
        return folder.error();
    }
    struct statvfs state {};
    if (::statvfs(folder->c_str(), &state) != 0) {
        return ioError(*folder, errno);
    }
    return std::uint64_t {state.f_bavail} * state.f_frsize;
}

} // namespace workbench
