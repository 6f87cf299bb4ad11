// SPDX-License-Identifier: Apache-2.0
#include "core/input/text_source.h"

#include "core/base/file.h"
#include "core/input/packed_text.h"
#include "core/input/store_text.h"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace workbench {

namespace {

constexpr std::size_t PackedBytes = std::size_t {128} << 10; ///< read at once

/// A file's bytes as they lie on the disk: what was listed and not a byte more.
class ListedFile {
public:
    explicit ListedFile(const ExampleFile& file) : m_file(file) {}

    [[nodiscard]] Result<void> open()
    {
        auto opened = openForReading(m_file.path);
        if (!opened) {
            return opened.error();
        }
        m_open = std::move(*opened);
        if (auto same = requireSame(); !same) {
            return same;
        }
        (void)::posix_fadvise(m_open.get(), 0, 0, POSIX_FADV_SEQUENTIAL); // a hint; reading works without
        return {};
    }

    /// 0 at the end, when all was there and is as it was.
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t size, const std::stop_token& stop)
    {
        // Never beyond what was listed: what a writer appends meanwhile may end in the middle of a line.
        size = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_file.bytes - m_taken));
        while (size > 0) {
            const ssize_t count = ::read(m_open.get(), into, size);
            if (count < 0 && errno == EINTR) {
                if (stop.stop_requested()) {
                    return cancelledError();
                }
                continue;
            }
            if (count < 0) {
                return ioError(m_file.path, errno);
            }
            m_taken += static_cast<std::uint64_t>(count);
            if (count > 0) {
                return static_cast<std::size_t>(count);
            }
            break; // it shrank
        }
        if (m_taken != m_file.bytes) {
            return changedFile(m_file);
        }
        if (const auto same = requireSame(); !same) {
            return same.error();
        }
        return std::size_t {0};
    }

    [[nodiscard]] std::uint64_t taken() const { return m_taken; }
    [[nodiscard]] const ExampleFile& file() const { return m_file; }

private:
    /// That it is the one that was listed, as it was.
    [[nodiscard]] Result<void> requireSame() const
    {
        struct stat now {};
        if (::fstat(m_open.get(), &now) != 0) {
            return ioError(m_file.path, errno);
        }
        const bool same = static_cast<std::uint64_t>(now.st_size) == m_file.bytes
            && static_cast<std::uint64_t>(now.st_ino) == m_file.inode && modifiedNs(now) == m_file.modifiedNs;
        if (!same) {
            return changedFile(m_file);
        }
        return {};
    }

    const ExampleFile& m_file;
    FileDescriptor m_open;
    std::uint64_t m_taken = 0;
};

class PlainText final : public TextSource {
public:
    explicit PlainText(const ExampleFile& file) : m_file(file) {}

    [[nodiscard]] Result<void> open() { return m_file.open(); }

    Result<std::size_t> read(char* into, std::size_t size, const std::stop_token& stop) override
    {
        return m_file.read(into, size, stop);
    }
    [[nodiscard]] std::uint64_t bytesTaken() const override { return m_file.taken(); }

private:
    ListedFile m_file;
};

class PackedText final : public TextSource {
public:
    explicit PackedText(const ExampleFile& file) : m_file(file), m_packed(PackedBytes) {}

    [[nodiscard]] Result<void> open()
    {
        m_unpacker = makeUnpacker(packingOf(m_file.file().name));
        if (!m_unpacker) {
            return Error {ErrorCode::Io, m_file.file().path + ": no memory to unpack it", m_file.file().path};
        }
        return m_file.open();
    }

    Result<std::size_t> read(char* into, std::size_t size, const std::stop_token& stop) override
    {
        while (!m_ended) {
            if (stop.stop_requested()) {
                return cancelledError();
            }
            if (m_begin == m_end && !m_inputEnded) {
                auto got = m_file.read(m_packed.data(), m_packed.size(), stop);
                if (!got) {
                    return got;
                }
                m_begin = 0;
                m_end = *got;
                m_inputEnded = *got == 0;
            }
            // Without further input, too: the unpacker may still hold text.
            const auto step = m_unpacker->unpack(m_packed.data() + m_begin, m_end - m_begin, into, size);
            if (!step.sound) {
                return fault("it is damaged, or not what its name says");
            }
            m_begin += step.taken;
            if (step.given > 0) {
                return step.given;
            }
            if (m_inputEnded && step.taken == 0) {
                m_ended = true;
                if (!m_unpacker->mayEnd()) {
                    return fault("it is cut short");
                }
            } else if (!m_inputEnded && step.taken == 0 && m_begin < m_end) {
                return fault("it is damaged, or not what its name says"); // stuck: neither takes nor gives
            }
        }
        return std::size_t {0};
    }

    [[nodiscard]] std::uint64_t bytesTaken() const override { return m_file.taken() - (m_end - m_begin); }

private:
    [[nodiscard]] Error fault(const char* what) const
    {
        return {ErrorCode::Io, m_file.file().path + " cannot be unpacked: " + what, m_file.file().path};
    }

    ListedFile m_file;
    std::unique_ptr<Unpacker> m_unpacker;
    std::vector<char> m_packed;
    std::size_t m_begin = 0; ///< what is left of m_packed
    std::size_t m_end = 0;
    bool m_inputEnded = false;
    bool m_ended = false;
};

class StreamText final : public TextSource {
public:
    explicit StreamText(int descriptor) : m_descriptor(descriptor) {}

    Result<std::size_t> read(char* into, std::size_t size, const std::stop_token& stop) override
    {
        for (;;) {
            pollfd waiting {m_descriptor, POLLIN, 0};
            while (::poll(&waiting, 1, 50) == 0) {
                if (stop.stop_requested()) {
                    return cancelledError();
                }
            }
            const ssize_t count = ::read(m_descriptor, into, size);
            if (count >= 0) {
                m_taken += static_cast<std::uint64_t>(count);
                return static_cast<std::size_t>(count);
            }
            if (errno != EINTR) {
                return ioError("standard input", errno);
            }
            if (stop.stop_requested()) {
                return cancelledError();
            }
        }
    }
    [[nodiscard]] std::uint64_t bytesTaken() const override { return m_taken; }

private:
    int m_descriptor;
    std::uint64_t m_taken = 0;
};

template <class Kind> Result<std::unique_ptr<TextSource>> opened(const ExampleFile& file)
{
    auto source = std::make_unique<Kind>(file);
    if (auto open = source->open(); !open) {
        return open.error();
    }
    return std::unique_ptr<TextSource>(std::move(source));
}

} // namespace

Result<std::unique_ptr<TextSource>> openText(
    const ExampleFile& file, const ExampleFilter* filter, const std::stop_token& stop)
{
    if (file.store) {
        return openStoreText(file, filter, stop);
    }
    return packingOf(file.name) == Packing::None ? opened<PlainText>(file) : opened<PackedText>(file);
}

std::unique_ptr<TextSource> streamText(int descriptor) { return std::make_unique<StreamText>(descriptor); }

} // namespace workbench
