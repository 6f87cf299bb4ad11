// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/report.h"

#include "app/export/words.h"
#include "core/base/quoted.h"

namespace workbench {

namespace {

constexpr std::size_t NameWidth = 26;
constexpr std::size_t FigureWidth = 14;
constexpr std::size_t ShownRejections = 10;
constexpr std::size_t ShownNames = 5;

std::string line(const std::string& name, std::uint64_t figure)
{
    return padded(name, NameWidth) + paddedLeft(grouped(figure), FigureWidth) + '\n';
}

std::string ledger(
    const ScanSummary& scan, std::uint64_t exported, const char* lastLine, const Output& output)
{
    const std::uint64_t filtered = scan.read - scan.overLimit - scan.matched;
    std::string text = line("Read", scan.read);
    text += line("- left out by filters", filtered);
    text += line("- over the row limit", scan.overLimit);
    text += line("Matched", scan.matched);
    text += output.painted(
        line("- rejected by the guard", scan.rejected), scan.rejected > 0 ? Tone::Bad : Tone::Plain);
    text += output.painted(line(lastLine, exported), scan.rejected > 0 ? Tone::Plain : Tone::Good);
    return text;
}

std::string rejections(const ExportOutcome& outcome)
{
    std::string text = "\nRows rejected, by rule\n";
    for (std::size_t rule = 0; rule < RuleCount; ++rule) {
        if (outcome.scan.rejectionsByRule[rule] > 0) {
            text += line(
                "  " + std::string(ruleName(static_cast<Rule>(rule))), outcome.scan.rejectionsByRule[rule]);
        }
    }
    text += "\nThe first of them (masked)\n";
    for (std::size_t place = 0; place < outcome.rejections.size() && place < ShownRejections; ++place) {
        const RejectionReport& rejection = outcome.rejections[place];
        for (const Finding& finding : rejection.findings) {
            text += "  " + inQuotes(rejection.file) + " line " + grouped(rejection.line) + "  "
                + std::string(ruleName(finding.rule)) + "  "
                + (finding.path.empty() ? "the whole line" : finding.path)
                + (finding.masked.empty() ? "" : "  " + inQuotes(finding.masked)) + '\n';
        }
    }
    return text;
}

} // namespace

std::string labelWarning(const LabelSummary& labels)
{
    std::string text;
    if (labels.withoutExample > 0) {
        text = "Warning: " + counted(labels.withoutExample, "label file belongs", "label files belong")
            + " to no example: ";
        for (std::size_t place = 0; place < labels.namesWithoutExample.size() && place < ShownNames;
             ++place) {
            text += (place == 0 ? "" : ", ") + labels.namesWithoutExample[place];
        }
        text += labels.withoutExample > ShownNames ? ", ...\n" : "\n";
    }
    if (labels.refusedNames > 0) {
        text += "Warning: " + counted(labels.refusedNames, "label file is", "label files are")
            + " not called as an example's id and not read\n";
    }
    return text;
}

std::string reportText(
    const ExportOutcome& outcome, const Schema& schema, const char* lastLine, const Output& output)
{
    const bool isExported = !outcome.bundleDir.empty();
    std::string text = ledger(outcome.scan, outcome.scan.accepted, lastLine, output);
    if (const std::uint64_t withheld = withheldTotal(outcome.scan.withheld); withheld > 0) {
        text += line("Fields withheld", withheld);
    }
    if (outcome.scan.labels.inUse) {
        text += line("Label files", outcome.scan.labels.files);
    }
    if (!outcome.splits.empty()) {
        text += "\nSplits\n";
        for (const auto& [name, rows] : outcome.splits) {
            text += line("  " + name, rows);
        }
    }
    if (outcome.scan.rejected > 0) {
        text += rejections(outcome);
    }
    text += "\nSchema  " + schema.name() + "  " + schema.hash() + '\n';
    if (isExported) {
        text += "Bundle  " + outcome.bundleDir + '\n';
    }
    text += output.painted("Took " + lasting(outcome.seconds) + "\n", Tone::Dim);
    return text;
}

} // namespace workbench
