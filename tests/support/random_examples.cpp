// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_examples.h"

#include "core/schema/builtin_schemas.h"
#include "tests/support/example_builder.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace workbench {

namespace {

constexpr std::array<std::string_view, 36> Words {"hvac", "plumbing", "unknown", "mock", "real",
    "last_12_months", "custom", "stable", "healthy", "follow_up", "capacity", "up", "down", "fragility",
    "capacity_squeeze", "signals_v1", "signals_v2", "", " ", "null", "true", "12", "0.5", "NaN", "roofing",
    "a", "Z", "_", "x_1", "sam@example.com", "naïve", "中文", "＠", "1e5", "-", "summary text"};

constexpr std::array<std::string_view, 17> TopLevel {"id", "created_at", "source", "industry_key",
    "feature_schema", "features", "targets", "labels", "targets.boundary_class", "targets.pressure_keys",
    "labels.reviewer_score", "labels.client_feedback", "labels.mapping_was_wrong",
    "labels.outcome_next_step_chosen", "run_id", "labels.reviewer_notes", "labels.client_feedback_reason"};

constexpr std::array<std::string_view, 12> Withheld {"features.rag_x", "features.website_a", "features.tool_",
    "features.raw_rows", "features.content_c", "features.summary_s", "features.description_d",
    "features.notes_n", "features.context_c", "features.narrative_n", "features.other", "features.rag"};

constexpr std::array<std::string_view, 12> Numbers {"1e999", "-1e400", "1e-999", "0", "-0", "1.0", "1.5",
    "5551234567", "1E+2", "0.1e1", "123456789012345678901234567890", "9007199254740993"};

} // namespace

std::string RandomExamples::digits(std::uint64_t count)
{
    std::string text;
    while (count-- > 0) {
        text += static_cast<char>('0' + below(10));
    }
    return text;
}

std::string RandomExamples::phoneLike()
{
    static constexpr std::array<std::string_view, 10> Between {
        "", "", "-", ".", " ", "–", "−", "\u00a0", "/", "--"};
    const auto group = [this] {
        std::string text = digits(2 + below(3));
        if (below(6) == 0) { // full width
            std::string wide;
            for (const char c : text) {
                wide += "\xef\xbc";
                wide += static_cast<char>(0x90 + (c - '0'));
            }
            return wide;
        }
        return text;
    };
    std::string phone = below(4) == 0 ? "+" + digits(below(4)) + std::string(oneOf(Between)) : "";
    const bool brackets = below(4) == 0;
    phone += brackets ? "(" + group() + ")" : group();
    for (std::uint64_t groups = 1 + below(3); groups > 0; --groups) {
        phone += std::string(oneOf(Between)) + group();
    }
    return (below(4) == 0 ? "tel " : "") + phone;
}

std::string RandomExamples::addressLike()
{
    static constexpr std::array<std::string_view, 22> Suffixes {"st", "street", "ave", "avenue", "rd", "road",
        "blvd", "boulevard", "dr", "drive", "ln", "lane", "ct", "court", "way", "pl", "place", "St.", "AVE",
        "park", "stone", "Place"};
    static constexpr std::array<std::string_view, 8> Names {
        "Oak", "example", "N.", "5th", "Hill", "O'Neil", "of", "-"};
    static constexpr std::array<std::string_view, 6> Boxes {
        "PO Box ", "p.o. box ", "P. O. Box ", "POBox", "po  box ", "box "};
    const std::string blank = below(4) == 0 ? "_" : " ";
    if (below(5) == 0) {
        return std::string(oneOf(Boxes)) + (below(3) == 0 ? "none" : digits(1 + below(4)));
    }
    std::string address = digits(1 + below(6));
    for (std::uint64_t names = below(4); names > 0; --names) {
        address += blank + std::string(oneOf(Names));
    }
    address += (below(6) == 0 ? blank + blank : blank) + std::string(oneOf(Suffixes));
    return below(4) == 0 ? "at " + address + ", Springfield" : address;
}

std::string RandomExamples::idLike()
{
    static constexpr std::string_view Letters
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:";
    static constexpr std::array<std::uint64_t, 9> Lengths {21, 26, 32, 40, 64, 65, 36, 1, 18};
    const std::uint64_t kind = below(4);
    std::string id;
    for (std::uint64_t length = oneOf(Lengths); length > 0; --length) {
        id += kind == 0 ? Letters[below(Letters.size())]
            : kind == 1 ? "0123456789abcdef"[below(16)]
            : kind == 2 ? "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[below(32)]
                        : "0123456789"[below(10)];
    }
    if (id.size() == 36 && kind != 0) {
        id[8] = id[13] = id[18] = id[23] = '-';
    }
    return id;
}

/// Tokens and card numbers, one character too short now and then, or with a wrong last digit.
std::string RandomExamples::secretLike()
{
    struct Shape {
        std::string_view prefix;
        std::size_t length;
    };
    static constexpr std::array<Shape, 12> Shapes {
        {{"hf_", 20}, {"ghp_", 36}, {"ghs_", 36}, {"github_pat_", 22}, {"glpat-", 20}, {"AKIA", 16},
            {"ASIA", 16}, {"AIza", 35}, {"xoxb-", 14}, {"sk-", 20}, {"sk_live_", 16}, {"eyJ", 9}}};
    static constexpr std::array<std::string_view, 6> Marks {"-", ".", "_", ":", " ", ""};
    static constexpr std::array<std::string_view, 5> Before {"", "", "a-", "a_", "a"};
    std::string secret(oneOf(Before));
    if (below(3) == 0) {
        const std::string_view mark = oneOf(Marks);
        std::string number = oneOf(std::array<std::string, 4> {
            "4111111111111111", "5555555555554444", "3530111333300000", "2223003122003222"});
        if (below(3) == 0) {
            number[below(16)] = static_cast<char>('0' + below(10));
        }
        for (std::size_t at = 0; at < number.size(); ++at) {
            secret += (at > 0 && at % 4 == 0 ? std::string(mark) : "") + number[at];
        }
        return secret + (below(4) == 0 ? digits(1) : "");
    }
    const Shape shape = oneOf(Shapes);
    secret += shape.prefix;
    const std::string_view letters
        = below(2) == 0 ? "ABCDEFGHJKLMNPQRSTUVWXYZ234567" : "abcdefghijklmnopqrstuvwxyzABCDE";
    for (std::size_t left = shape.length - (below(4) == 0 ? 1 : 0); left > 0; --left) {
        secret += letters[below(letters.size())];
    }
    return secret + (shape.prefix == "eyJ" ? ".eyJ" : below(4) == 0 ? "x" : "");
}

std::string RandomExamples::timeLike()
{
    const auto two = [this](std::uint64_t limit) {
        const std::uint64_t value = below(limit);
        return std::string(1, static_cast<char>('0' + value / 10)) + static_cast<char>('0' + value % 10);
    };
    std::string time
        = below(8) == 0 ? oneOf(std::array<std::string, 3> {"0000", "9999", "0001"}) : "20" + two(30);
    time += "-" + (below(6) == 0 ? oneOf(std::array<std::string, 3> {"01", "12", "02"}) : two(14)) + "-"
        + (below(6) == 0 ? oneOf(std::array<std::string, 4> {"01", "31", "29", "30"}) : two(33));
    time += std::string(oneOf(std::array<std::string_view, 5> {"T", "t", " ", "T", "  "})) + two(25) + ":"
        + two(61) + ":" + two(62);
    if (below(2) == 0) {
        time += "." + digits(below(5) == 0 ? below(90) : below(7));
    }
    const std::uint64_t zone = below(6);
    time += zone < 2 ? "Z"
        : zone == 2  ? "z"
        : zone == 3  ? ""
                     : (zone == 4 ? "+" : "-") + two(25) + ":" + two(61);
    return time;
}

std::string RandomExamples::edited(std::string text)
{
    static constexpr std::array<std::string_view, 12> Pieces {
        "a", "Z", "0", "7", "_", " ", "-", ".", "@", "é", "\t", "\n"};
    const std::size_t at = below(text.size() + 1);
    if (below(2) == 0 || at == text.size()) {
        return text.insert(at, oneOf(Pieces));
    }
    // Whole characters only: half of one would be malformed, which damage() is for.
    std::size_t end = at + 1;
    std::size_t start = at;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0U) == 0x80U) {
        --start;
    }
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        ++end;
    }
    return text.erase(start, end - start);
}

std::string RandomExamples::text()
{
    switch (below(13)) {
    case 12:
        return secretLike();
    case 0:
        return phoneLike();
    case 1:
        return addressLike();
    case 2:
        return idLike();
    case 3:
        return timeLike();
    case 4:
        return std::string(95 + below(12), 'n');
    case 5: {
        std::string wide;
        for (std::uint64_t count = 98 + below(5); count > 0; --count) {
            wide += "é";
        }
        return wide;
    }
    case 6:
        return edited(phoneLike());
    case 7:
        return edited(timeLike());
    case 8:
        return edited(std::string(oneOf(Words)));
    default:
        return std::string(oneOf(Words));
    }
}

double RandomExamples::number()
{
    switch (below(4)) {
    case 0: {
        const double any = std::bit_cast<double>(m_random());
        return std::isfinite(any) ? any : 0;
    }
    case 1:
        return static_cast<double>(below(200)) - 20;
    case 2:
        return static_cast<double>(static_cast<std::int64_t>(m_random())) / 1e9;
    default:
        return static_cast<double>(below(1000)) / static_cast<double>(1 + below(1000));
    }
}

std::string RandomExamples::jsonValue()
{
    static constexpr std::array<std::string_view, 9> Others {"null", "true", "false", "[]", "{}", "[1, 2]",
        R"({"a":[true,"x"]})", R"("sam\u0040example.com")", R"("\u00e9\ud83d\ude00")"};
    switch (below(6)) {
    case 0:
        return std::string(oneOf(Others));
    case 1:
        return std::string(oneOf(Numbers));
    case 2: {
        std::array<char, 64> written {};
        const double value = number();
        return {written.data(), std::to_chars(written.data(), written.data() + written.size(), value).ptr};
    }
    case 3: {
        std::string array = "[";
        for (std::uint64_t count = below(4) == 0 ? 14 + below(6) : below(5); count > 0; --count) {
            array += (array.size() > 1 ? "," : "")
                + (below(9) == 0 ? std::string(oneOf(Others)) : quotedJson(text()));
        }
        return array + "]";
    }
    default:
        return quotedJson(text());
    }
}

void RandomExamples::damage(std::string& line)
{
    static constexpr std::array<std::string_view, 14> Pieces {
        "\"", "\\", "{", "}", "[", "]", ",", ":", "\\u00", "\xff", "\xc3", " ", "\\ud800", "0"};
    const std::size_t at = below(line.size());
    switch (below(5)) {
    case 0:
        line.erase(at, 1 + below(3));
        break;
    case 1:
        line.insert(at, oneOf(Pieces));
        break;
    case 2:
        line[at] = static_cast<char>(below(256));
        break;
    case 3:
        line.resize(at);
        break;
    default:
        line.insert(at, line.substr(below(line.size()), below(40)));
    }
}

std::string RandomExamples::next()
{
    ExampleBuilder example;
    const auto& features = defaultSchema()->features();
    for (std::uint64_t changes = below(4); changes > 0; --changes) {
        std::string path;
        if (below(2) == 0) {
            path = "features." + features[below(features.size())].key;
        } else {
            path = below(10) == 0 ? oneOf(Withheld) : oneOf(TopLevel);
        }
        if (below(8) == 0) {
            example.without(path);
        } else {
            example.raw(path, jsonValue());
        }
    }
    std::string line = example.json();
    if (below(12) == 0) {
        damage(line);
    }
    return line;
}

} // namespace workbench
