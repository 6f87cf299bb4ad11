// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/content.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>
#include <vector>

namespace workbench::fakehub {

namespace {

/// A file that vanishes with its descriptor, so that a killed program leaves nothing.
int namelessFile()
{
    std::string name = (std::filesystem::temp_directory_path() / "fake-hub-XXXXXX").string();
    const int file = mkostemp(name.data(), O_CLOEXEC);
    if (file < 0) {
        throw std::runtime_error("the fake Hub cannot make a temporary file");
    }
    unlink(name.c_str());
    return file;
}

void writeFully(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            throw std::runtime_error("the fake Hub cannot write its temporary file");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace

Content::~Content()
{
    if (m_file >= 0) {
        close(m_file);
    }
}

std::size_t Content::read(std::uint64_t offset, char* out, std::size_t size) const
{
    if (offset >= m_size) {
        return 0;
    }
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_size - offset));
    if (m_file < 0) {
        m_bytes.copy(out, wanted, static_cast<std::size_t>(offset));
        return wanted;
    }
    std::size_t done = 0;
    while (done < wanted) {
        const ssize_t got = pread(m_file, out + done, wanted - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            throw std::runtime_error("the fake Hub cannot read its temporary file");
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::string Content::text() const
{
    std::string all(static_cast<std::size_t>(m_size), '\0');
    all.resize(read(0, all.data(), all.size()));
    return all;
}

ContentWriter::ContentWriter(std::uint64_t spillAbove)
    : m_content(new Content)
    , m_sha256(Digest::Kind::Sha256)
    , m_md5(Digest::Kind::Md5)
    , m_spillAbove(spillAbove)
{
}

ContentWriter::~ContentWriter() = default;
ContentWriter::ContentWriter(ContentWriter&&) noexcept = default;
ContentWriter& ContentWriter::operator=(ContentWriter&&) noexcept = default;

void ContentWriter::write(std::string_view bytes)
{
    m_sha256.update(bytes);
    m_md5.update(bytes);
    Content& content = *m_content;
    content.m_size += bytes.size();
    if (content.m_file < 0 && content.m_size > m_spillAbove) {
        content.m_file = namelessFile();
        writeFully(content.m_file, content.m_bytes);
        content.m_bytes = std::string();
    }
    if (content.m_file < 0) {
        content.m_bytes += bytes;
    } else {
        writeFully(content.m_file, bytes);
    }
}

void ContentWriter::append(const Content& content)
{
    std::vector<char> buffer(1U << 16);
    std::uint64_t offset = 0;
    while (offset < content.size()) {
        const std::size_t got = content.read(offset, buffer.data(), buffer.size());
        write(std::string_view(buffer.data(), got));
        offset += got;
    }
}

std::uint64_t ContentWriter::size() const { return m_content->m_size; }

std::shared_ptr<const Content> ContentWriter::finish()
{
    m_content->m_sha256 = m_sha256.finish();
    m_content->m_md5 = m_md5.finish();
    return std::move(m_content);
}

std::shared_ptr<const Content> ContentWriter::of(std::string_view bytes)
{
    ContentWriter writer;
    writer.write(bytes);
    return writer.finish();
}

} // namespace workbench::fakehub
