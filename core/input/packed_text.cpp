// SPDX-License-Identifier: Apache-2.0
#include "core/input/packed_text.h"

#include <algorithm>
#include <limits>
#include <string>

#include <zlib.h>
#include <zstd.h>

namespace workbench {

namespace {

/// A larger window is refused: a few bytes of input could otherwise ask for gigabytes.
constexpr int LargestZstdWindowLog = 27;
constexpr std::size_t LongestZstdHeader = 18; ///< of a frame: zstd's format, section 3.1.1

class GzipUnpacker final : public Unpacker {
public:
    GzipUnpacker()
    {
        constexpr int GzipOnly = 16;
        m_ready = ::inflateInit2(&m_stream, MAX_WBITS + GzipOnly) == Z_OK;
    }
    ~GzipUnpacker() override
    {
        if (m_ready) {
            (void)::inflateEnd(&m_stream);
        }
    }
    GzipUnpacker(const GzipUnpacker&) = delete;
    GzipUnpacker& operator=(const GzipUnpacker&) = delete;
    GzipUnpacker(GzipUnpacker&&) = delete;
    GzipUnpacker& operator=(GzipUnpacker&&) = delete;

    [[nodiscard]] bool ready() const { return m_ready; }

    [[nodiscard]] Step unpack(const char* packed, std::size_t size, char* into, std::size_t room) override
    {
        constexpr std::size_t Most = std::numeric_limits<uInt>::max();
        const auto input = static_cast<uInt>(std::min(size, Most));
        const auto output = static_cast<uInt>(std::min(room, Most));
        if (input > 0 && m_memberEnded) {
            if (::inflateReset(&m_stream) != Z_OK) {
                return {0, 0, false};
            }
            m_memberEnded = false;
        }
        // zlib takes the input as a pointer to what it promises not to change.
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed));
        m_stream.avail_in = input;
        m_stream.next_out = reinterpret_cast<Bytef*>(into);
        m_stream.avail_out = output;
        const int outcome = ::inflate(&m_stream, Z_NO_FLUSH);
        const Step step {input - m_stream.avail_in, output - m_stream.avail_out,
            outcome == Z_OK || outcome == Z_STREAM_END || outcome == Z_BUF_ERROR};
        m_memberEnded = outcome == Z_STREAM_END;
        return step;
    }

    [[nodiscard]] bool mayEnd() const override { return m_memberEnded; }

private:
    z_stream m_stream {};
    bool m_ready = false;
    bool m_memberEnded = false; ///< false before the first, too: an empty file is no gzip file
};

struct FreeZstd {
    void operator()(ZSTD_DStream* stream) const { (void)::ZSTD_freeDStream(stream); }
};

class ZstdUnpacker final : public Unpacker {
public:
    ZstdUnpacker() : m_stream(::ZSTD_createDStream())
    {
        m_ready = m_stream != nullptr && ::ZSTD_isError(::ZSTD_initDStream(m_stream.get())) == 0
            && ::ZSTD_isError(
                   ::ZSTD_DCtx_setParameter(m_stream.get(), ZSTD_d_windowLogMax, LargestZstdWindowLog))
                == 0;
    }

    [[nodiscard]] bool ready() const { return m_ready; }

    [[nodiscard]] Step unpack(const char* packed, std::size_t size, char* into, std::size_t room) override
    {
        ZSTD_inBuffer input {packed, size, 0};
        ZSTD_outBuffer output {into, room, 0};
        const std::size_t outcome = ::ZSTD_decompressStream(m_stream.get(), &output, &input);
        const bool sound = ::ZSTD_isError(outcome) == 0;
        if (!sound || (input.pos == 0 && output.pos == 0)) {
            return {input.pos, output.pos, sound};
        }
        if (m_frameEnded) {
            m_header.clear();
            m_frameText = 0;
        }
        m_header.append(packed, std::min(input.pos, LongestZstdHeader - m_header.size()));
        m_frameText += output.pos;
        m_frameEnded = outcome == 0;
        return {input.pos, output.pos, !m_frameEnded || isWholeFrame()};
    }

    [[nodiscard]] bool mayEnd() const override { return m_frameEnded; }

private:
    /// zstd 1.5.4 does not compare the two when a frame ends in an empty block and comes in pieces.
    [[nodiscard]] bool isWholeFrame() const
    {
        const auto stated = ::ZSTD_getFrameContentSize(m_header.data(), m_header.size());
        return stated == ZSTD_CONTENTSIZE_UNKNOWN || stated == m_frameText;
    }

    std::string m_header; ///< the first bytes of the frame that is being read
    std::uint64_t m_frameText = 0; ///< it gave so far
    std::unique_ptr<ZSTD_DStream, FreeZstd> m_stream;
    bool m_ready = false;
    bool m_frameEnded = false;
};

template <class Kind> std::unique_ptr<Unpacker> ready()
{
    auto made = std::make_unique<Kind>();
    return made->ready() ? std::move(made) : nullptr;
}

} // namespace

bool isExamplesName(std::string_view name)
{
    return name.ends_with(".jsonl") || name.ends_with(".jsonl.gz") || name.ends_with(".jsonl.zst");
}

Packing packingOf(std::string_view name)
{
    if (name.ends_with(".jsonl.gz")) {
        return Packing::Gzip;
    }
    return name.ends_with(".jsonl.zst") ? Packing::Zstd : Packing::None;
}

std::unique_ptr<Unpacker> makeUnpacker(Packing packing)
{
    switch (packing) {
    case Packing::Gzip:
        return ready<GzipUnpacker>();
    case Packing::Zstd:
        return ready<ZstdUnpacker>();
    case Packing::None:
        break;
    }
    return nullptr;
}

} // namespace workbench
