// SPDX-License-Identifier: Apache-2.0
#include "core/guard/withheld.h"

#include <numeric>

namespace workbench {

std::string withheldName(std::size_t reason)
{
    switch (reason) {
    case WithheldNotAllowlisted:
        return "features (not allowlisted)";
    case WithheldReviewerNotes:
        return "labels.reviewer_notes";
    case WithheldFeedbackReason:
        return "labels.client_feedback_reason";
    default:
        return "features." + std::string(blockedPrefixes()[reason]) + "*";
    }
}

std::uint64_t withheldTotal(const WithheldCounts& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t {0});
}

std::size_t withheldReasonOfFeature(std::string_view key)
{
    const auto prefixes = blockedPrefixes();
    for (std::size_t reason = 0; reason < prefixes.size(); ++reason) {
        if (key.starts_with(prefixes[reason])) {
            return reason;
        }
    }
    return WithheldNotAllowlisted;
}

} // namespace workbench
