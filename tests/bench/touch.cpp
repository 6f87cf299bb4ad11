// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/touch.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace bench {

namespace {

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

} // namespace

void Toucher::touchLine(const char* line, std::size_t size)
{
    try {
        auto document = m_parser.iterate(line, size, size + simdjson::SIMDJSON_PADDING);
        for (auto field : document.get_object()) {
            touch(field.value(), m_touched);
        }
        ++m_touched.rows;
    } catch (const simdjson::simdjson_error&) {
        ++m_touched.values; // a malformed line
    }
}

std::size_t Toucher::touchLines(std::string_view all)
{
    if (m_what == Touching::Nothing) {
        return all.rfind('\n') + 1; // npos + 1 is 0
    }
    std::size_t at = 0;
    for (std::size_t end = 0; (end = all.find('\n', at)) != all.npos; at = end + 1) {
        m_passed = m_what == Touching::Half && !m_passed;
        if (!m_passed) {
            touchLine(all.data() + at, end - at);
        }
    }
    return at;
}

bool Toucher::touchFile(const char* path, const std::function<void(std::string_view lines)>& block)
{
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    std::size_t kept = 0; // of a line whose end is not read yet
    for (ssize_t got = 1; got > 0;) {
        if (m_memory.size() < kept + BlockBytes + simdjson::SIMDJSON_PADDING) {
            m_memory.resize(kept + BlockBytes + simdjson::SIMDJSON_PADDING);
        }
        got = ::read(file, m_memory.data() + kept, BlockBytes);
        const std::string_view all(
            m_memory.data(), kept + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        std::size_t at = touchLines(all);
        if (got <= 0 && at < all.size()) { // a last line without an end
            if (m_what != Touching::Nothing) {
                touchLine(all.data() + at, all.size() - at);
            }
            at = all.size();
        }
        if (block && at > 0) {
            block(all.substr(0, at));
        }
        kept = all.size() - at;
        std::memmove(m_memory.data(), m_memory.data() + at, kept);
    }
    ::close(file);
    return true;
}

} // namespace bench
