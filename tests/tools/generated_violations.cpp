// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/generated_violations.h"

#include <array>

namespace workbench {

namespace {

constexpr std::array<std::string_view, ViolatedRules> Rules {"email", "phone", "address", "too_long",
    "unexpected_string", "wrong_type", "not_finite", "out_of_range", "missing_field", "schema_mismatch",
    "malformed"};

/// A string put where strings (or numbers) are exported; the spelling chooses the place too.
void putText(GeneratedExample& example, std::uint64_t place, std::string_view json)
{
    switch (place % 9) {
    case 0:
        example.setFeature("window_rule", json);
        break;
    case 1:
        example.id = json;
        break;
    case 2:
        example.pressureKeys = "[\"fragility\"," + std::string(json) + "]";
        break;
    case 3:
        example.industryKey = json;
        break;
    case 4:
        example.setFeature("quotes_count", json);
        break;
    case 5:
        example.boundaryClass = json;
        break;
    case 6:
        example.clientFeedback = json;
        break;
    case 7:
        example.setFeature("industry_key", json);
        break;
    default:
        example.createdAt = json;
    }
}

constexpr std::array<std::string_view, 7> Emails {R"("owner@example.com")",
    R"("Sam Field <sam@example.com>")", R"("sam\u0040example.com")", R"("@handle")", R"("sam＠example.com")",
    R"("billing@example.org")", R"("sam@example.com or 212-555-0142")"};
constexpr std::array<std::string_view, 10> Phones {R"("212-555-0142")", R"("(212) 555-0142")",
    R"("+1 212 555 0142")", R"("2125550142")", R"("212.555.0142")", R"("+44 20 7946 0958")",
    R"("２１２-５５５-０１４２")", R"("212–555–0142")", R"("call 212 555 0142")", R"("+12125550142")"};
constexpr std::array<std::string_view, 8> Addresses {R"("12 Example St")", R"("4 Oak Hill Road")",
    R"("PO Box 99")", R"("P.O. Box 12")", R"("90210 Avenue")", R"("1600 sample blvd, Springfield")",
    R"("7 Example Court")", R"("221 North Example Ave.")"};
constexpr std::array<std::string_view, 7> Strangers {R"("fortnight")", R"("not an id!")", R"("Not A Key")",
    R"("roofing")", R"("N/A")", R"("unclear")", R"("maybe")"};

void putWrongType(GeneratedExample& example, std::uint64_t spelling)
{
    switch (spelling % 10) {
    case 0:
        example.setFeature("window_days", "true");
        break;
    case 1:
        example.setFeature("coverage_ratio", "[0.5]");
        break;
    case 2:
        example.setFeature("source", "3");
        break;
    case 3:
        example.id = "17";
        break;
    case 4:
        example.pressureKeys = R"({"fragility":1})";
        break;
    case 5:
        example.mappingWasWrong = "1";
        break;
    case 6:
        example.wholeTargets = "5";
        break;
    case 7:
        example.wholeLabels = "[]";
        break;
    case 8:
        example.boundaryClass = "2";
        break;
    default:
        example.setFeature("has_quotes", "{}");
    }
}

void putNotFinite(GeneratedExample& example, std::uint64_t spelling)
{
    switch (spelling % 4) {
    case 0:
        example.setFeature("invoices_count", "1e999");
        break;
    case 1:
        example.setFeature("coverage_ratio", "-1E+400");
        break;
    case 2:
        example.reviewerScore = "2e308";
        break;
    default:
        example.setFeature("weekly_volume_mean", "1" + std::string(310, '0'));
    }
}

void putOutOfRange(GeneratedExample& example, std::uint64_t spelling)
{
    switch (spelling % 9) {
    case 0:
        example.setFeature("window_days", "2125550142");
        break; // a phone number stored as a number
    case 1:
        example.setFeature("coverage_ratio", "1.2");
        break;
    case 2:
        example.setFeature("mapping_confidence_level", "3");
        break;
    case 3:
        example.setFeature("quotes_count", "-1");
        break;
    case 4:
        example.setFeature("invoices_count", "12.5");
        break;
    case 5:
        example.reviewerScore = "6";
        break;
    case 6:
        example.setFeature("date_parse_error_rate", "1.0000000000000002");
        break;
    case 7:
        example.setFeature("invoice_total_sum_log", "1000");
        break;
    default:
        example.pressureKeys = R"(["fragility")";
        for (int i = 0; i < 16; ++i) {
            example.pressureKeys += R"(,"fragility")";
        }
        example.pressureKeys += ']';
    }
}

void putMissing(GeneratedExample& example, std::uint64_t spelling)
{
    switch (spelling % 7) {
    case 0:
        example.id = "null";
        break;
    case 1:
        example.createdAt = "null";
        break;
    case 2:
        example.source.clear();
        break;
    case 3:
        example.industryKey.clear();
        break;
    case 4:
        example.wholeFeatures = "null";
        break;
    case 5:
        example.wholeFeatures = "[]";
        break;
    default:
        example.createdAt.clear();
    }
}

} // namespace

std::string_view violatedRule(std::uint64_t violation) { return Rules.at(violation % ViolatedRules); }

void violate(GeneratedExample& example, std::uint64_t violation)
{
    const std::uint64_t spelling = violation / ViolatedRules;
    static constexpr std::array<std::string_view, 4> Versions {
        R"("signals_v0")", R"("signals_v2")", "null", "1"};
    switch (violation % ViolatedRules) {
    case 0:
        putText(example, spelling, Emails.at(spelling % Emails.size()));
        break;
    case 1:
        putText(example, spelling, Phones.at(spelling % Phones.size()));
        break;
    case 2:
        putText(example, spelling, Addresses.at(spelling % Addresses.size()));
        break;
    case 3:
        putText(example, spelling, '"' + std::string(101 + spelling % 60, 'n') + '"');
        break;
    case 4:
        putText(example, spelling, Strangers.at(spelling % Strangers.size()));
        break;
    case 5:
        putWrongType(example, spelling);
        break;
    case 6:
        putNotFinite(example, spelling);
        break;
    case 7:
        putOutOfRange(example, spelling);
        break;
    case 8:
        putMissing(example, spelling);
        break;
    case 9:
        example.featureSchema = Versions.at(spelling % Versions.size());
        break;
    default:
        break; // malformed: damage()
    }
}

void damage(std::string& line, std::uint64_t violation)
{
    if (violation % ViolatedRules != ViolatedRules - 1) {
        return;
    }
    const auto insertMember = [&line](std::string_view member) { line.insert(1, member); };
    switch (violation / ViolatedRules % 10) {
    case 0:
        line.resize(line.size() * 2 / 3);
        break; // cut off in the middle, as a crash leaves it
    case 1:
        insertMember(R"("ratio":NaN,)");
        break;
    case 2:
        insertMember(R"("id":"twice",)");
        break;
    case 3:
        line += R"({"and":"more"})";
        break;
    case 4:
        insertMember(R"("note":"bad \x escape",)");
        break;
    case 5:
        insertMember("\"note\":\"\xc3(\",");
        break; // no UTF-8
    case 6:
        insertMember(R"("note":"\ud800",)");
        break; // half a pair
    case 7:
        insertMember("\"deep\":" + std::string(70, '[') + std::string(70, ']') + ",");
        break;
    case 8:
        line = "[" + line + "]";
        break;
    default:
        insertMember(R"("flag":tru,)");
    }
}

} // namespace workbench
