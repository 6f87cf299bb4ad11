// SPDX-License-Identifier: Apache-2.0
/// Reading at its cheapest: simdjson's On-Demand parser touches every field of every line and keeps nothing.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace bench {

struct Touched {
    std::uint64_t rows = 0;
    std::uint64_t values = 0;
    double sum = 0; ///< so that no number is skipped
};

enum class Touching : unsigned char {
    Fields, ///< of every line
    Half, ///< of every second line: as a reader would that is twice as fast
    Nothing, ///< blocks are cut behind their last line and that is all
};

/// Touches files of lines, block by block. One thread at a time.
class Toucher {
public:
    explicit Toucher(Touching what = Touching::Fields) : m_what(what) {}

    /// False: it cannot be opened. `block` is called with the lines of each block, whole, once they were
    /// touched; may be empty.
    bool touchFile(const char* path, const std::function<void(std::string_view lines)>& block);
    [[nodiscard]] const Touched& touched() const { return m_touched; }

private:
    void touchLine(const char* line, std::size_t size);
    /// Bytes of the whole lines in `all`.
    std::size_t touchLines(std::string_view all);

    Touching m_what;
    bool m_passed = false; ///< the line before was not touched
    std::vector<char> m_memory;
    simdjson::ondemand::parser m_parser;
    Touched m_touched;
};

} // namespace bench
