// SPDX-License-Identifier: Apache-2.0
#include "core/review/source_file.h"

#include "core/input/example_parser.h"
#include "core/input/packed_text.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::size_t KeptBytes = std::size_t {1} << 20; ///< of a packed text, for a look back
constexpr std::size_t StepBytes = std::size_t {128} << 10;

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

Result<SourceFile> SourceFile::open(const ExampleFile& file)
{
    SourceFile source(file);
    if (packingOf(file.name) == Packing::None) {
        auto descriptor = openForReading(file.path);
        if (!descriptor) {
            return descriptor.error();
        }
        source.m_descriptor = std::move(*descriptor);
    }
    if (auto same = checkUnchanged(file); !same) {
        return same.error();
    }
    return source;
}

Result<void> SourceFile::read(
    std::uint64_t offset, std::size_t length, std::string& into, const std::stop_token& stop)
{
    into.assign(length + LinePadding, '\0');
    const auto done
        = m_descriptor ? readPlain(offset, length, into.data()) : readText(offset, length, into.data(), stop);
    // Asked afterwards: whatever was written while we read shows now.
    if (const auto same = checkUnchanged(*m_file); !same) {
        return same;
    }
    return done;
}

Result<void> SourceFile::readPlain(std::uint64_t offset, std::size_t length, char* into)
{
    std::size_t done = 0;
    while (done < length) {
        const ssize_t got
            = ::pread(m_descriptor.get(), into + done, length - done, static_cast<off_t>(offset + done));
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
    return {};
}

Result<void> SourceFile::readText(
    std::uint64_t offset, std::size_t length, char* into, const std::stop_token& stop)
{
    if (!m_text || offset < m_windowBegin) {
        m_window.clear();
        m_windowBegin = 0;
        auto opened = openText(*m_file);
        if (!opened) {
            return opened.error();
        }
        m_text = std::move(*opened);
    }
    while (m_windowBegin + m_window.size() < offset + length) {
        if (m_window.size() >= 2 * KeptBytes) {
            // What is asked for stays, and so does what was given last.
            const std::uint64_t keepFrom
                = std::min<std::uint64_t>(offset, m_windowBegin + m_window.size() - KeptBytes);
            if (keepFrom > m_windowBegin) {
                m_window.erase(0, static_cast<std::size_t>(keepFrom - m_windowBegin));
                m_windowBegin = keepFrom;
            }
        }
        const std::size_t before = m_window.size();
        m_window.resize(before + StepBytes);
        const auto got = m_text->read(m_window.data() + before, StepBytes, stop);
        m_window.resize(before + (got ? *got : 0));
        if (!got && got.error().code != ErrorCode::Cancelled) {
            m_text.reset(); // begun anew next time
        }
        if (!got) {
            return got.error();
        }
        if (*got == 0) {
            return changed(*m_file);
        }
    }
    m_window.copy(into, length, static_cast<std::size_t>(offset - m_windowBegin));
    return {};
}

} // namespace workbench
