// SPDX-License-Identifier: Apache-2.0
/// File descriptors that close themselves, and reading and writing whole pieces.
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

struct stat;

namespace workbench {

/// Owns a file descriptor.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int descriptor) : m_descriptor(descriptor) {}
    ~FileDescriptor();
    FileDescriptor(FileDescriptor&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;

    [[nodiscard]] int get() const { return m_descriptor; }
    explicit operator bool() const { return m_descriptor >= 0; }
    /// Closes now and says whether that went well (a full disk may only tell here).
    [[nodiscard]] bool close();

private:
    int m_descriptor = -1;
};

/// "PATH: no space left on device": an Io error for errno's present value.
[[nodiscard]] Error ioError(std::string_view path, int errorNumber);
/// "permission denied", "no such file or directory": errno in lower-case words, independent of the locale.
[[nodiscard]] std::string errnoText(int errorNumber);

/// When what stat() looked at was last written to, in nanoseconds since 1970 (UTC).
[[nodiscard]] std::int64_t modifiedNs(const struct ::stat& entry);

/// As ::open(), but whatever interrupts it: none, and errno, when that fails.
[[nodiscard]] FileDescriptor openFile(const std::string& path, int flags, unsigned mode = 0) noexcept;
[[nodiscard]] Result<FileDescriptor> openForReading(const std::string& path);
/// A whole small file. Errors: Io, also when it is larger than `limit` bytes.
[[nodiscard]] Result<std::string> readFile(const std::string& path, std::uint64_t limit = 64U << 20);
/// The same, and nothing where there is no such file.
[[nodiscard]] Result<std::optional<std::string>> readFileIfThere(
    const std::string& path, std::uint64_t limit = 64U << 20);
/// What is left to read of an open file. Errors as for readFile(), naming `path`.
[[nodiscard]] Result<std::string> readAll(
    int descriptor, std::string_view path, std::uint64_t limit = 64U << 20);
/// As ::read() and ::pread(), but whatever interrupts them: how many bytes came, 0 at the end, -1 and errno.
[[nodiscard]] ssize_t readSome(int descriptor, std::span<char> into);
[[nodiscard]] ssize_t readSomeAt(int descriptor, std::span<char> into, std::uint64_t offset);
/// All of `bytes`, through short writes and EINTR.
[[nodiscard]] Result<void> writeAll(int descriptor, std::string_view bytes, std::string_view path);
/// The same without an Error: 0, or what errno said.
[[nodiscard]] int tryWriteAll(int descriptor, std::string_view bytes);
/// All of `into` from `offset` on, wherever the file stands. False: the file ends before, or cannot be read.
[[nodiscard]] bool tryReadAt(int descriptor, std::span<std::byte> into, std::uint64_t offset);
/// Whole or not at all, see StagedFile. Mode 0600 unless told.
[[nodiscard]] Result<void> writeFileAtomically(
    const std::string& path, std::string_view bytes, unsigned mode = 0600);
/// Takes the exclusive lock of an open file or folder, waiting for nobody. False, and errno: EWOULDBLOCK when
/// somebody has it.
[[nodiscard]] bool tryLock(int descriptor) noexcept;
/// fsync of an open file: 0, or what errno said.
[[nodiscard]] int tryFlush(int descriptor) noexcept;
/// fsync of a folder, so that a rename in it survives a power cut.
[[nodiscard]] Result<void> flushFolder(const std::string& path);
/// The same without an Error, and without memory: 0, or what errno said.
[[nodiscard]] int tryFlushFolder(const std::string& path) noexcept;
/// Makes a folder (with `mode`, less the umask) and those above it (0755). Errors: Io naming the one that
/// could not be made.
[[nodiscard]] Result<void> makeFolders(const std::string& path, unsigned mode = 0755);
/// Whether a folder could be made and written to, asked of the nearest one above it that is there. Makes
/// nothing. Errors: Io naming that one.
[[nodiscard]] Result<void> checkFolderWritable(const std::string& path);
/// Bytes that we may still write where a folder is, or would be. Errors: Io naming the nearest one above it.
[[nodiscard]] Result<std::uint64_t> freeSpace(const std::string& path);
/// The folder a path lies in: "." when it names none.
[[nodiscard]] std::string parentFolder(std::string_view path);
/// The last part of a path.
[[nodiscard]] std::string_view lastPart(std::string_view path);

/// The names of a folder's entries but "." and "..", in bytewise order.
[[nodiscard]] Result<std::vector<std::string>> folderEntries(const std::string& path);
/// The same without an Error: 0, or what errno said.
[[nodiscard]] int tryFolderEntries(const std::string& path, std::vector<std::string>& names);

/// A file that appears whole or not at all: written under a temporary name beside it, flushed, renamed.
/// Errors name the file that was asked for; nobody knows the temporary one.
class StagedFile {
public:
    /// Errors: Io. Mode less the umask.
    [[nodiscard]] static Result<StagedFile> create(const std::string& path, unsigned mode = 0600);
    ~StagedFile(); ///< removes the temporary file unless it was committed
    StagedFile(StagedFile&& other) noexcept;
    StagedFile& operator=(StagedFile&& other) noexcept;
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;

    [[nodiscard]] Result<void> write(std::string_view bytes);
    [[nodiscard]] Result<void> flush();
    /// Flushes and renames, then flushes the folder.
    [[nodiscard]] Result<void> commit();
    /// Renames and flushes nothing: for what can be made anew and shows by itself whether it is whole, or was
    /// flushed before. After an error nothing was renamed.
    [[nodiscard]] Result<void> commitUnflushed();
    /// Another descriptor of it, for reading; none when there are no more.
    [[nodiscard]] FileDescriptor reading() const;

    /// Removes what killed programs left in `folder`. Touches nothing that a living process writes.
    [[nodiscard]] static Result<void> removeLeftovers(const std::string& folder);

private:
    StagedFile() = default;

    FileDescriptor m_file; ///< holds a lock, by which others see that somebody is at it
    std::string m_path;
    std::string m_temporary; ///< empty once committed
};

} // namespace workbench
