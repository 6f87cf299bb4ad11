// SPDX-License-Identifier: Apache-2.0
#include "core/row/row_columns.h"

#include <algorithm>

namespace workbench {

namespace {

ColumnKind columnKind(FeatureKind kind)
{
    switch (kind) {
    case FeatureKind::Enum:
        return ColumnKind::Enum;
    case FeatureKind::Integer:
        return ColumnKind::Integer;
    case FeatureKind::Number:
        break;
    }
    return ColumnKind::Number;
}

} // namespace

RowColumns::RowColumns(const Schema& schema)
{
    const auto add
        = [this](std::string path, ColumnKind kind, Family family, std::vector<std::string> values = {}) {
              const std::size_t dot = path.rfind('.');
              std::string name = dot == std::string::npos ? path : path.substr(dot + 1);
              m_columns.push_back(
                  {std::move(path), std::move(name), kind, family, std::nullopt, std::move(values)});
          };
    add("example_id", ColumnKind::Identifier, Family::Context);
    add("created_at", ColumnKind::Time, Family::Context);
    add("source", ColumnKind::Enum, Family::Context, schema.sources());
    add("industry_key", ColumnKind::Enum, Family::Context, schema.industries());
    add("schema_version", ColumnKind::Constant, Family::Context);
    add("schema_hash", ColumnKind::Constant, Family::Context);
    add("window_rule", ColumnKind::Enum, Family::Context, schema.windowRules());
    for (std::size_t i = 0; i < schema.features().size(); ++i) {
        const Feature& feature = schema.features()[i];
        add("features." + feature.key, columnKind(feature.kind), feature.family, feature.values);
        m_columns.back().feature = i;
    }
    const auto classes = boundaryClasses();
    add("targets.boundary_class", ColumnKind::Enum, Family::Targets, {classes.begin(), classes.end()});
    add("targets.pressure_keys", ColumnKind::Keys, Family::Targets);
    add("labels.reviewer_score", ColumnKind::Integer, Family::Labels);
    add("labels.client_feedback", ColumnKind::Enum, Family::Labels, {"up", "down"});
    add("labels.mapping_was_wrong", ColumnKind::Boolean, Family::Labels);
    add("labels.outcome_next_step_chosen", ColumnKind::Boolean, Family::Labels);
}

std::optional<std::size_t> RowColumns::indexOf(std::string_view path) const
{
    const auto found = std::find_if(
        m_columns.begin(), m_columns.end(), [path](const RowColumn& column) { return column.path == path; });
    if (found == m_columns.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - m_columns.begin());
}

} // namespace workbench
