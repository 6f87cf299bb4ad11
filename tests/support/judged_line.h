// SPDX-License-Identifier: Apache-2.0
/// One line through the product's parser and guard, as a scan sends it through.
#pragma once

#include "core/guard/pii_guard.h"
#include "core/input/example_parser.h"

#include <string>
#include <vector>

namespace workbench {

struct JudgedLine {
    bool accepted = false;
    std::vector<Finding> findings;
    std::string canonical; ///< with its newline; empty when rejected
    std::array<std::uint16_t, WithheldReasonCount> withheld {};
    RowExplanation explanation; ///< of the same example, by the other door

    /// "phone id 999-999-9999 | …" for comparing as text; "accepted" when there is nothing to say.
    [[nodiscard]] std::string told() const;
    [[nodiscard]] bool breaks(Rule rule, const std::string& path) const;
};

/// Keeps parser and guard from line to line.
class LineJudge {
public:
    LineJudge(); ///< for the shipped schema
    explicit LineJudge(SchemaPtr schema, LineShape shape = LineShape::Example);

    [[nodiscard]] JudgedLine judge(const std::string& line);

private:
    std::string m_padded;
    ExampleParser m_parser;
    PiiGuard m_guard;
    GuardedBatch m_batch;
    PiiGuard::Workspace m_workspace;
};

} // namespace workbench
