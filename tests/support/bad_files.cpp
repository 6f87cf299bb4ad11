// SPDX-License-Identifier: Apache-2.0
#include "tests/support/bad_files.h"

#include "tests/support/example_builder.h"

#include <array>
#include <utility>

namespace workbench {

namespace {

const std::string Canary = BadCanary;
const std::string ZeroByte(1, '\0');

struct Named {
    const char* name;
    std::string text;
};

/// Gives files their numbers and puts good lines around what is bad.
class Collection {
public:
    /// `line` may be more than one line; it gets its newline.
    void add(const std::string& name, const std::string& line)
    {
        addWhole(name, good("before") + '\n' + line + '\n' + good("behind"));
    }
    void addWhole(const std::string& name, std::string bytes)
    {
        const std::string number = std::to_string(m_files.size());
        m_files.push_back(
            {std::string(4 - number.size(), '0') + number + '_' + name + ".jsonl", std::move(bytes)});
    }
    [[nodiscard]] std::vector<BadFile> take() { return std::move(m_files); }

    /// Accepted; what is withheld of it holds the canary.
    static std::string good(const std::string& id)
    {
        static const std::string line = ExampleBuilder()
                                            .with("id", "no id yet")
                                            .with("run_id", Canary)
                                            .with("features.raw_text", Canary)
                                            .with("labels.reviewer_notes", Canary)
                                            .json();
        std::string named = line;
        return named.replace(named.find("no id yet"), 9, id);
    }

private:
    std::vector<BadFile> m_files;
};

/// Where a string can stand: each makes a line of the JSON text of one.
struct Place {
    const char* name;
    std::string (*line)(const std::string& json);
};

constexpr std::array<Place, 16> Places {{
    {"id", [](const std::string& json) { return ExampleBuilder().raw("id", json).json(); }},
    {"created_at", [](const std::string& json) { return ExampleBuilder().raw("created_at", json).json(); }},
    {"source", [](const std::string& json) { return ExampleBuilder().raw("source", json).json(); }},
    {"industry", [](const std::string& json) { return ExampleBuilder().raw("industry_key", json).json(); }},
    {"schema", [](const std::string& json) { return ExampleBuilder().raw("feature_schema", json).json(); }},
    {"run_id", [](const std::string& json) { return ExampleBuilder().raw("run_id", json).json(); }},
    {"enum",
        [](const std::string& json) { return ExampleBuilder().raw("features.window_rule", json).json(); }},
    {"number", [](const std::string& json) { return ExampleBuilder().raw("coverage_ratio", json).json(); }},
    {"blocked", [](const std::string& json) { return ExampleBuilder().raw("features.rag_x", json).json(); }},
    {"boundary",
        [](const std::string& json) { return ExampleBuilder().raw("targets.boundary_class", json).json(); }},
    {"pressure",
        [](const std::string& json) {
            return ExampleBuilder().raw("targets.pressure_keys", "[\"fragility\"," + json + "]").json();
        }},
    {"benchmark",
        [](const std::string& json) {
            return ExampleBuilder().raw("targets.benchmark", R"([{"a":[)" + json + "]}]").json();
        }},
    {"feedback",
        [](const std::string& json) { return ExampleBuilder().raw("labels.client_feedback", json).json(); }},
    {"notes",
        [](const std::string& json) { return ExampleBuilder().raw("labels.reviewer_notes", json).json(); }},
    {"key", [](const std::string& json) { return "{" + json + ":1," + ExampleBuilder().json().substr(1); }},
    {"feature_key",
        [](const std::string& json) {
            std::string line = ExampleBuilder().json();
            return line.insert(line.find("\"features\":{") + 12, json + ":1,");
        }},
}};

} // namespace

std::vector<BadFile> filesOfBadEncoding()
{
    const std::array<Named, 16> defects {{{"byte_order_mark", "\xef\xbb\xbf"}, {"ff", "\xff"},
        {"lone_lead", "\xc3"}, {"lead_and_ascii", "\xc3("}, {"lone_tail", "\x80"}, {"overlong_2", "\xc0\xaf"},
        {"overlong_3", "\xe0\x80\xaf"}, {"surrogate", "\xed\xa0\x80"}, {"five_bytes", "\xf8\x88\x80\x80\x80"},
        {"beyond_unicode", "\xf4\x90\x80\x80"}, {"cut_emoji", "\xf0\x9f\x98"}, {"zero_byte", ZeroByte},
        {"utf16", "J" + ZeroByte + "a" + ZeroByte}, {"em_space", "\xe2\x80\x83"},
        {"lone_surrogate_escape", "\\ud800"}, {"reversed_surrogates", "\\ude00\\ud83d"}}};
    Collection files;
    for (const Named& defect : defects) {
        for (const Place& place : Places) {
            files.add(
                defect.name + std::string("_in_") + place.name, place.line('"' + Canary + defect.text + '"'));
        }
    }
    return files.take();
}

std::vector<BadFile> filesOfBadLines()
{
    const std::string good = Collection::good("line");
    Collection files;
    for (std::size_t cut = 1; cut < good.size(); cut += 41) {
        files.add("cut_after_" + std::to_string(cut), good.substr(0, cut));
        files.add("begins_at_" + std::to_string(cut), good.substr(cut));
    }
    const std::array<Named, 18> pieces {{{"comma", ","}, {"semicolon", ";"}, {"bracket", "]"}, {"brace", "}"},
        {"open_brace", "{"}, {"quote", "\""}, {"hash", "#"}, {"slashes", "// " + Canary}, {"word", "null"},
        {"digit", "0"}, {"nbsp", "\xc2\xa0"}, {"form_feed", "\f"}, {"vertical_tab", "\v"},
        {"byte_order_mark", "\xef\xbb\xbf"}, {"zero_byte", ZeroByte}, {"blanks", " \t "},
        {"record_separator", "\x1e"}, {"object", "{}"}}};
    for (const Named& piece : pieces) {
        files.add(std::string("in_front_") + piece.name, piece.text + good);
        files.add(std::string("behind_") + piece.name, good + piece.text);
        files.add(std::string("alone_") + piece.name, piece.text);
        files.add(std::string("two_with_") + piece.name, good + piece.text + good);
        files.addWhole(std::string("whole_file_") + piece.name, piece.text);
    }
    files.addWhole("empty", "");
    files.addWhole("one_newline", "\n");
    files.addWhole("carriage_returns", "\r\r\r\n\r\n \r\t\r\n");
    files.addWhole("only_a_mark", "\xef\xbb\xbf");
    files.addWhole("two_marks", "\xef\xbb\xbf\xef\xbb\xbf" + good);
    files.addWhole("mark_and_newline", "\xef\xbb\xbf\n" + good + "\r\n");
    files.addWhole("no_newline_at_the_end", good);
    files.addWhole("line_ends_of_old_macs", good + '\r' + good + '\r');
    files.addWhole("line_ends_reversed", good + "\n\r" + good + "\n\r");
    files.addWhole("an_array_of_lines", "[\n" + good + ",\n" + good + "\n]\n");
    files.addWhole("one_object_on_many_lines", "{\n\"id\": \"a\",\n\"features\": {}\n}\n");
    files.addWhole("a_table", "id,created_at\n" + Canary + ",2026\n");
    files.addWhole("a_web_page", "<!DOCTYPE html>\n<p>" + Canary + "</p>\n");
    files.addWhole("utf16_file", "\xff\xfe{" + ZeroByte + "}" + ZeroByte + "\n" + ZeroByte);
    files.addWhole("zero_bytes", std::string(5000, '\0'));
    files.addWhole("blanks_of_a_megabyte", std::string(1U << 20U, ' ') + '\n' + good);
    files.addWhole("a_line_of_a_megabyte",
        ExampleBuilder().with("run_id", std::string(1U << 20U, 'a') + Canary).json() + '\n' + good);
    files.addWhole("a_line_too_long", good + '\n' + std::string((16U << 20U) + 1, '[') + '\n' + good);
    return files.take();
}

std::vector<BadFile> filesOfBadStructure()
{
    // A member, its comma behind it, that goes in front of others of an object.
    const std::array<Named, 24> members {
        {{"key_twice", R"("q":1,"q":2,)"}, {"key_twice_escaped", R"("q":1,"\u0071":2,)"},
            {"no_colon", R"("q" 1,)"}, {"two_colons", R"("q"::1,)"}, {"comma_for_colon", R"("q",1,)"},
            {"no_comma", R"("q":1 )"}, {"two_commas", R"("q":1,,)"}, {"comma_first", R"(,"q":1,)"},
            {"semicolon", R"("q":1;)"}, {"no_value", R"("q":,)"}, {"no_key", R"(:1,)"},
            {"bare_key", R"(q:1,)"}, {"single_quotes", R"('q':1,)"}, {"number_as_key", R"(1:1,)"},
            {"null_as_key", R"(null:1,)"}, {"comment", R"(/* q */)"}, {"open_string", R"("q":"Qjz vorn,)"},
            {"bad_escape", R"("q":"Qjz vorn\x41",)"}, {"cut_escape", R"("q":"Qjz vorn\u12",)"},
            {"open_array", R"("q":[1,)"}, {"crossed", R"("q":[{]},)"}, {"trailing_comma", R"("q":[1,],)"},
            {"sixty_deep", "\"q\":" + std::string(60, '[') + std::string(60, ']') + ','},
            {"seventy_deep", "\"q\":" + std::string(70, '[') + std::string(70, ']') + ','}}};
    const std::array<Named, 5> objects {{{"line", "{"}, {"features", "\"features\":{"},
        {"targets", "\"targets\":{"}, {"labels", "\"labels\":{"}, {"benchmark", "\"benchmark\":{"}}};
    const std::string good = ExampleBuilder().raw("targets.benchmark", R"({"z":0})").json();
    Collection files;
    for (const Named& member : members) {
        for (const Named& object : objects) {
            std::string line = good;
            line.insert(line.find(object.text) + object.text.size(), member.text);
            files.add(member.name + std::string("_in_") + object.name, line);
        }
    }
    for (const char* const twice : {R"("id":"a",)", R"("features":{},)", R"("labels":null,)",
             R"("targets":{},)", R"("run_id":1,)", R"("\u0069d":"a",)"}) {
        files.add("known_key_twice", "{" + std::string(twice) + good.substr(1));
    }
    return files.take();
}

std::vector<BadFile> filesOfBadNumbers()
{
    const std::array<Named, 34> numbers {{{"plus", "+1"}, {"zero_first", "01"}, {"minus_zero_first", "-01"},
        {"dot_last", "1."}, {"dot_first", ".5"}, {"two_dots", "1.2.3"}, {"no_exponent", "1e"},
        {"signed_no_exponent", "1e+"}, {"half_exponent", "1e1.5"}, {"hex", "0x10"}, {"octal", "0o7"},
        {"grouped", "1_000"}, {"comma", "1,5"}, {"spaced", "1 0"}, {"minus_alone", "-"}, {"two_minus", "--1"},
        {"minus_spaced", "- 1"}, {"nan", "NaN"}, {"infinity", "Infinity"}, {"minus_infinity", "-Infinity"},
        {"inf", "inf"}, {"overflow", "1e999"}, {"minus_overflow", "-1e999"},
        {"largest", "1.7976931348623157e308"}, {"beyond_largest", "1.7976931348623159e308"},
        {"smallest", "5e-324"}, {"below_smallest", "1e-999"}, {"minus_zero", "-0"},
        {"minus_zero_point", "-0.0"}, {"phone", "5551234567"}, {"epoch", "1767600000000"},
        {"long", std::string(400, '9')}, {"long_fraction", "0." + std::string(400, '3')},
        {"wide_digits", "\xef\xbc\x95"}}};
    Collection files;
    for (const Named& number : numbers) {
        for (const Place& place : Places) {
            if (place.name != std::string_view("key") && place.name != std::string_view("feature_key")) {
                files.add(number.name + std::string("_in_") + place.name, place.line(number.text));
            }
        }
    }
    return files.take();
}

std::vector<BadFile> filesOfBadTypes()
{
    const std::array<Named, 9> values {{{"null", "null"}, {"true", "true"}, {"false", "false"},
        {"number", "1"}, {"string", "\"" + Canary + "\""}, {"empty_string", "\"\""},
        {"array", "[\"" + Canary + "\"]"}, {"object", "{\"" + Canary + "\":1}"}, {"empty_object", "{}"}}};
    Collection files;
    for (const Named& value : values) {
        for (const char* const field : {"id", "created_at", "source", "industry_key", "feature_schema",
                 "run_id", "features", "targets", "labels", "features.window_rule", "window_days",
                 "gini_proxy", "targets.pressure_keys", "targets.boundary_class", "targets.benchmark",
                 "labels.reviewer_score", "labels.client_feedback", "labels.mapping_was_wrong",
                 "labels.outcome_next_step_chosen", "labels.reviewer_notes"}) {
            files.add(
                value.name + std::string("_as_") + field, ExampleBuilder().raw(field, value.text).json());
        }
    }
    return files.take();
}

std::vector<BadFile> filesOfBadFields()
{
    Collection files;
    for (const char* const field : {"id", "created_at", "source", "industry_key", "feature_schema", "run_id",
             "features", "targets", "labels", "targets.pressure_keys", "targets.boundary_class"}) {
        files.add(std::string("without_") + field, ExampleBuilder().without(field).json());
        std::string upper = ExampleBuilder().json();
        const std::string name = std::string_view(field).starts_with("targets.") ? field + 8 : field;
        const std::size_t at = upper.find('"' + name + '"');
        upper[at + 1] = static_cast<char>(upper[at + 1] - 0x20);
        files.add("another_case_of_" + name, upper);
    }
    for (const char* const prefix : {"rag_", "website_", "tool_", "raw_", "content_", "summary_",
             "description_", "notes_", "context_", "narrative_", "new_"}) {
        files.add(std::string("feature_") + prefix,
            ExampleBuilder().with("features." + (prefix + Canary), Canary).json());
    }
    const std::array<Named, 10> texts {{{"email", Canary + "@example.com"}, {"phone", "555-010-0199"},
        {"phone_in_brackets", "(555) 010-0199"},
        {"wide_phone", "\xef\xbc\x95\xef\xbc\x95\xef\xbc\x95-010-0199"},
        {"address", "12 " + Canary + " Street"}, {"box", "PO Box 17"},
        {"url", "https://" + Canary + ".example"}, {"path", "../../" + Canary},
        {"long", std::string(101, 'a')}, {"exactly_100", std::string(100, 'a')}}};
    for (const Named& text : texts) {
        for (const Place& place : Places) {
            files.add(text.name + std::string("_in_") + place.name, place.line('"' + text.text + '"'));
        }
    }
    for (const char* const time : {"2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
             "2026-01-01T00:00:60Z", "2026-01-01T00:00:00", "2026-01-01", "2026-01-01T00:00:00+2500",
             "0000-01-01T00:00:00+00:01", "2026-01-01T00:00:00.Z", " 2026-01-01T00:00:00Z", "1767600000"}) {
        files.add("time", ExampleBuilder().with("created_at", time).json());
    }
    for (const int keys : {16, 17, 300}) {
        std::string list;
        for (int key = 0; key < keys; ++key) {
            list += (key == 0 ? "\"k" : ",\"k") + std::to_string(key) + '"';
        }
        files.add("pressure_keys_" + std::to_string(keys),
            ExampleBuilder().raw("targets.pressure_keys", "[" + list + "]").json());
    }
    return files.take();
}

} // namespace workbench
