// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/info_check.h"

#include "core/base/rfc3339.h"
#include "core/guard/finding.h"
#include "core/job/job_record.h"

#include <algorithm>
#include <set>

namespace workbench {

namespace {

class Faults {
public:
    void unless(bool fits, std::string what)
    {
        if (!fits) {
            m_all.push_back(std::move(what));
        }
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(m_all); }

private:
    std::vector<std::string> m_all;
};

bool isWrittenTime(const std::string& text)
{
    const auto time = parseRfc3339(text);
    return time && formatRfc3339(time->time, time->hasFraction) == text;
}

/// This program in some version: "signals-workbench 0.1.0", and room for nothing else.
bool isOurs(std::string_view generator)
{
    constexpr std::string_view Program = "signals-workbench ";
    constexpr std::size_t MostDigits = 3; // together they hold no telephone number
    if (!generator.starts_with(Program)) {
        return false;
    }
    generator.remove_prefix(Program.size());
    for (int numbers = 1;; ++numbers) {
        const std::size_t digits = std::min(generator.find_first_not_of("0123456789"), generator.size());
        if (digits == 0 || digits > MostDigits || (digits > 1 && generator.front() == '0')) {
            return false;
        }
        generator.remove_prefix(digits);
        if (numbers == 3) {
            return generator.empty();
        }
        if (!generator.starts_with('.')) {
            return false;
        }
        generator.remove_prefix(1);
    }
}

bool sameFeatures(const DatasetInfo& info, const Schema& schema)
{
    if (info.featureDetailsKnown) {
        return info.features == schema.features();
    }
    return std::ranges::equal(info.features, schema.features(), {}, &Feature::key, &Feature::key);
}

void checkRejections(Faults& faults, const DatasetInfo& info)
{
    bool known = true;
    bool inBounds = true;
    std::uint64_t sum = 0;
    for (const auto& [rule, rows] : info.rejectionsByRule) {
        known = known && ruleFromName(rule).has_value();
        inBounds = inBounds && rows != 0 && rows <= info.rejectedRows;
        sum += std::min(rows, info.rejectedRows); // cannot overflow: there are eleven rules
    }
    faults.unless(known, "\"rejections_by_rule\" names a rule that there is not");
    faults.unless(inBounds && sum >= info.rejectedRows,
        "\"rejections_by_rule\" cannot come to the number of rejected rows");
}

void checkWithheld(Faults& faults, const DatasetInfo& info)
{
    std::set<std::string> names;
    for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
        names.insert(withheldName(reason));
    }
    bool known = true;
    std::uint64_t sum = 0;
    for (const auto& [name, fields] : info.withheldByReason) {
        known = known && names.contains(name) && fields != 0;
        sum += fields;
    }
    faults.unless(known, "\"withheld_by_reason\" names a reason that there is not");
    faults.unless(sum == info.withheldFields, "\"withheld_fields\" is not the sum of \"withheld_by_reason\"");
}

bool holdsOnly(const NamedCounts& counts, const std::optional<std::string>& name)
{
    return !name || std::ranges::all_of(counts, [&](const auto& count) { return count.first == *name; });
}

void checkFilters(Faults& faults, const DatasetInfo& info)
{
    const ExampleFilter& filters = info.filters;
    faults.unless(
        holdsOnly(info.bySource, filters.source), "\"by_source\" has rows that the filters leave out");
    faults.unless(
        holdsOnly(info.byIndustry, filters.industry), "\"by_industry\" has rows that the filters leave out");
    faults.unless(!filters.since || !filters.until || *filters.since < *filters.until,
        "no example passes its \"filters\"");
    faults.unless(!filters.maxRows
            || (info.totalRows <= *filters.maxRows && info.rejectedRows <= *filters.maxRows - info.totalRows),
        "there are more rows than \"max_rows\"");
}

} // namespace

std::vector<std::string> faultsOfInfo(const DatasetInfo& info, const Schema& schema)
{
    Faults faults;
    faults.unless(isWrittenTime(info.generatedAt), "\"generated_at\" is no time as the program writes it");
    faults.unless(isOurs(info.generator), "\"generator\" is no version of this program");
    faults.unless(isJobId(info.jobId), "\"job_id\" is no job id");
    faults.unless(info.schemaVersion == schema.version(), "\"schema_version\" is not that of the schema");
    faults.unless(info.schemaHash == schema.hash(), "\"schema_hash\" is not that of the schema");
    faults.unless(
        info.schemaFingerprint == schema.fingerprint(), "\"schema_fingerprint\" is not that of the schema");
    faults.unless(sameFeatures(info, schema), "\"features\" are not those of the schema");
    faults.unless(info.splitStrategy != SplitStrategy::None || info.splits.empty(),
        "there are \"splits\" although \"split_strategy\" is none");
    faults.unless(info.totalRows != 0, "\"total_rows\" is 0, and no bundle is empty");
    checkRejections(faults, info);
    checkWithheld(faults, info);
    checkFilters(faults, info);
    return faults.take();
}

std::vector<std::string> faultsOfCounts(
    const DatasetInfo& info, const Schema& schema, const ScanSummary& counted)
{
    Faults faults;
    faults.unless(info.totalRows == counted.read,
        "\"total_rows\" is " + std::to_string(info.totalRows) + ", and dataset.jsonl has "
            + std::to_string(counted.read) + " rows");
    faults.unless(info.bySource == namedCounts(schema.sources(), counted.bySource),
        "\"by_source\" is not what the rows of dataset.jsonl come to");
    faults.unless(info.byIndustry == namedCounts(schema.industries(), counted.byIndustry),
        "\"by_industry\" is not what the rows of dataset.jsonl come to");
    return faults.take();
}

} // namespace workbench
