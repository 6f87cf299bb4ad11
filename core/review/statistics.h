// SPDX-License-Identifier: Apache-2.0
/// Null rates, ranges and histograms of a selection, column by column.
#pragma once

#include "core/base/result.h"
#include "core/review/selection.h"

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

inline constexpr std::size_t HeaderBins = 12;
inline constexpr std::size_t SpreadBins = 18;
inline constexpr std::size_t InsightBins = 40;

/// Counts in bins of one width from `lowest` to the 99th percentile; what lies above is in the last bin.
/// Enums and booleans have one bin per code in every histogram.
struct Histogram {
    double from = 0; ///< left edge of the first bin
    double to = 0; ///< right edge of the last bin; equal to `from` for a constant
    std::vector<std::uint64_t> bins; ///< a constant: one bin
    bool oneBinPerNumber = false; ///< few whole numbers: bins[i] counts from + i, the last one is `to`
    bool lastBinHoldsRest = false; ///< values above `to` are counted in the last bin

    friend bool operator==(const Histogram&, const Histogram&) = default;
};

struct ColumnStatistics {
    std::uint64_t values = 0; ///< rows with a value that may be shown
    std::uint64_t nulls = 0;
    std::uint64_t hidden = 0; ///< rows whose value did not pass on its own
    double lowest = 0; ///< numbers and times; 0 when values == 0
    double highest = 0;
    double median = 0;
    std::vector<std::uint64_t> counts; ///< enums and booleans: rows by code
    Histogram header; ///< HeaderBins
    Histogram spread; ///< SpreadBins
    Histogram insight; ///< up to InsightBins

    friend bool operator==(const ColumnStatistics&, const ColumnStatistics&) = default;
    [[nodiscard]] double nullRate() const; ///< nulls / (values + nulls + hidden), 0 for no rows
};

/// Over the matched rows of a selection. Immutable.
struct Statistics {
    SelectionPtr selection;
    std::vector<ColumnStatistics> columns; ///< one a RowColumn
    /// rows[industry][source], codes as in the schema's closed sets; rows outside them are left out.
    std::vector<std::vector<std::uint64_t>> industryBySource;
    std::map<std::string, std::uint64_t> pressureKeys; ///< rows that name the pressure, once a row
    std::uint64_t rowsWithoutPressure = 0;
    std::uint64_t labelledRows = 0;
};

using StatisticsPtr = std::shared_ptr<const Statistics>;

/// The figures do not depend on `threads`, each of which holds 8 bytes a row meanwhile. Errors: Cancelled.
[[nodiscard]] Result<StatisticsPtr> computeStatistics(
    SelectionPtr selection, std::stop_token stop, unsigned threads = 1);

} // namespace workbench
