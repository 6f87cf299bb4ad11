// SPDX-License-Identifier: Apache-2.0
/// A file that is written once, front to back, and flushed: past the page cache where the file system lets
/// us. Copying into the page cache costs more than hashing the same bytes, and a flush waits for it all the
/// same.
#pragma once

#include "core/base/file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Bytes to be written together, at an address that the disk can read from.
class WriteBuffer {
public:
    static constexpr std::size_t Alignment = 4096;

    WriteBuffer() = default;
    /// Of so many buffers of one size side by side the one at `place`.
    WriteBuffer(const std::shared_ptr<char>& memory, std::size_t capacity, std::size_t place)
        : m_memory(memory, memory.get() + capacity * place)
        , m_capacity(capacity)
    {
    }
    explicit operator bool() const { return bool {m_memory}; }

    /// As many of `bytes` as there is room for; how many these were.
    std::size_t append(std::string_view bytes);
    void clear() { m_size = 0; }
    [[nodiscard]] bool isFull() const { return m_size == m_capacity; }
    [[nodiscard]] std::string_view bytes() const { return {m_memory.get(), m_size}; }

private:
    std::shared_ptr<char> m_memory; ///< shared with its neighbours
    std::size_t m_capacity = 0;
    std::size_t m_size = 0;
};

/// Buffers of one size that are used again. Any thread.
class WriteBuffers {
public:
    /// Buffers of `bytes`, made so many at a time, side by side.
    explicit WriteBuffers(std::size_t bytes, std::size_t together = 1) : m_bytes(bytes), m_together(together)
    {
    }
    /// So many of `bytes` at a time that they fill a large page: the kernel looks up each page that goes to
    /// the disk.
    [[nodiscard]] static std::size_t inLargePage(std::size_t bytes);

    [[nodiscard]] WriteBuffer take(); ///< empty
    void giveBack(WriteBuffer buffer); ///< one of these; does not throw

private:
    std::size_t m_bytes;
    std::size_t m_together;
    std::size_t m_made = 0;
    std::mutex m_mutex;
    std::vector<WriteBuffer> m_spare;
};

/// Failures are errno's numbers; 0 is none.
class DirectFile {
public:
    /// Must not exist; mode 0644 less the umask.
    [[nodiscard]] int create(const std::string& path);
    /// What comes from a WriteBuffer of a multiple of Alignment goes straight to the disk; anything else, and
    /// whatever follows it, the usual way.
    [[nodiscard]] int write(std::string_view bytes);
    /// What has been written by now gets to the disk itself. Any thread, also beside write(), once the file
    /// is created and before finish().
    [[nodiscard]] int flush() const;
    /// Flushes and closes.
    [[nodiscard]] int finish();

    explicit operator bool() const { return bool {m_file}; }

private:
    void leaveDirectWriting();

    FileDescriptor m_file;
    bool m_direct = false;
};

} // namespace workbench
