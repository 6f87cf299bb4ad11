// SPDX-License-Identifier: GPL-3.0-or-later
// guard: a filter for streams of any length, in constant memory.
#include "app/export/commands.h"
#include "app/export/exit_code.h"
#include "app/export/json_document.h"
#include "app/export/request.h"
#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/job/export_job.h"
#include "core/job/guard_summary.h"
#include "core/job/scan.h"

#include <chrono>

#include <unistd.h>

namespace workbench {

namespace {

constexpr std::size_t BufferedBytes = 1 << 20;

/// Rows to stdout and findings to stderr, in large pieces.
class StreamSink final : public ScanSink {
public:
    StreamSink(Output& output, bool digests) : m_output(output), m_digests(digests) {}

    Result<void> accept(const GuardedRow& row, const SourceLine& /*at*/, const LineFacts& /*facts*/) override
    {
        if (m_output.json()) {
            return {}; // the summary has stdout for itself
        }
        m_rows += row.bytes();
        if (m_digests) {
            m_sum.update(row.bytes());
        }
        return m_rows.size() < BufferedBytes ? Result<void>() : flushRows();
    }

    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& /*facts*/) override
    {
        for (const Finding& finding : findings) {
            m_findings += rejectionLine({}, at.line, finding);
        }
        return m_findings.size() < BufferedBytes ? Result<void>() : flushFindings();
    }

    /// A reader at the other end of the pipe gets what there is.
    Result<void> endOfBlock() override
    {
        auto told = flushFindings();
        return told ? flushRows() : told;
    }

    [[nodiscard]] std::string digest() { return m_sum.finish(); }

private:
    Result<void> flushFindings()
    {
        auto told = m_output.report(m_findings);
        m_findings.clear();
        return told;
    }

    Result<void> flushRows()
    {
        auto written = m_output.print(m_rows);
        m_rows.clear();
        return written;
    }

    Output& m_output;
    bool m_digests;
    Sha256 m_sum; ///< of the rows, when a summary is wanted
    std::string m_rows;
    std::string m_findings;
};

Result<ScanRequest> scanRequestOf(const CommandLine& line)
{
    const auto schema = schemaOf(line);
    if (!schema) {
        return schema.error();
    }
    auto filter = filterOf(line, **schema);
    if (!filter) {
        return filter.error();
    }
    if (line.maxRows) {
        // Only when asked for: a default that cuts a shard short would lose rows in silence.
        const auto rows = parseCount(*line.maxRows, "--max-rows");
        if (!rows) {
            return rows.error();
        }
        filter->maxRows = *rows;
    }
    const auto threads = threadsOf(line);
    if (!threads) {
        return threads.error();
    }
    ScanRequest request;
    if (line.labelsDir) { // a stream has no folder beside it, so only when asked for
        auto labels = LabelFiles::list(*line.labelsDir);
        if (!labels) {
            return labels.error();
        }
        request.labels = std::move(*labels);
    }
    request.schema = *schema;
    request.stream = STDIN_FILENO;
    request.filter = *filter;
    request.threads = *threads;
    return request;
}

} // namespace

int guardCommand(const CommandLine& line, Output& output, std::stop_token stop)
{
    const auto request = scanRequestOf(line);
    if (!request) {
        return fail(output, request.error());
    }
    if (line.summary && output.json()) {
        return fail(output,
            {ErrorCode::Usage, "--summary: not together with --json, which prints no rows", "--summary"});
    }
    const auto started = std::chrono::steady_clock::now();
    StreamSink sink(output, line.summary.has_value());
    const auto summary = scan(*request, sink, std::move(stop), {});
    if (!summary) {
        return fail(output, summary.error());
    }
    if (line.summary) {
        // All rows and findings are out: whoever finds the summary finds a shard that ended well.
        GuardSummary sheet = GuardSummary::of(*summary, *request->schema, request->filter);
        sheet.rowsSha256 = sink.digest();
        if (const auto written = writeFileAtomically(*line.summary, toJson(sheet)); !written) {
            return fail(output, written.error());
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    const int status = summary->rejected > 0 ? ExitRowsRejected : ExitDone;
    return finish(output,
        output.json() ? documentText(guardDocument(*summary, *request->schema, took.count())) : std::string(),
        status);
}

} // namespace workbench
