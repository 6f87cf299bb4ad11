// SPDX-License-Identifier: Apache-2.0
// What one thread could reach at best: reads files, lets simdjson touch every value of every line, keeps
// nothing. No guard, no duplicate keys, no output: a bound to compare with, not a goal. Usage: bench_probe
// FILE…
#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace {

struct Touched {
    std::uint64_t rows = 0;
    std::uint64_t values = 0;
    double sum = 0; ///< so that no number is skipped
};

void touch(simdjson::ondemand::value value, Touched& touched)
{
    ++touched.values;
    switch (value.type()) {
    case simdjson::ondemand::json_type::object:
        for (auto field : value.get_object()) {
            touched.sum += static_cast<double>(std::string_view(field.unescaped_key()).size());
            touch(field.value(), touched);
        }
        break;
    case simdjson::ondemand::json_type::array:
        for (auto item : value.get_array()) {
            touch(item.value(), touched);
        }
        break;
    case simdjson::ondemand::json_type::number:
        touched.sum += double(value.get_double());
        break;
    case simdjson::ondemand::json_type::string:
        touched.sum += static_cast<double>(std::string_view(value.get_string()).size());
        break;
    default:
        break;
    }
}

/// Blocks that fit into a core's cache, always in the same memory: reading whole files would take as long as
/// looking at them, for pages that the kernel has to clear first.
constexpr std::size_t BlockBytes = std::size_t {256} << 10;

void touchLine(simdjson::ondemand::parser& parser, const char* line, std::size_t size, Touched& touched)
{
    try {
        auto document = parser.iterate(line, size, size + simdjson::SIMDJSON_PADDING);
        for (auto field : document.get_object()) {
            touch(field.value(), touched);
        }
        ++touched.rows;
    } catch (const simdjson::simdjson_error&) {
        ++touched.values; // a malformed line
    }
}

void touchFile(const char* path, std::vector<char>& memory, Touched& touched)
{
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        std::perror(path);
        std::exit(1); // fewer rows would look faster
    }
    simdjson::ondemand::parser parser;
    std::size_t kept = 0; // of a line whose end is not read yet
    for (;;) {
        if (memory.size() < kept + BlockBytes + simdjson::SIMDJSON_PADDING) {
            memory.resize(kept + BlockBytes + simdjson::SIMDJSON_PADDING);
        }
        const ssize_t got = ::read(file, memory.data() + kept, BlockBytes);
        const std::string_view all(memory.data(), kept + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        std::size_t at = 0;
        for (std::size_t end = 0; (end = all.find('\n', at)) != all.npos; at = end + 1) {
            touchLine(parser, all.data() + at, end - at, touched);
        }
        if (got <= 0) {
            if (at < all.size()) {
                touchLine(parser, all.data() + at, all.size() - at, touched);
            }
            break;
        }
        kept = all.size() - at;
        std::memmove(memory.data(), memory.data() + at, kept);
    }
    ::close(file);
}

} // namespace

int main(int count, char** arguments)
{
    Touched touched;
    std::vector<char> memory;
    for (int i = 1; i < count; ++i) {
        touchFile(arguments[i], memory, touched);
    }
    std::printf("%llu rows, %llu values, %g\n", static_cast<unsigned long long>(touched.rows),
        static_cast<unsigned long long>(touched.values), touched.sum);
    return touched.rows > 0 ? 0 : 1;
}
