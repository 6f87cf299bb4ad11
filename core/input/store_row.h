// SPDX-License-Identifier: Apache-2.0
/// A row of the store as the line of JSON that a file would hold.
#pragma once

#include "core/input/example_parser.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace workbench {

/// In the order of the line's keys. The last three hold JSON text.
inline constexpr std::array<std::string_view, 11> StoreColumns {"id", "created_at", "run_id", "source",
    "industry_key", "feature_schema", "pipeline_version", "generator_version", "features", "targets",
    "labels"};
inline constexpr std::size_t FirstJsonColumn = 8;

/// A cell as SQLite gives it.
struct StoreCell {
    enum class Type : std::uint8_t { Null, Text, Integer, Real, Bytes };
    Type type = Type::Null;
    std::string_view text; ///< of Text and Bytes
    std::int64_t integer = 0;
    double real = 0;
};
using StoreRow = std::array<StoreCell, StoreColumns.size()>;

/// Whatever the cells hold, the line is one well-formed JSON object in valid UTF-8 of at most MaxLineLength
/// bytes, and no cell reaches beyond its own value:
/// - null cells are absent;
/// - text stands as a string, its bytes that are not UTF-8 as U+FFFD;
/// - a JSON cell stands as it is, line breaks as blanks, when it is exactly one sound JSON value (contract,
///   `malformed`); else as a string, which the guard refuses in all three places;
/// - numbers stand as numbers and bytes as an array, which the guard refuses where text belongs;
/// - in a row that would be too long the long cells are cut and stand as strings; the guard refuses those.
/// Not thread-safe: one for each thread.
class StoreRowWriter {
public:
    StoreRowWriter();

    /// Appends the line and its newline.
    void append(const StoreRow& row, std::string& out);

private:
    enum class Care : std::uint8_t { Trusting, Doubting, Cutting };

    [[nodiscard]] bool compose(const StoreRow& row, Care care);
    void addJson(std::string_view text, Care care);
    [[nodiscard]] bool isSound(std::string& line);

    ExampleParser m_parser;
    std::string m_line;
    std::string m_probe;
};

} // namespace workbench
