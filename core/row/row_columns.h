// SPDX-License-Identifier: Apache-2.0
/// The columns of an exported row in the order they are written (contract, section 6).
#pragma once

#include "core/schema/schema.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace workbench {

enum class ColumnKind : std::uint8_t {
    Identifier, ///< example_id
    Time, ///< created_at: code is milliseconds since 1970 in UTC
    Constant, ///< schema_version, schema_hash
    Enum, ///< code is the place in `values`
    Integer,
    Number,
    Boolean, ///< code 0 or 1
    Keys, ///< pressure_keys: code is an entry of ExampleIndex::pressureKeySets()
};

struct RowColumn {
    std::string path; ///< "example_id", "features.window_days", "targets.boundary_class"
    std::string name; ///< the last part
    ColumnKind kind = ColumnKind::Number;
    Family family = Family::Context;
    std::optional<std::size_t> feature; ///< place in the schema, features only
    std::vector<std::string> values; ///< enums only
};

/// 13 columns more than the schema has features: 83 for signals_v1.
class RowColumns {
public:
    explicit RowColumns(const Schema& schema);

    [[nodiscard]] const std::vector<RowColumn>& all() const { return m_columns; }
    [[nodiscard]] std::size_t size() const { return m_columns.size(); }
    [[nodiscard]] const RowColumn& operator[](std::size_t column) const { return m_columns[column]; }
    [[nodiscard]] std::optional<std::size_t> indexOf(std::string_view path) const;

    static constexpr std::size_t ExampleId = 0;
    static constexpr std::size_t CreatedAt = 1;
    static constexpr std::size_t Source = 2;
    static constexpr std::size_t IndustryKey = 3;
    static constexpr std::size_t SchemaVersion = 4;
    static constexpr std::size_t SchemaHash = 5;
    static constexpr std::size_t WindowRule = 6;
    static constexpr std::size_t FirstFeature = 7;
    [[nodiscard]] std::size_t boundaryClass() const { return m_columns.size() - 6; }
    [[nodiscard]] std::size_t pressureKeys() const { return m_columns.size() - 5; }
    [[nodiscard]] std::size_t reviewerScore() const { return m_columns.size() - 4; }
    [[nodiscard]] std::size_t clientFeedback() const { return m_columns.size() - 3; }
    [[nodiscard]] std::size_t mappingWasWrong() const { return m_columns.size() - 2; }
    [[nodiscard]] std::size_t outcomeNextStepChosen() const { return m_columns.size() - 1; }

private:
    std::vector<RowColumn> m_columns;
};

} // namespace workbench
