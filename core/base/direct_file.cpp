// SPDX-License-Identifier: Apache-2.0
#include "core/base/direct_file.h"

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

} // namespace

void WriteBuffer::Free::operator()(char* memory) const
{
    ::operator delete (memory, std::align_val_t {Alignment});
}

WriteBuffer::WriteBuffer(std::size_t capacity)
    : m_memory(static_cast<char*>(::operator new (capacity, std::align_val_t {Alignment})))
    , m_capacity(capacity)
{
}

std::size_t WriteBuffer::append(std::string_view bytes)
{
    const std::size_t taken = std::min(bytes.size(), m_capacity - m_size);
    std::copy_n(bytes.data(), taken,
        m_memory.get() + m_size); // nothing into no buffer is allowed, unlike with memcpy
    m_size += taken;
    return taken;
}

WriteBuffer WriteBuffers::take()
{
    const std::lock_guard lock(m_mutex);
    if (m_spare.empty()) {
        m_spare.reserve(++m_made); // so that giving back needs no memory
        return WriteBuffer(m_bytes);
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
    m_file = FileDescriptor(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t {0644}));
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

int DirectFile::finish()
{
    if (const int error = tryFlush(m_file.get()); error != 0) {
        return error;
    }
    return m_file.close() ? 0 : errno;
}

} // namespace workbench
