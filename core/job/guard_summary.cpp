// SPDX-License-Identifier: Apache-2.0
#include "core/job/guard_summary.h"

#include "core/base/ascii.h"
#include "core/input/filter_json.h"
#include "core/json/json_fields.h"
#include "core/json/json_writer.h"
#include "core/json/strict_json.h"

#include <algorithm>

namespace workbench {

namespace {

void writeCounts(JsonWriter& writer, const char* key, const std::map<std::string, std::uint64_t>& counts)
{
    writer.key(key).beginObject();
    for (const auto& [name, count] : counts) {
        writer.key(name).count(count);
    }
    writer.endObject();
}

/// The counts of an object whose keys are names of places.
template <std::size_t Size, class Name>
bool readCounts(JsonFields& fields, const char* key, std::array<std::uint64_t, Size>& counts, Name name)
{
    std::size_t known = 0;
    const auto stated = fields.counts(key);
    for (std::size_t i = 0; i < Size; ++i) {
        if (const auto found = stated.find(std::string(name(i))); found != stated.end()) {
            counts[i] = found->second;
            ++known;
        }
    }
    return known == stated.size();
}

bool isDigest(std::string_view text)
{
    return text.size() == 64
        && std::ranges::all_of(text, [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
}

/// A row breaks at least one rule, and each at most once.
bool rulesAddUp(const GuardSummary& summary)
{
    std::uint64_t sum = 0;
    for (const std::uint64_t count : summary.rejectionsByRule) {
        if (count > summary.rejected) {
            return false;
        }
        sum += count;
    }
    return sum >= summary.rejected;
}

} // namespace

GuardSummary GuardSummary::of(const ScanSummary& scan, const Schema& schema, const ExampleFilter& filter)
{
    GuardSummary out;
    out.schemaVersion = schema.version();
    out.schemaHash = schema.hash();
    out.schemaFingerprint = schema.fingerprint();
    out.filter = filter;
    out.read = scan.read;
    out.matched = scan.matched;
    out.accepted = scan.accepted;
    out.rejected = scan.rejected;
    out.rejectionsByRule = scan.rejectionsByRule;
    out.withheld = scan.withheld;
    return out;
}

std::string toJson(const GuardSummary& summary)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("schema_version").text(summary.schemaVersion);
    writer.key("schema_hash").text(summary.schemaHash);
    writer.key("schema_fingerprint").text(summary.schemaFingerprint);
    writer.key("filters");
    writeFilter(writer, summary.filter);
    writer.key("read").count(summary.read);
    writer.key("matched").count(summary.matched);
    writer.key("accepted").count(summary.accepted);
    writer.key("rejected").count(summary.rejected);
    writeCounts(writer, "rejections_by_rule", rulesByName(summary.rejectionsByRule));
    writeCounts(writer, "withheld_by_reason", withheldByName(summary.withheld));
    writer.key("rows_sha256").text(summary.rowsSha256);
    writer.endObject();
    return writer.take();
}

Result<GuardSummary> parseGuardSummary(std::string_view json, const std::string& where)
{
    const auto refused = [&where](const std::string& why) {
        return Error {ErrorCode::Io, where + ": no summary that guard wrote: " + why, where};
    };
    const auto document = parseStrictJson(json, where);
    if (!document) {
        return refused("it is not JSON");
    }
    JsonFields fields(*document);
    GuardSummary out;
    out.schemaVersion = fields.text("schema_version");
    out.schemaHash = fields.text("schema_hash");
    out.schemaFingerprint = fields.text("schema_fingerprint");
    out.read = fields.count("read");
    out.matched = fields.count("matched");
    out.accepted = fields.count("accepted");
    out.rejected = fields.count("rejected");
    if (!readCounts(fields, "rejections_by_rule", out.rejectionsByRule,
            [](std::size_t rule) { return ruleName(static_cast<Rule>(rule)); })) {
        fields.refuse("\"rejections_by_rule\" names a rule that there is not");
    }
    if (!readCounts(fields, "withheld_by_reason", out.withheld, withheldName)) {
        fields.refuse("\"withheld_by_reason\" names a reason that there is not");
    }
    out.rowsSha256 = fields.text("rows_sha256");
    if (!isDigest(out.rowsSha256)) {
        fields.refuse("\"rows_sha256\" is no digest");
    }
    if (const JsonNode* const filters = fields.object("filters")) {
        JsonFields inner(*filters);
        out.filter = readFilter(inner);
        if (!inner.fault().empty()) {
            fields.refuse("\"filters\": " + inner.fault());
        }
    } else {
        fields.refuse("\"filters\" is missing");
    }
    if (!fields.fault().empty()) {
        return refused(fields.fault());
    }
    if (out.matched > out.read || out.accepted + out.rejected != out.matched || !rulesAddUp(out)) {
        return refused("its counts do not add up");
    }
    return out;
}

std::map<std::string, std::uint64_t> rulesByName(const RuleCounts& counts)
{
    std::map<std::string, std::uint64_t> out;
    for (std::size_t rule = 0; rule < RuleCount; ++rule) {
        if (counts[rule] != 0) {
            out.emplace(ruleName(static_cast<Rule>(rule)), counts[rule]);
        }
    }
    return out;
}

std::map<std::string, std::uint64_t> withheldByName(const WithheldCounts& counts)
{
    std::map<std::string, std::uint64_t> out;
    for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
        if (counts[reason] != 0) {
            out[withheldName(reason)] += counts[reason];
        }
    }
    return out;
}

} // namespace workbench
