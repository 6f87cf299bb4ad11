// SPDX-License-Identifier: Apache-2.0
/// From a line's bytes to a TrainingExample. The whole line is validated, unused values too.
#pragma once

#include "core/input/training_example.h"

#include <memory>
#include <string_view>

namespace workbench {

/// What the line's keys are called.
enum class LineShape : std::uint8_t {
    Example, ///< a captured example: id, feature_schema, … (contract, section 3)
    GuardedRow, ///< a row of a bundle: example_id, schema_version, … (section 6), read back to be guarded
                ///< again
};

/// Bytes that have to be readable behind a line (whatever they hold).
inline constexpr std::size_t LinePadding = 64;
/// A longer line is malformed without being held in memory.
inline constexpr std::size_t MaxLineLength = std::size_t {16} << 20;
/// Objects and arrays inside one another; the line's own object is the first.
inline constexpr std::size_t MaxNesting = 64;

/// Not thread-safe: one for each thread. Keeps its buffers between lines.
class ExampleParser {
public:
    ExampleParser(SchemaPtr schema, LineShape shape);
    ~ExampleParser();
    ExampleParser(ExampleParser&&) noexcept;
    ExampleParser& operator=(ExampleParser&&) noexcept;
    ExampleParser(const ExampleParser&) = delete;
    ExampleParser& operator=(const ExampleParser&) = delete;

    /// `line` without its newline; LinePadding bytes behind it must be readable.
    /// The answer holds until the next call and as long as the line stays where it is.
    [[nodiscard]] const TrainingExample& parse(std::string_view line);
    /// The same answer without the short way for lines of the usual form (line_scanner.h).
    [[nodiscard]] const TrainingExample& parseGenerally(std::string_view line);
    /// What parse() answers for a line that is none, of which only the beginning is at hand.
    [[nodiscard]] const TrainingExample& malformed(std::string_view beginning);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace workbench
