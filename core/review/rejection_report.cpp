// SPDX-License-Identifier: Apache-2.0
#include "core/review/rejection_report.h"

#include "core/base/file.h"
#include "core/job/export_job.h"

namespace workbench {

namespace {

constexpr std::size_t WriteBytes = 1U << 20;

/// One CSV field (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front.
void appendField(std::string& out, std::string_view text)
{
    constexpr std::string_view FormulaLeads = "=+-@\t\r";
    const bool isFormula = !text.empty() && FormulaLeads.find(text.front()) != std::string_view::npos;
    if (!isFormula && text.find_first_of("\",\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += isFormula ? "\"'" : "\"";
    for (const char c : text) {
        out.append(c == '"' ? 2 : 1, c);
    }
    out.push_back('"');
}

std::string csvLine(std::string_view file, std::uint64_t line, const Finding& finding)
{
    std::string text;
    appendField(text, file);
    text += ',' + std::to_string(line) + ',';
    text += ruleName(finding.rule);
    text.push_back(',');
    appendField(text, finding.path);
    text.push_back(',');
    appendField(text, finding.masked);
    return text + "\r\n";
}

} // namespace

Result<void> saveRejectionReport(const Selection& selection, const std::string& path, ReportFormat format)
{
    const ExampleIndex& index = *selection.index;
    auto report = StagedFile::create(path);
    if (!report) {
        return report.error();
    }
    std::string pending = format == ReportFormat::Csv ? "file,line,rule,path,masked\r\n" : "";
    for (const std::uint32_t place : selection.findings) {
        const IndexedFinding& found = index.findings()[place];
        const Finding finding {found.rule, index.paths()[found.path], index.shapes()[found.masked]};
        const SourceLine at = index.sourceLine(found.row);
        const std::string& file = index.files().files[at.file].name;
        pending += format == ReportFormat::Csv ? csvLine(file, at.line, finding)
                                               : rejectionLine(file, at.line, finding);
        if (pending.size() >= WriteBytes) { // reports may be larger than memory
            if (auto written = report->write(pending); !written) {
                return written;
            }
            pending.clear();
        }
    }
    auto written = report->write(pending);
    return written ? report->commit() : written;
}

} // namespace workbench
