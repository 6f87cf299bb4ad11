// SPDX-License-Identifier: Apache-2.0
#include "core/job/shard_set.h"

#include "core/base/ascii.h"
#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/guard/mask.h"
#include "core/input/line_reader.h"
#include "core/json/json_fields.h"
#include "core/json/strict_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace workbench {

namespace {

constexpr std::string_view RowsEnding = ".rows.jsonl";
constexpr std::string_view ReportEnding = ".rejections.jsonl";
constexpr std::string_view SummaryEnding = ".summary.json";

Error fault(const std::string& folder, const std::string& what)
{
    return {ErrorCode::Io, folder + ": " + what, folder};
}

/// The names of findings' places, list places as `[]`.
bool isPlace(std::string_view path, const Schema& schema)
{
    constexpr std::array<std::string_view, 15> Places {"", "id", "created_at", "source", "industry_key",
        "feature_schema", "features", "targets", "targets.boundary_class", "targets.pressure_keys", "labels",
        "labels.reviewer_score", "labels.client_feedback", "labels.mapping_was_wrong",
        "labels.outcome_next_step_chosen"};
    if (const std::size_t bracket = path.find('['); bracket != std::string_view::npos) {
        const std::string_view place = path.substr(bracket + 1);
        const bool digits = place.size() >= 2 && place.size() <= 9 && place.back() == ']'
            && std::all_of(place.begin(), place.end() - 1, isDigit);
        return digits && path.substr(0, bracket) == "targets.pressure_keys";
    }
    constexpr std::string_view Features = "features.";
    if (path.starts_with(Features)) {
        return schema.indexOf(path.substr(Features.size())).has_value();
    }
    return std::find(Places.begin(), Places.end(), path) != Places.end();
}

/// The digest of a file's bytes. Nothing is read into rows here.
Result<std::string> digestOf(const ExampleFile& file, const std::stop_token& stop)
{
    auto text = openText(file, nullptr, stop);
    if (!text) {
        return text.error();
    }
    Sha256 sum;
    std::vector<char> piece(std::size_t {256} << 10);
    for (;;) {
        if (stop.stop_requested()) {
            return cancelledError();
        }
        const auto got = (*text)->read(piece.data(), piece.size(), stop);
        if (!got) {
            return got.error();
        }
        if (*got == 0) {
            return sum.finish();
        }
        sum.update({piece.data(), *got});
    }
}

/// Which shards there are, each with all that belongs to it.
Result<std::vector<Shard>> listShards(const std::string& folder)
{
    const auto names = folderEntries(folder);
    if (!names) {
        return names.error();
    }
    struct Parts {
        bool rows = false;
        bool report = false;
        bool summary = false;
    };
    std::map<std::string, Parts>
        found; // in order of name: not that of the files' names, which go on after it
    for (const std::string_view name : *names) {
        for (const auto& [ending, part] : {std::pair {RowsEnding, &Parts::rows},
                 std::pair {ReportEnding, &Parts::report}, std::pair {SummaryEnding, &Parts::summary}}) {
            if (name.ends_with(ending) && name.size() > ending.size()) {
                found[std::string(name.substr(0, name.size() - ending.size()))].*part = true;
            }
        }
    }
    auto listing = listExampleFiles(folder);
    if (!listing) {
        return listing.error();
    }
    std::vector<Shard> shards;
    for (const auto& [name, parts] : found) {
        if (!parts.rows) {
            return fault(folder, "shard " + name + " has a report or summary and no rows");
        }
        if (!parts.summary) {
            return fault(
                folder, "shard " + name + " has no summary: its guard did not end well, or had no --summary");
        }
        if (!parts.report) {
            return fault(folder, "shard " + name + " has no report of its rejections");
        }
        Shard shard {name, {}, {}, {}};
        for (const auto& [ending, file] :
            {std::pair {RowsEnding, &shard.rows}, std::pair {ReportEnding, &shard.report}}) {
            const std::string wanted = name + std::string(ending);
            const auto listed = std::find_if(listing->files.begin(), listing->files.end(),
                [&wanted](const ExampleFile& entry) { return entry.name == wanted; });
            if (listed == listing->files.end()) {
                return fault(folder, wanted + " cannot be read");
            }
            *file = *listed;
        }
        shards.push_back(std::move(shard));
    }
    return shards;
}

struct ReportedFinding {
    std::uint64_t line = 0;
    Finding finding;
};

Result<ReportedFinding> findingIn(std::string_view text, const Schema& schema, const std::string& where)
{
    const auto document = parseStrictJson(text, where);
    if (!document) {
        return fault(where, "no finding that guard wrote");
    }
    JsonFields fields(*document);
    ReportedFinding out;
    out.line = fields.count("line");
    const auto rule = ruleFromName(fields.text("rule"));
    out.finding = {rule.value_or(Rule::Malformed), fields.text("path"), fields.text("masked")};
    if (!fields.fault().empty() || !rule || out.line == 0 || !isPlace(out.finding.path, schema)) {
        return fault(where, "no finding that guard wrote");
    }
    if (maskShape(out.finding.masked) != out.finding.masked) {
        return fault(where, "it is not masked");
    }
    return out;
}

/// The report's findings, counted as the summary counts them.
Result<void> checkReport(const Shard& shard, const Schema& schema, const std::stop_token& stop)
{
    RuleCounts byRule {};
    std::uint64_t rows = 0;
    std::uint64_t line = 0;
    std::set<Rule> broken;
    bool ascending = true;
    const auto count = [&](std::uint64_t at, const Finding& finding) -> Result<void> {
        if (at != line) {
            ascending = ascending && at > line;
            line = at;
            ++rows;
            broken.clear();
        }
        if (broken.insert(finding.rule).second) {
            ++byRule[static_cast<std::size_t>(finding.rule)];
        }
        return {};
    };
    if (auto read = forEachFinding(shard, schema, count, stop); !read) {
        return read;
    }
    if (!ascending || rows != shard.summary.rejected || byRule != shard.summary.rejectionsByRule) {
        return fault(shard.report.path, "it does not agree with the shard's summary");
    }
    return {};
}

/// A filter goes into the bundle and its card: nothing but a word of the schema may stand there.
bool isOf(const std::vector<std::string>& words, const std::optional<std::string>& word)
{
    return !word || std::ranges::find(words, *word) != words.end();
}

Result<void> addUp(ShardSet& set, const Schema& schema)
{
    std::map<std::string, std::string> rowsOf; // digest to shard
    for (const Shard& shard : set.shards) {
        const GuardSummary& summary = shard.summary;
        if (summary.schemaVersion != schema.version() || summary.schemaHash != schema.hash()
            || summary.schemaFingerprint != schema.fingerprint()) {
            return Error {ErrorCode::SchemaMismatch,
                "Shard " + shard.name + " was guarded by another schema (" + summary.schemaHash + ", not "
                    + schema.hash() + ").",
                set.folder};
        }
        if (!isOf(schema.sources(), summary.filter.source)
            || !isOf(schema.industries(), summary.filter.industry)) {
            return fault(
                set.folder, "shard " + shard.name + " was guarded by a filter that the schema does not know");
        }
        if (summary.filter.maxRows) {
            return fault(set.folder,
                "shard " + shard.name
                    + " was guarded with a row limit; a limit for each is none for the whole");
        }
        if (!(summary.filter == set.shards.front().summary.filter)) {
            return fault(set.folder,
                "shards " + set.shards.front().name + " and " + shard.name
                    + " were guarded by different filters");
        }
        if (summary.accepted > 0) {
            const auto [twin, isNew] = rowsOf.emplace(summary.rowsSha256, shard.name);
            if (!isNew) {
                return fault(
                    set.folder, "shards " + twin->second + " and " + shard.name + " hold the same rows");
            }
        }
        set.total.read += summary.read;
        set.total.matched += summary.matched;
        set.total.accepted += summary.accepted;
        set.total.rejected += summary.rejected;
        for (std::size_t rule = 0; rule < RuleCount; ++rule) {
            set.total.rejectionsByRule[rule] += summary.rejectionsByRule[rule];
        }
        for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
            set.total.withheld[reason] += summary.withheld[reason];
        }
    }
    const GuardSummary& first = set.shards.front().summary;
    set.total.schemaVersion = first.schemaVersion;
    set.total.schemaHash = first.schemaHash;
    set.total.schemaFingerprint = first.schemaFingerprint;
    set.total.filter = first.filter;
    return {};
}

} // namespace

std::vector<ExampleFile> ShardSet::rows() const
{
    std::vector<ExampleFile> files;
    for (const Shard& shard : shards) {
        files.push_back(shard.rows);
    }
    return files;
}

Result<void> forEachFinding(const Shard& shard, const Schema& schema,
    const std::function<Result<void>(std::uint64_t, const Finding&)>& take, const std::stop_token& stop)
{
    const std::vector<ExampleFile> files {shard.report};
    LineReader reader(files, -1, nullptr);
    LineBlock block;
    std::uint64_t number = 0;
    for (;;) {
        const auto more = reader.next(block, stop);
        if (!more) {
            return more.error();
        }
        if (!*more) {
            return {};
        }
        const std::string_view bytes = block.bytes();
        for (std::size_t begin = 0; begin < bytes.size();) {
            const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
            const std::string where = shard.report.path + " line " + std::to_string(++number);
            const auto finding = findingIn(bytes.substr(begin, end - begin), schema, where);
            if (!finding) {
                return finding.error();
            }
            if (auto taken = take(finding->line, finding->finding); !taken) {
                return taken;
            }
            begin = end + 1;
        }
    }
}

Result<ShardSet> readShards(const std::string& folder, const Schema& schema,
    std::optional<std::uint64_t> expected, const std::stop_token& stop)
{
    ShardSet set;
    set.folder = folder;
    auto shards = listShards(folder);
    if (!shards) {
        return shards.error();
    }
    set.shards = std::move(*shards);
    if (set.shards.empty()) {
        return fault(folder, "no shards here: no file ends in .rows.jsonl");
    }
    if (expected && *expected != set.shards.size()) {
        return fault(folder,
            std::to_string(set.shards.size()) + " shards are here, and " + std::to_string(*expected)
                + " are wanted");
    }
    for (Shard& shard : set.shards) {
        const std::string path = folder + '/' + shard.name + std::string(SummaryEnding);
        const auto text = readFile(path, 1U << 20);
        if (!text) {
            return text.error();
        }
        auto summary = parseGuardSummary(*text, path);
        if (!summary) {
            return summary.error();
        }
        shard.summary = std::move(*summary);
    }
    if (auto added = addUp(set, schema); !added) {
        return added.error();
    }
    std::map<std::string, std::string> refused; // report's digest and counts to shard
    for (const Shard& shard : set.shards) {
        const auto digest = digestOf(shard.rows, stop);
        if (!digest) {
            return digest.error();
        }
        if (*digest != shard.summary.rowsSha256) {
            return fault(shard.rows.path, "its rows are not those that its summary is about");
        }
        if (auto checked = checkReport(shard, schema, stop); !checked) {
            return checked.error();
        }
        if (shard.summary.accepted > 0 || shard.summary.rejected == 0) {
            continue;
        }
        const auto report = digestOf(shard.report, stop);
        if (!report) {
            return report.error();
        }
        if (const auto [twin, isNew] = refused.emplace(*report + toJson(shard.summary), shard.name); !isNew) {
            set.alike.emplace_back(twin->second, shard.name);
        }
    }
    return set;
}

} // namespace workbench
