// SPDX-License-Identifier: Apache-2.0
#include "core/base/direct_file.h"

#include "core/base/large_pages.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <new>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace workbench {

namespace {

bool isAligned(const char* address)
{
    return reinterpret_cast<std::uintptr_t>(address) % WriteBuffer::Alignment == 0;
}

std::shared_ptr<char> alignedMemory(std::size_t bytes)
{
    if (bytes % LargePage == 0) {
        return {static_cast<char*>(allocateLargePages(bytes)), freeLargePages};
    }
    constexpr auto Alignment = std::align_val_t {WriteBuffer::Alignment};
    return {static_cast<char*>(::operator new(bytes, Alignment)),
        [](char* made) { ::operator delete(made, Alignment); }};
}

} // namespace

std::size_t WriteBuffer::append(std::string_view bytes)
{
    const std::size_t taken = std::min(bytes.size(), m_capacity - m_size);
    std::copy_n(bytes.data(), taken,
        m_memory.get() + m_size); // nothing into no buffer is allowed, unlike with memcpy
    m_size += taken;
    return taken;
}

std::size_t WriteBuffers::inLargePage(std::size_t bytes)
{
    return std::max<std::size_t>(LargePage / bytes, 1);
}

WriteBuffer WriteBuffers::take()
{
    const std::lock_guard lock(m_mutex);
    if (m_spare.empty()) {
        m_made += m_together;
        m_spare.reserve(m_made); // so that giving back needs no memory
        const auto memory = alignedMemory(m_bytes * m_together);
        for (std::size_t place = m_together; place > 0; --place) {
            m_spare.emplace_back(memory, m_bytes, place - 1);
        }
    }
    WriteBuffer buffer = std::move(m_spare.back());
    m_spare.pop_back();
    return buffer;
}

void WriteBuffers::giveBack(WriteBuffer buffer)
{
    buffer.clear();
    const std::lock_guard lock(m_mutex);
    m_spare.push_back(std::move(buffer));
}

int DirectFile::create(const std::string& path)
{
    m_file = openFile(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644);
    if (!m_file) {
        return errno;
    }
    // Asked for afterwards: a file system that cannot would refuse the open and leave the file behind.
    m_direct = ::fcntl(m_file.get(), F_SETFL, O_DIRECT) == 0;
    return 0;
}

int DirectFile::write(std::string_view bytes)
{
    while (m_direct && bytes.size() >= WriteBuffer::Alignment && isAligned(bytes.data())) {
        const std::size_t whole = bytes.size() - bytes.size() % WriteBuffer::Alignment;
        const ssize_t written = ::write(m_file.get(), bytes.data(), whole);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            break; // the usual way will do, or say what is wrong
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (bytes.empty()) {
        return 0;
    }
    leaveDirectWriting();
    return tryWriteAll(m_file.get(), bytes);
}

void DirectFile::leaveDirectWriting()
{
    if (std::exchange(m_direct, false)) {
        (void)::fcntl(m_file.get(), F_SETFL, 0); // cannot fail where it could be set
    }
}

int DirectFile::flush() const { return tryFlush(m_file.get()); }

int DirectFile::finish()
{
    if (const int error = flush(); error != 0) {
        return error;
    }
    return m_file.close() ? 0 : errno;
}

} // namespace workbench
