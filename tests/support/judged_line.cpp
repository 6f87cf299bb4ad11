// SPDX-License-Identifier: Apache-2.0
#include "tests/support/judged_line.h"

#include "core/schema/builtin_schemas.h"

#include <algorithm>

namespace workbench {

std::string JudgedLine::told() const
{
    std::string text;
    for (const Finding& finding : findings) {
        text += text.empty() ? "" : " | ";
        text += std::string(ruleName(finding.rule)) + " " + finding.path + " " + finding.masked;
    }
    return text.empty() ? "accepted" : text;
}

bool JudgedLine::breaks(Rule rule, const std::string& path) const
{
    return std::ranges::any_of(
        findings, [&](const Finding& finding) { return finding.rule == rule && finding.path == path; });
}

LineJudge::LineJudge() : LineJudge(defaultSchema()) {}

LineJudge::LineJudge(SchemaPtr schema, LineShape shape) : m_parser(schema, shape), m_guard(std::move(schema))
{
}

JudgedLine LineJudge::judge(const std::string& line)
{
    m_padded = line;
    m_padded.append(LinePadding, 'x'); // not zeros: whoever reads on past the end should stumble
    const TrainingExample& example = m_parser.parse(std::string_view(m_padded).substr(0, line.size()));
    m_batch.clear();
    JudgedLine judged;
    judged.accepted = m_guard.inspect(example, m_batch, m_workspace);
    judged.findings = m_workspace.findings;
    judged.canonical = judged.accepted ? std::string(m_batch[0].bytes()) : std::string();
    judged.withheld = example.withheld;
    judged.explanation = m_guard.explain(example);
    return judged;
}

} // namespace workbench
