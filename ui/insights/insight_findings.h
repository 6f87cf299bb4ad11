// SPDX-License-Identifier: GPL-3.0-or-later
/// What the counts of a selection say, as the title of a chart. Without a finding, the chart's plain name.
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace workbench {

/// A name with the rows that carry it.
struct NamedCount {
    QString name;
    std::uint64_t rows = 0;
};

struct InsightText {
    QString title;
    QString caption;
};

/// "Nearly two of three rows", "Half of the rows"; empty below about a half: then no share is worth a title.
[[nodiscard]] QString shareOfRows(std::uint64_t rows, std::uint64_t of);

/// `industries` in any order; `unknownName` is the one that means "not known".
[[nodiscard]] InsightText industryFinding(
    const std::vector<NamedCount>& industries, std::uint64_t rows, const QString& unknownName);
/// `classes` in the schema's order; those without a row are named in the caption.
[[nodiscard]] InsightText boundaryFinding(const std::vector<NamedCount>& classes, std::uint64_t rows);
[[nodiscard]] InsightText pressureFinding(
    const std::vector<NamedCount>& keys, std::uint64_t rows, std::uint64_t rowsWithoutPressure);
/// `withGaps`: features where some rows have a value; `empty`: features where none has.
[[nodiscard]] InsightText nullFinding(std::size_t withGaps, std::size_t empty);
/// A numeric feature. `lowest` and `highest` as they are shown.
[[nodiscard]] InsightText rangeFinding(
    std::uint64_t values, const QString& lowest, const QString& highest, bool constant);
/// An enum feature.
[[nodiscard]] InsightText valueFinding(const std::vector<NamedCount>& values);
[[nodiscard]] InsightText reviewFinding(std::uint64_t labelled, std::uint64_t rows, std::uint64_t scored);

/// "1 row", "1,268 rows".
[[nodiscard]] QString rowCountText(std::uint64_t rows);

} // namespace workbench
