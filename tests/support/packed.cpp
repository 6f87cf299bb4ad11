// SPDX-License-Identifier: Apache-2.0
#include "tests/support/packed.h"

#include <stdexcept>

#include <zlib.h>
#include <zstd.h>

namespace workbench {

std::string gzipped(std::string_view text)
{
    z_stream stream {};
    constexpr int Gzip = MAX_WBITS + 16;
    if (::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, Gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("deflateInit2");
    }
    std::string out(::deflateBound(&stream, text.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int outcome = ::deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    (void)::deflateEnd(&stream);
    if (outcome != Z_STREAM_END) {
        throw std::runtime_error("deflate");
    }
    return out;
}

std::string zstdPacked(std::string_view text)
{
    ZSTD_CCtx* const context = ::ZSTD_createCCtx();
    std::string out(::ZSTD_compressBound(text.size()), '\0');
    (void)::ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    const std::size_t size = ::ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size());
    (void)::ZSTD_freeCCtx(context);
    if (::ZSTD_isError(size) != 0) {
        throw std::runtime_error("ZSTD_compress2");
    }
    out.resize(size);
    return out;
}

} // namespace workbench
