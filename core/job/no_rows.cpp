// SPDX-License-Identifier: Apache-2.0
#include "core/job/no_rows.h"

#include <algorithm>
#include <map>
#include <vector>

namespace workbench {

namespace {

/// Sources and industries of all examples, as places in the closed sets.
class CensusSink final : public ScanSink {
public:
    Result<void> accept(const GuardedRow& /*row*/, const SourceLine& /*at*/, const LineFacts& facts) override
    {
        return count(facts);
    }
    Result<void> reject(
        std::span<const Finding> /*findings*/, const SourceLine& /*at*/, const LineFacts& facts) override
    {
        return count(facts);
    }

    std::map<std::uint8_t, std::uint64_t> sources;
    std::map<std::uint8_t, std::uint64_t> industries;

private:
    Result<void> count(const LineFacts& facts)
    {
        ++sources[facts.source];
        ++industries[facts.industry];
        return {};
    }
};

std::string listed(const std::map<std::uint8_t, std::uint64_t>& counts, const std::vector<std::string>& names)
{
    std::string out;
    std::uint64_t others = 0;
    for (const auto& [place, rows] : counts) {
        if (place >= names.size()) {
            others += rows; // a value that no closed set has is never shown
            continue;
        }
        out += (out.empty() ? "" : ", ") + names[place] + " (" + std::to_string(rows) + ')';
    }
    if (others != 0) {
        out += (out.empty() ? "" : ", ") + std::string("others (") + std::to_string(others) + ')';
    }
    return out;
}

} // namespace

std::string mostFrequentRule(const RuleCounts& counts)
{
    const auto place = static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin());
    return std::string(ruleName(static_cast<Rule>(place))) + " (" + std::to_string(counts[place])
        + (counts[place] == 1 ? " row)" : " rows)");
}

std::string whyNoRows(const ExportRequest& request, const ScanRequest& scanned, const ScanSummary& summary,
    std::stop_token stop)
{
    const std::string start = "No valid rows to export: ";
    if (summary.read == 0) {
        return start + "the files in " + request.dataDir + " hold no examples.";
    }
    if (summary.matched != 0) {
        return start + std::to_string(summary.read) + " examples read, " + std::to_string(summary.matched)
            + " matched, all of these rejected, most often by the rule "
            + mostFrequentRule(summary.rejectionsByRule) + ".";
    }
    std::string text
        = start + "none of the " + std::to_string(summary.read) + " examples read passes the filters.";
    if (!request.filter.source && !request.filter.industry) {
        return text;
    }
    ScanRequest unfiltered = scanned;
    unfiltered.filter = {};
    CensusSink census;
    if (scan(unfiltered, census, std::move(stop), {})) {
        text += " The data has the sources " + listed(census.sources, request.schema->sources())
            + " and the industries " + listed(census.industries, request.schema->industries()) + ".";
    }
    return text;
}

} // namespace workbench
