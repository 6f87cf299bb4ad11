// SPDX-License-Identifier: Apache-2.0
// What one thread could reach at best: reads files, lets simdjson touch every value of every line, keeps
// nothing. No guard, no duplicate keys, no output: a bound to compare with, not a goal. Usage: bench_probe
// FILE…
#include <simdjson.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

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

} // namespace

int main(int count, char** arguments)
{
    Touched touched;
    simdjson::ondemand::parser parser;
    for (int i = 1; i < count; ++i) {
        const simdjson::padded_string text = simdjson::padded_string::load(arguments[i]);
        const std::string_view all = text;
        for (std::size_t at = 0; at < all.size();) {
            const std::size_t end = std::min(all.find('\n', at), all.size());
            const std::string_view line = all.substr(at, end - at);
            try {
                auto document
                    = parser.iterate(line.data(), line.size(), text.size() - at + simdjson::SIMDJSON_PADDING);
                for (auto field : document.get_object()) {
                    touch(field.value(), touched);
                }
                ++touched.rows;
            } catch (const simdjson::simdjson_error&) {
                ++touched.values; // a malformed line
            }
            at = end + 1;
        }
    }
    std::printf("%llu rows, %llu values, %g\n", static_cast<unsigned long long>(touched.rows),
        static_cast<unsigned long long>(touched.values), touched.sum);
    return touched.rows > 0 ? 0 : 1;
}
