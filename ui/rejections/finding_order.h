// SPDX-License-Identifier: GPL-3.0-or-later
/// Which findings of a selection are listed, and in which order. Knows no widget: any thread may ask.
#pragma once

#include "core/review/selection.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// What findings can be grouped and narrowed by.
enum class FindingGroup { Rule, Field, File };

/// One group's key: a rule's number, a file's number, or a field with list places left out.
struct FindingFilter {
    FindingGroup group = FindingGroup::Rule;
    std::size_t number = 0; ///< rule or file
    std::string field; ///< as in RejectionCounts::rowsByField

    friend bool operator==(const FindingFilter&, const FindingFilter&) = default;
};

enum class FindingKey { Rule, Field, Masked, File, Line };

struct FindingOrder {
    std::optional<FindingFilter> filter;
    std::optional<FindingKey> key; ///< none: the most frequent rule first
    SortOrder order = SortOrder::Ascending;

    friend bool operator==(const FindingOrder&, const FindingOrder&) = default;
};

/// Places in ExampleIndex::findings(); ties stand as the rows do in the files. In proportion to their number.
/// Nothing: asked to stop.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> orderedFindings(
    const Selection& selection, const FindingOrder& order, const std::stop_token& stop);

/// "targets.pressure_keys[3]" → "targets.pressure_keys[]".
[[nodiscard]] std::string fieldOfPath(std::string_view path);

} // namespace workbench
