// SPDX-License-Identifier: Apache-2.0
/// The short way through a line that looks as lines nearly always do: every key once, in the usual order, no
/// blanks, plain ASCII without escapes. It checks every byte; whatever surprises it is left to the general
/// reader (example_parser.cpp), which alone can say that a line is malformed.
#pragma once

#include "core/input/example_parser.h"
#include "core/input/training_example.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Immutable once built, but for scan()'s caller's example. One for each thread all the same: it is small.
class LineScanner {
public:
    LineScanner(const Schema& schema, LineShape shape);

    /// Fills `example`, which is empty, and answers true; or answers false, and what `example` holds then is
    /// worthless. Agrees with the general reader on every line it answers true for. Reads no byte behind
    /// `line` that LinePadding does not promise.
    [[nodiscard]] bool scan(std::string_view line, TrainingExample& example) const;

private:
    class Walk;

    enum class Slot : std::uint8_t { Unused, Value, Features, Targets, Labels };

    /// A key as it is written, with its colon, and what its value fills.
    struct Member {
        std::string written;
        Slot slot = Slot::Unused;
        JsonValue TrainingExample::*value = nullptr;
    };

    struct KnownFeature {
        std::string written; ///< its key, with its colon
        bool isNumber = true;
        std::vector<std::string> values; ///< else: the closed set, as its members are written
    };

    std::vector<Member> m_root;
    std::vector<Member> m_targets;
    std::vector<Member> m_labels;
    std::size_t m_featureCount; ///< of the schema
    std::vector<KnownFeature> m_features; ///< in schema order, as far as their keys are plain
};

} // namespace workbench
