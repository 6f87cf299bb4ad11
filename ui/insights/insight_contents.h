// SPDX-License-Identifier: GPL-3.0-or-later
/// What each card of the Insights tab shows, made from the statistics of the matched rows.
#pragma once

#include "core/review/statistics.h"
#include "ui/insights/bar_chart.h"
#include "ui/insights/insight_findings.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace workbench {

struct LegendEntry {
    QString label;
    QString key; ///< what a click chooses
    ChartTone tone;
    bool chosen = false;
};

/// The same numbers as the chart, for "Show numbers". The first column is text, the others are figures.
struct NumberTable {
    QStringList header;
    std::vector<QStringList> lines;
};

struct InsightContent {
    InsightText text;
    std::vector<Bar> bars;
    bool track = false; ///< draw the whole width behind each bar
    QString footer;
    std::vector<LegendEntry> legend;
    std::size_t more = 0; ///< bars left out
    NumberTable numbers;

    // A feature of numbers has a histogram in place of bars.
    std::optional<Histogram> histogram;
    std::optional<double> median;
    ChartTone tone;
};

/// How many features the card of nulls shows before "8 more".
inline constexpr std::size_t NullsShown = 9;

[[nodiscard]] InsightContent industryContent(const Statistics& statistics);
[[nodiscard]] InsightContent boundaryContent(const Statistics& statistics);
[[nodiscard]] InsightContent pressureContent(const Statistics& statistics);
[[nodiscard]] InsightContent nullsContent(const Statistics& statistics, bool all);
[[nodiscard]] InsightContent reviewContent(const Statistics& statistics);
/// `feature` is a place in the schema.
[[nodiscard]] InsightContent featureContent(const Statistics& statistics, std::size_t feature);

/// Rows by whole number from `lowest` to `highest` of a column of small whole numbers.
[[nodiscard]] std::vector<std::uint64_t> rowsByWholeNumber(
    const ColumnStatistics& column, int lowest, int highest);

} // namespace workbench
