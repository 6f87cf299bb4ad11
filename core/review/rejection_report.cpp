// SPDX-License-Identifier: Apache-2.0
#include "core/review/rejection_report.h"

#include "core/base/file.h"
#include "core/job/export_job.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

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

/// A file under another name beside the wanted one until it is whole: reports may be larger than memory.
class GrowingFile {
public:
    explicit GrowingFile(const std::string& path) : m_path(path), m_hidden(path + ".partial-XXXXXX")
    {
        m_file = FileDescriptor(::mkostemp(m_hidden.data(), O_CLOEXEC));
        m_exists = static_cast<bool>(m_file);
        m_openError = errno;
    }

    ~GrowingFile()
    {
        if (m_exists) {
            ::unlink(m_hidden.c_str());
        }
    }

    GrowingFile(const GrowingFile&) = delete;
    GrowingFile& operator=(const GrowingFile&) = delete;

    Result<void> append(std::string_view text)
    {
        if (!m_exists) {
            return ioError(m_path, m_openError);
        }
        m_pending += text;
        return m_pending.size() < WriteBytes ? Result<void>() : write();
    }

    Result<void> finish()
    {
        if (auto written = write(); !written) {
            return written;
        }
        if (::fsync(m_file.get()) != 0 || !m_file.close()
            || ::rename(m_hidden.c_str(), m_path.c_str()) != 0) {
            return ioError(m_path, errno);
        }
        m_exists = false;
        const auto slash = m_path.rfind('/');
        return flushFolder(slash == std::string::npos ? "." : m_path.substr(0, slash + 1));
    }

private:
    Result<void> write()
    {
        if (!m_exists) {
            return ioError(m_path, m_openError);
        }
        auto written = writeAll(m_file.get(), m_pending, m_path);
        m_pending.clear();
        return written;
    }

    std::string m_path;
    std::string m_hidden;
    std::string m_pending;
    FileDescriptor m_file;
    bool m_exists = false;
    int m_openError = 0;
};

} // namespace

Result<void> saveRejectionReport(const Selection& selection, const std::string& path, ReportFormat format)
{
    const ExampleIndex& index = *selection.index;
    GrowingFile report(path);
    if (format == ReportFormat::Csv) {
        if (auto written = report.append("file,line,rule,path,masked\r\n"); !written) {
            return written;
        }
    }
    for (const std::uint32_t place : selection.findings) {
        const IndexedFinding& found = index.findings()[place];
        const Finding finding {found.rule, index.paths()[found.path], index.shapes()[found.masked]};
        const SourceLine at = index.sourceLine(found.row);
        const std::string& file = index.files().files[at.file].name;
        const auto line = format == ReportFormat::Csv ? csvLine(file, at.line, finding)
                                                      : rejectionLine(file, at.line, finding);
        if (auto written = report.append(line); !written) {
            return written;
        }
    }
    return report.finish();
}

} // namespace workbench
