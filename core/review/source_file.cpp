// SPDX-License-Identifier: Apache-2.0
#include "core/review/source_file.h"

#include "core/input/example_parser.h"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

Error changed(const ExampleFile& file)
{
    return {ErrorCode::Io, "The file changed. Reload to see this value.", file.name};
}

/// Whether the name still leads to the file that was listed, untouched.
Result<void> checkUnchanged(const ExampleFile& file)
{
    struct stat now {};
    if (::stat(file.path.c_str(), &now) != 0) {
        return ioError(file.path, errno);
    }
    const std::int64_t modified = std::int64_t {now.st_mtim.tv_sec} * 1'000'000'000 + now.st_mtim.tv_nsec;
    if (static_cast<std::uint64_t>(now.st_size) != file.bytes || modified != file.modifiedNs
        || now.st_ino != file.inode) {
        return changed(file);
    }
    return {};
}

} // namespace

SourceFile::SourceFile(FileDescriptor descriptor, const ExampleFile& file)
    : m_descriptor(std::move(descriptor))
    , m_file(&file)
{
}

Result<SourceFile> SourceFile::open(const ExampleFile& file)
{
    auto descriptor = openForReading(file.path);
    if (!descriptor) {
        return descriptor.error();
    }
    if (auto same = checkUnchanged(file); !same) {
        return same.error();
    }
    return SourceFile(std::move(*descriptor), file);
}

Result<void> SourceFile::read(std::uint64_t offset, std::size_t length, std::string& into) const
{
    into.assign(length + LinePadding, '\0');
    std::size_t done = 0;
    while (done < length) {
        const ssize_t got = ::pread(
            m_descriptor.get(), into.data() + done, length - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ioError(m_file->path, errno);
        }
        if (got == 0) {
            return changed(*m_file);
        }
        done += static_cast<std::size_t>(got);
    }
    // Asked afterwards: whatever was written while we read shows now.
    return checkUnchanged(*m_file);
}

} // namespace workbench
