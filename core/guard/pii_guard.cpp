// SPDX-License-Identifier: Apache-2.0
#include "core/guard/pii_guard.h"

#include "core/guard/inspection.h"
#include "core/guard/mask.h"
#include "core/row/row_values.h"

namespace workbench {

PiiGuard::PiiGuard(SchemaPtr schema) : m_schema(std::move(schema)), m_columns(*m_schema)
{
    const auto& features = m_schema->features();
    for (std::size_t i = 0; i < features.size(); ++i) {
        m_featureHeads.push_back((i == 0 ? ",\"features\":{\"" : ",\"") + features[i].key + "\":");
        m_featureRanges.push_back(features[i].kind == FeatureKind::Enum
                ? FeatureRange {0, static_cast<double>(features[i].values.size()) - 1, true}
                : FeatureRange {features[i].min, features[i].max, features[i].kind == FeatureKind::Integer});
        m_nullBegins.push_back(m_nullFeatures.size());
        m_nullFeatures.append(m_featureHeads.back()).append("null");
    }
    m_nullBegins.push_back(m_nullFeatures.size());
    m_schemaPart = R"(,"schema_version":")" + m_schema->version() + R"(","schema_hash":")" + m_schema->hash()
        + R"(","window_rule":)";
    m_windowRule = m_schema->indexOf("window_rule");
    if (m_windowRule && features[*m_windowRule].kind != FeatureKind::Enum) {
        m_windowRule.reset();
    }
}

bool PiiGuard::inspect(const TrainingExample& example, GuardedBatch& accepted, Workspace& workspace) const
{
    workspace.findings.clear();
    workspace.pressureKeys.clear();
    if (example.malformed) {
        workspace.findings.push_back({Rule::Malformed, {}, maskShape(example.line)});
        if (workspace.wantValues) {
            workspace.values.insert(workspace.values.end(), m_columns.size(), hiddenValue());
        }
        return false;
    }
    const std::size_t begin = accepted.m_bytes.size();
    // What stands behind a line may be read: LinePadding.
    const bool mayBeLine = workspace.linesOutliveRows && example.line.data()[example.line.size()] == '\n';
    const std::string_view like
        = mayBeLine ? std::string_view(example.line.data(), example.line.size() + 1) : std::string_view();
    RowText row(accepted.m_bytes, like);
    Inspection inspection(
        *this, example, row, workspace.findings, workspace.wantValues ? &workspace.values : nullptr, nullptr);
    inspection.run();
    if (workspace.wantValues) {
        workspace.pressureKeys = inspection.pressureKeys();
    }
    if (!workspace.findings.empty()) {
        accepted.m_bytes.resize(begin);
        return false;
    }
    const bool isLine = row.finishLike();
    accepted.m_entries.push_back(
        {isLine ? like.data() : nullptr, begin, isLine ? like.size() : accepted.m_bytes.size() - begin,
            {example.withheld, inspection.source(), inspection.industry()}});
    return true;
}

RowExplanation PiiGuard::explain(const TrainingExample& example) const
{
    RowExplanation explanation;
    if (example.malformed) {
        explanation.findings.push_back({Rule::Malformed, {}, maskShape(example.line)});
        explanation.cells.resize(m_columns.size());
        return explanation;
    }
    std::string row;
    RowText text(row, {});
    std::vector<double> values;
    Inspection(*this, example, text, explanation.findings, &values, &explanation.cells).run();
    explanation.withheld = example.withheld;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const RowColumn& column = m_columns[i];
        const GuardedCell::State state = explanation.cells[i].state;
        const bool number = column.kind == ColumnKind::Integer || column.kind == ColumnKind::Number;
        if (state == GuardedCell::State::Value && column.kind == ColumnKind::Enum) {
            ++explanation.stringsFromClosedSets;
        }
        if (column.feature && number && state == GuardedCell::State::Value) {
            ++explanation.numbersInRange;
        }
        if (column.feature && state == GuardedCell::State::Null) {
            ++explanation.nulls;
        }
    }
    if (explanation.findings.empty()) {
        explanation.canonical = std::move(row);
    }
    return explanation;
}

} // namespace workbench
