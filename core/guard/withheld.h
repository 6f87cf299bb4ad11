// SPDX-License-Identifier: Apache-2.0
/// Fields that are dropped while their row stays, and why (contract, section 5).
#pragma once

#include "core/schema/schema.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace workbench {

/// Reasons: one per blocked prefix in the order of blockedPrefixes(), then these three.
inline constexpr std::size_t BlockedPrefixCount = 10;
inline constexpr std::size_t WithheldNotAllowlisted = BlockedPrefixCount;
inline constexpr std::size_t WithheldReviewerNotes = BlockedPrefixCount + 1;
inline constexpr std::size_t WithheldFeedbackReason = BlockedPrefixCount + 2;
inline constexpr std::size_t WithheldReasonCount = BlockedPrefixCount + 3;

using WithheldCounts = std::array<std::uint64_t, WithheldReasonCount>;

/// "features.rag_*", "features (not allowlisted)", "labels.reviewer_notes", ….
[[nodiscard]] std::string withheldName(std::size_t reason);
[[nodiscard]] std::uint64_t withheldTotal(const WithheldCounts& counts);
/// The reason a feature key that is not in the schema is withheld for.
[[nodiscard]] std::size_t withheldReasonOfFeature(std::string_view key);

} // namespace workbench
