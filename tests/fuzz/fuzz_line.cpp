// SPDX-License-Identifier: Apache-2.0
// A line through both readers of ours and one that nobody here wrote, and what leaves through the guard
// again.
#include "core/input/line_scanner.h"
#include "core/review/masked_line.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/small_schema.h"
#include "tests/fuzz/targets.h"
#include "tests/support/judged_line.h"
#include "tests/support/oracle.h"
#include "tests/support/oracle_json.h"

#include <algorithm>
#include <string>
#include <vector>

namespace workbench::fuzz {

namespace {

struct Readers {
    LineScanner scanner {*smallSchema(), LineShape::Example};
    ExampleParser parser {smallSchema(), LineShape::Example};
    PiiGuard guard {smallSchema()};
    LineJudge examples {smallSchema()};
    LineJudge rows {smallSchema(), LineShape::GuardedRow};
};

Readers& readers()
{
    static Readers all;
    return all;
}

/// The row, or the findings, and the values of its columns.
std::string verdict(const TrainingExample& example)
{
    GuardedBatch batch;
    PiiGuard::Workspace workspace;
    workspace.wantValues = true;
    std::string told;
    if (readers().guard.inspect(example, batch, workspace)) {
        told = batch[0].bytes();
    }
    for (const Finding& finding : workspace.findings) {
        told += std::string(ruleName(finding.rule)) + ' ' + finding.path + ' ' + finding.masked + '\n';
    }
    for (const std::uint16_t count : example.withheld) {
        told += std::to_string(count) + ' ';
    }
    const auto* const values = reinterpret_cast<const char*>(workspace.values.data());
    return told.append(values, workspace.values.size() * sizeof(double));
}

void promiseThatMarksLieInside(const MaskedLine& masked)
{
    for (const MaskedLine::Mark& mark : masked.marks) {
        promise(mark.begin <= mark.end && mark.end <= masked.text.size(), "a mark lies outside of its line");
    }
}

} // namespace

void readLine(std::string_view input)
{
    // Exactly the bytes that are promised to be there, so that a sanitizer sees any other being read.
    std::vector<char> bytes(input.begin(), input.end());
    bytes.resize(input.size() + LinePadding, '7');
    const std::string_view line(bytes.data(), input.size());

    const TrainingExample& example = readers().parser.parseGenerally(line);
    const bool malformed = example.malformed;
    const std::string judged = verdict(example);
    promise(malformed == !oracle::parseLine(line), "another JSON parser is of another opinion");

    TrainingExample scanned;
    scanned.clear(smallSchema()->features().size());
    scanned.line = line;
    if (readers().scanner.scan(line, scanned)) {
        promise(!malformed, "the scanner took a line that is malformed");
        promise(verdict(scanned) == judged, "scanner and general reader differ");
    }

    const JudgedLine answer = readers().examples.judge(std::string(input));
    promise(answer.accepted == answer.findings.empty(), "a line is rejected for no reason");
    promise(
        answer.explanation.findings == answer.findings && answer.explanation.canonical == answer.canonical,
        "explaining and judging differ");
    if (answer.accepted) {
        std::string row = answer.canonical;
        promise(!row.empty() && std::ranges::count(row, '\n') == 1 && row.back() == '\n', "a row is no line");
        row.pop_back();
        promise(
            readers().rows.judge(row).canonical == answer.canonical, "a row guarded again is another one");
    } else {
        std::vector<std::string> paths;
        for (const Finding& finding : answer.findings) {
            paths.push_back(finding.path);
        }
        promiseThatMarksLieInside(malformed ? maskRawLine(line) : maskJsonLine(*smallSchema(), line, paths));
    }
}

/// Slower by far, for the second guard of the tests goes by regular expressions.
void guardLine(std::string_view input)
{
    if (input.find('\n') != std::string_view::npos) {
        return; // no line
    }
    const JudgedLine judged = readers().examples.judge(std::string(input));
    const oracle::Answer answer = oracle::judge(input, *smallSchema());
    // The second guard knows the digits of some scripts only, so shapes are compared where there are no
    // others.
    const bool sameShapes = input.find("\\u") == std::string_view::npos
        && std::ranges::all_of(input, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    promise(std::ranges::equal(judged.findings, answer.findings,
                [sameShapes](const Finding& a, const Finding& b) {
                    return a.rule == b.rule && a.path == b.path && (!sameShapes || a.masked == b.masked);
                }),
        "both guards find other things");
    promise(judged.canonical == answer.line, "both guards write other rows");
    promise(std::ranges::equal(judged.withheld, answer.withheld), "both guards withhold other fields");
}

} // namespace workbench::fuzz
