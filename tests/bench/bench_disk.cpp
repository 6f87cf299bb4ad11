// SPDX-License-Identifier: Apache-2.0
// What the disk costs by itself: so many bytes in two files side by side, written as the bundle writer does
// it and nothing computed. Flushed meanwhile whenever so many MiB of a file were written, and at the end;
// with 0 at the end alone. Usage: bench_disk FOLDER BYTES MIB
#include "core/bundle/bundle_writer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

namespace {

using namespace workbench;

/// False: it could not be written.
bool write(const std::string& path, unsigned long long bytes, std::size_t flushedMeanwhile)
{
    constexpr std::size_t Piece = std::size_t {1} << 20;
    WriteBuffers buffers(Piece, WriteBuffers::inLargePage(Piece));
    WriteBuffer piece = buffers.take();
    piece.append(std::string(Piece, 'x'));
    DirectFile file;
    bool good = file.create(path) == 0;
    {
        WriteLane flushing;
        std::size_t unflushed = 0;
        for (unsigned long long left = bytes; good && left >= Piece; left -= Piece) {
            good = file.write(piece.bytes()) == 0;
            unflushed += Piece;
            if (flushedMeanwhile > 0 && unflushed >= flushedMeanwhile
                && flushing.offer([&file] { static_cast<void>(file.flush()); })) {
                unflushed = 0;
            }
        }
        flushing.drain();
    }
    return file.finish() == 0 && good;
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 4) {
        std::fputs("Usage: bench_disk FOLDER BYTES MIB\n", stderr);
        return 2;
    }
    const std::string folder = arguments[1];
    const auto bytes = std::strtoull(arguments[2], nullptr, 10) / 2;
    const std::size_t flushedMeanwhile = std::strtoull(arguments[3], nullptr, 10) << 20;
    bool good = false;
    {
        const std::jthread other([&] { good = write(folder + "/a", bytes, flushedMeanwhile); });
        if (!write(folder + "/b", bytes, flushedMeanwhile)) {
            return 1;
        }
    }
    return good ? 0 : 1;
}
