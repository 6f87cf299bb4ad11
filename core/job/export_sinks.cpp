// SPDX-License-Identifier: Apache-2.0
#include "core/job/export_sinks.h"

#include "core/json/json_writer.h"

#include <utility>

namespace workbench {

namespace {

constexpr std::size_t ReportedRejections = 1000;
constexpr std::size_t LogBuffer = std::size_t {256} << 10;

void appendRejectionLine(std::string& out, std::string_view file, std::uint64_t line, const Finding& finding)
{
    out.push_back('{');
    if (!file.empty()) {
        out += R"("file":)";
        appendJsonString(out, file);
        out.push_back(',');
    }
    out += R"("line":)" + std::to_string(line) + R"(,"rule":)";
    appendJsonString(out, ruleName(finding.rule));
    out += R"(,"path":)";
    appendJsonString(out, finding.path);
    out += R"(,"masked":)";
    appendJsonString(out, finding.masked);
    out += "}\n";
}

} // namespace

std::string rejectionLine(std::string_view file, std::uint64_t line, const Finding& finding)
{
    std::string out;
    appendRejectionLine(out, file, line, finding);
    return out;
}

TallySink::TallySink(const Schema& schema, SplitStrategy strategy, const std::vector<ExampleFile>& files)
    : m_plan(schema, strategy)
    , m_split(strategy != SplitStrategy::None)
    , m_splitRows(m_plan.names().size())
    , m_files(files)
{
}

Result<void> TallySink::accept(const GuardedRow& row, const SourceLine& /*at*/, const LineFacts& /*facts*/)
{
    if (m_split) {
        ++m_splitRows[m_plan.splitOf(row)];
    }
    return {};
}

Result<void> TallySink::reject(
    std::span<const Finding> findings, const SourceLine& at, const LineFacts& /*facts*/)
{
    tell(fileName(at), at.line, findings);
    return {};
}

void TallySink::tell(const std::string& file, std::uint64_t line, std::span<const Finding> findings)
{
    const bool same
        = !m_rejections.empty() && m_rejections.back().line == line && m_rejections.back().file == file;
    if (!same && m_rejections.size() == ReportedRejections) {
        return;
    }
    if (!same) {
        m_rejections.push_back({file, line, {}});
    }
    auto& told = m_rejections.back().findings;
    told.insert(told.end(), findings.begin(), findings.end());
}

std::map<std::string, std::uint64_t> TallySink::splits() const
{
    std::map<std::string, std::uint64_t> out;
    for (std::size_t place = 0; place < m_splitRows.size(); ++place) {
        if (m_splitRows[place] != 0) {
            out[m_plan.names()[place]] = m_splitRows[place];
        }
    }
    return out;
}

RejectionLog::RejectionLog(std::string path) : m_path(std::move(path)) {}

Result<void> RejectionLog::add(std::string_view file, std::uint64_t line, const Finding& finding)
{
    m_empty = false;
    appendRejectionLine(m_buffer, file, line, finding);
    return m_buffer.size() < LogBuffer ? Result<void>() : writeBuffer();
}

Result<void> RejectionLog::commit()
{
    if (m_empty) {
        return {};
    }
    if (auto written = writeBuffer(); !written) {
        return written;
    }
    return m_file->commit();
}

Result<void> RejectionLog::writeBuffer()
{
    if (!m_file) {
        auto file = StagedFile::create(m_path);
        if (!file) {
            return file.error();
        }
        m_file.emplace(std::move(*file));
    }
    auto written = m_file->write(m_buffer);
    m_buffer.clear();
    return written;
}

ExportSink::ExportSink(const ExportRequest& request, const std::vector<ExampleFile>& files,
    StagedBundle bundle, std::string rejectionsPath)
    : TallySink(*request.schema, request.split, files)
    , m_bundle(std::move(bundle))
    , m_hashing(m_bundle->writer.hashing())
    , m_log(std::move(rejectionsPath))
    , m_dropWhenRejected(request.onRejection == OnRejection::Abort)
{
}

Result<void> ExportSink::accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts)
{
    if (auto counted = TallySink::accept(row, at, facts); !counted) {
        return counted;
    }
    return m_bundle ? m_bundle->writer.add(row) : Result<void>();
}

Result<void> ExportSink::reject(
    std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts)
{
    if (m_dropWhenRejected) {
        m_bundle.reset();
    }
    for (const Finding& finding : findings) {
        if (auto added = m_log.add(fileName(at), at.line, finding); !added) {
            return added;
        }
    }
    return TallySink::reject(findings, at, facts);
}

Result<void> ExportSink::report(const std::string& file, std::uint64_t line, const Finding& finding)
{
    if (m_dropWhenRejected) {
        m_bundle.reset();
    }
    tell(file, line, {&finding, 1});
    return m_log.add(file, line, finding);
}

} // namespace workbench
