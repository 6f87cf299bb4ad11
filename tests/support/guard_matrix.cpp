// SPDX-License-Identifier: Apache-2.0
#include "tests/support/guard_matrix.h"

#include "tests/support/example_builder.h"

#include <array>
#include <cstdio>

namespace workbench {

namespace {

struct MatrixFamily {
    const char* name;
    const char* text;
};

const std::string Long(101, 'n');

std::string hex(unsigned char c, const char* form)
{
    std::array<char, 16> out {};
    std::snprintf(out.data(), out.size(), form, static_cast<unsigned>(c));
    return out.data();
}

/// Each character by `change`.
template <class Change> std::string eachOf(std::string_view text, Change change)
{
    std::string out;
    for (const char c : text) {
        out += change(c);
    }
    return out;
}

std::string fullWidth(char c)
{
    if (c <= ' ') {
        return {c};
    }
    const unsigned point = 0xff01U + (static_cast<unsigned char>(c) - '!');
    return {static_cast<char>(0xe0U | (point >> 12U)), static_cast<char>(0x80U | ((point >> 6U) & 0x3fU)),
        static_cast<char>(0x80U | (point & 0x3fU))};
}

/// What looks the same: Cyrillic letters, Arabic digits, another dash.
std::string lookAlike(char c)
{
    switch (c) {
    case 'a':
        return "а";
    case 'e':
        return "е";
    case 'o':
        return "о";
    case 'p':
        return "р";
    case '-':
        return "‐";
    default:
        return c >= '0' && c <= '9' ? std::string("\xd9") + static_cast<char>(0xa0 + (c - '0'))
                                    : std::string(1, c);
    }
}

std::vector<MatrixText> disguised(const MatrixFamily& family)
{
    const std::string_view text = family.text;
    const auto plainJson = [](std::string_view of) { return quotedJson(of); };
    std::vector<MatrixText> all;
    const auto add = [&](const char* disguise, std::string as) {
        std::string json = plainJson(as);
        all.push_back({family.name, disguise, std::move(as), std::move(json)});
    };
    add("as it is", std::string(text));
    add("full width", eachOf(text, fullWidth));
    add("zero width", eachOf(text, [](char c) { return std::string(1, c) + "\u200b"; }));
    add("look-alikes", eachOf(text, lookAlike));
    add("right to left", "\u202e" + std::string(text) + "\u202c");
    add("combining", eachOf(text, [](char c) { return std::string(1, c) + "\u0301"; }));
    add("entities", eachOf(text, [](char c) { return hex(static_cast<unsigned char>(c), "&#x%02x;"); }));
    add("percent", eachOf(text, [](char c) { return hex(static_cast<unsigned char>(c), "%%%02X"); }));
    all.push_back({family.name, "JSON escapes", std::string(text),
        '"' + eachOf(text, [](char c) { return hex(static_cast<unsigned char>(c), "\\u%04x"); }) + '"'});
    return all;
}

MatrixCase caseOf(const MatrixText& what, std::string_view path, ExampleBuilder example)
{
    return {std::string(path) + ", " + what.family + ", " + what.disguise, std::string(path), example.json(),
        what};
}

} // namespace

std::vector<MatrixText> matrixTexts()
{
    const std::array<MatrixFamily, 10> families {{{"e-mail", "sam@example.com"}, {"phone", "212-555-0142"},
        {"address", "12 Example Street"}, {"long", Long.c_str()}, {"unexpected", "no such thing"},
        {"secret", "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH"}, {"URL", "https://example.com/x?y=1"},
        {"internet address", "192.168.12.34"}, {"card", "4111-1111-1111-1111"}, {"name", "jane.smith"}}};
    std::vector<MatrixText> all;
    for (const MatrixFamily& family : families) {
        for (MatrixText& text : disguised(family)) {
            all.push_back(std::move(text));
        }
    }
    return all;
}

std::vector<MatrixCase> matrixCases()
{
    std::vector<MatrixCase> all;
    for (const MatrixText& what : matrixTexts()) {
        for (const char* const path : {"id", "created_at", "source", "industry_key", "features.window_rule",
                 "features.industry_key", "features.window_days", "targets.boundary_class",
                 "labels.client_feedback", "labels.reviewer_score", "labels.mapping_was_wrong"}) {
            all.push_back(caseOf(what, path, ExampleBuilder().raw(path, what.json)));
        }
        all.push_back(caseOf(what, "targets.pressure_keys[1]",
            ExampleBuilder().raw("targets.pressure_keys", R"(["fragility",)" + what.json + "]")));
    }
    return all;
}

std::vector<MatrixCase> withheldMatrixCases()
{
    std::vector<MatrixCase> all;
    for (const MatrixText& what : matrixTexts()) {
        for (const char* const object : {"features", "targets", "labels", "example"}) {
            std::string line = ExampleBuilder().json();
            const std::string begin
                = object == std::string_view("example") ? "{" : '"' + std::string(object) + "\":{";
            line.insert(line.find(begin) + begin.size(), what.json + ":" + what.json + ",");
            all.push_back({std::string("a key of ") + object + ", " + what.family + ", " + what.disguise,
                std::string(), std::move(line), what});
        }
        for (const char* const path : {"labels.reviewer_notes", "labels.client_feedback_reason"}) {
            all.push_back(caseOf(what, path, ExampleBuilder().raw(path, what.json)));
        }
    }
    return all;
}

bool isAnIdToo(const MatrixCase& one)
{
    return one.path == "id" && (one.what.family == "internet address" || one.what.family == "name")
        && (one.what.disguise == "as it is" || one.what.disguise == "JSON escapes");
}

} // namespace workbench
