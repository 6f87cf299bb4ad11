// SPDX-License-Identifier: Apache-2.0
// What SHA-256 costs by itself: so many bytes, those of two files at a time and a mebibyte of each, as the
// bundle writer does, in one thread and without reading anything. Usage: bench_hash BYTES
#include "core/base/sha256.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

int main(int count, char** arguments)
{
    const std::string memory(std::size_t {2} << 20, 'x');
    const std::string_view first = std::string_view(memory).substr(0, memory.size() / 2);
    const std::string_view second = std::string_view(memory).substr(memory.size() / 2);
    workbench::Sha256 a;
    workbench::Sha256 b;
    auto left = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 0;
    while (left > 0) {
        const auto ofA = std::min<unsigned long long>((left + 1) / 2, first.size());
        const auto ofB = std::min<unsigned long long>(left / 2, second.size());
        workbench::Sha256::updateBoth(a, first.substr(0, ofA), b, second.substr(0, ofB));
        left -= ofA + ofB;
    }
    std::printf("%s %s\n", a.finish().c_str(), b.finish().c_str());
    return count > 1 ? 0 : 2;
}
