// SPDX-License-Identifier: Apache-2.0
#include "core/review/source_file.h"

#include "core/input/example_parser.h"
#include "core/input/packed_text.h"
#include "core/input/store_reader.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::size_t KeptBytes = std::size_t {1} << 20; ///< of a packed text, for a look back
constexpr std::size_t StepBytes = std::size_t {128} << 10;

Error changed(const ExampleFile& file)
{
    return {ErrorCode::Io, "The file changed. Reload to see this value.", file.name};
}

Result<void> checkUnchanged(const ExampleFile& file)
{
    const auto same = isAsListed(file);
    if (!same) {
        return same.error();
    }
    return *same ? Result<void>() : changed(file);
}

} // namespace

Result<SourceFile> SourceFile::open(const ExampleFile& file)
{
    SourceFile source(file);
    if (!file.store && packingOf(file.name) == Packing::None) {
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
    const SourceLine& from, std::size_t length, std::string& into, const std::stop_token& stop)
{
    into.resize(length + LinePadding);
    std::fill(into.begin() + static_cast<std::ptrdiff_t>(length), into.end(), '\0');
    const auto done = m_descriptor ? readPlain(from.offset, length, into.data())
        : m_file->store            ? readRows(from.line, length, into.data(), stop)
                                   : readText(from.offset, length, into.data(), stop);
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
        const ssize_t got = readSomeAt(m_descriptor.get(), {into + done, length - done}, offset + done);
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
        auto opened = openText(*m_file, nullptr, stop);
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

Result<void> SourceFile::readRows(
    std::uint64_t line, std::size_t length, char* into, const std::stop_token& stop)
{
    auto reader = StoreReader::open(*m_file, stop);
    if (!reader) {
        return reader.error();
    }
    if (m_order.empty()) {
        auto order = reader->rows(storeOrderQuery(), stop);
        if (!order) {
            return order.error();
        }
        m_order = std::move(*order);
    }
    std::string text;
    for (std::uint64_t row = line - 1; text.size() < length; ++row) {
        if (row >= m_order.size()) {
            return changed(*m_file);
        }
        if (auto appended = reader->appendLine(m_order[static_cast<std::size_t>(row)], text, stop);
            !appended) {
            return appended;
        }
    }
    text.copy(into, length);
    return {};
}

} // namespace workbench
