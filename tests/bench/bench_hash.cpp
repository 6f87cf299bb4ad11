// SPDX-License-Identifier: Apache-2.0
// What SHA-256 costs by itself: so many bytes, a mebibyte at a time as the bundle writer does, in one thread
// and without reading anything. Usage: bench_hash BYTES
#include "core/base/sha256.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** arguments)
{
    const std::string piece(std::size_t {1} << 20, 'x');
    workbench::Sha256 hash;
    auto left = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 0;
    while (left > 0) {
        const auto size = std::min<unsigned long long>(left, piece.size());
        hash.update(std::string_view(piece).substr(0, size));
        left -= size;
    }
    std::printf("%s\n", hash.finish().c_str());
    return count > 1 ? 0 : 2;
}
