// SPDX-License-Identifier: Apache-2.0
/// What the fake Hub stores: bytes in memory, or in a file without a name once they are many.
#pragma once

#include "tests/support/fake_hub/digest.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace workbench::fakehub {

/// Immutable, hence shared between threads without a lock.
class Content {
public:
    ~Content();
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const std::string& sha256() const { return m_sha256; }
    [[nodiscard]] const std::string& md5() const { return m_md5; }
    /// Up to `size` bytes from `offset` on; fewer only at the end.
    [[nodiscard]] std::size_t read(std::uint64_t offset, char* out, std::size_t size) const;
    /// All of it.
    [[nodiscard]] std::string text() const;

private:
    friend class ContentWriter;
    Content() = default;

    std::string m_bytes;
    int m_file = -1; ///< holds the bytes when there are many
    std::uint64_t m_size = 0;
    std::string m_sha256;
    std::string m_md5;
};

class ContentWriter {
public:
    explicit ContentWriter(std::uint64_t spillAbove = 1U << 20);
    ~ContentWriter();
    ContentWriter(ContentWriter&&) noexcept;
    ContentWriter& operator=(ContentWriter&&) noexcept;
    ContentWriter(const ContentWriter&) = delete;
    ContentWriter& operator=(const ContentWriter&) = delete;

    void write(std::string_view bytes);
    void append(const Content& content);
    [[nodiscard]] std::uint64_t size() const;
    [[nodiscard]] std::shared_ptr<const Content> finish();

    [[nodiscard]] static std::shared_ptr<const Content> of(std::string_view bytes);

private:
    std::shared_ptr<Content> m_content;
    Digest m_sha256;
    Digest m_md5;
    std::uint64_t m_spillAbove;
};

} // namespace workbench::fakehub
