// SPDX-License-Identifier: Apache-2.0
#include "core/job/scan.h"

#include "core/job/block_turns.h"

#include <array>
#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

namespace workbench {

namespace {

/// Hands results to the sink and keeps the account.
class Delivery {
public:
    Delivery(
        const ScanRequest& request, const PiiGuard& guard, ScanSink& sink, std::atomic<bool>& limitReached)
        : m_request(request)
        , m_columns(guard.columns().size())
        , m_sink(sink)
        , m_limitReached(limitReached)
    {
        m_summary.bySource.resize(request.schema->sources().size());
        m_summary.byIndustry.resize(request.schema->industries().size());
        m_labelled.resize(request.labels ? request.labels->size() : 0);
        noteLimit();
    }

    Result<void> deliver(const LineBlock& block, const BlockResult& result)
    {
        if (result.error) {
            return *result.error;
        }
        if (block.startsFile()) {
            m_linesBefore = 0;
        }
        for (const std::uint32_t file : result.labelFiles) {
            m_labelled[file] = true;
        }
        m_summary.read += result.read;
        m_summary.overLimit += result.passedUncounted;
        std::size_t acceptedPlace = 0;
        for (std::size_t i = 0; i < result.matched.size(); ++i) {
            const BlockResult::Line& line = result.matched[i];
            if (m_limitReached.load(std::memory_order_relaxed)) {
                ++m_summary.overLimit; // worked on before the limit was known to be reached
                continue;
            }
            ++m_summary.matched;
            auto handed = hand(block, result, i, line, acceptedPlace);
            if (!handed) {
                return handed;
            }
            acceptedPlace += line.accepted ? 1 : 0;
            noteLimit();
        }
        m_linesBefore += result.lines;
        return m_sink.endOfBlock();
    }

    /// Once all is delivered: only then is it known which labels found no example.
    void countLabels()
    {
        if (!m_request.labels) {
            return;
        }
        LabelSummary& labels = m_summary.labels;
        labels.inUse = true;
        labels.files = m_labelled.size();
        labels.refusedNames = m_request.labels->refusedNames();
        for (std::size_t file = 0; file < m_labelled.size(); ++file) {
            if (m_labelled[file]) {
                continue;
            }
            ++labels.withoutExample;
            if (labels.namesWithoutExample.size() < LabelSummary::ShownNames) {
                labels.namesWithoutExample.push_back(m_request.labels->shownName(file));
            }
        }
    }

    [[nodiscard]] ScanSummary& summary() { return m_summary; }

private:
    Result<void> hand(const LineBlock& block, const BlockResult& result, std::size_t place,
        const BlockResult::Line& line, std::size_t acceptedPlace)
    {
        const SourceLine at {block.file(), m_linesBefore + line.number + 1, line.offset, line.length};
        LineFacts facts = line.facts;
        if (m_request.collectValues) {
            facts.values = std::span(result.values).subspan(place * m_columns, m_columns);
            facts.pressureKeys
                = std::string_view(result.pressureKeys).substr(line.pressureBegin, line.pressureLength);
        }
        if (line.accepted) {
            const GuardedRow row = result.accepted[acceptedPlace];
            ++m_summary.accepted;
            ++m_summary.bySource[row.source()];
            ++m_summary.byIndustry[row.industry()];
            for (std::size_t reason = 0; reason < WithheldReasonCount; ++reason) {
                m_summary.withheld[reason] += row.withheld()[reason];
            }
            return m_sink.accept(row, at, facts);
        }
        ++m_summary.rejected;
        const auto findings = std::span(result.findings).subspan(line.firstFinding, line.findings);
        std::array<bool, RuleCount> broken {};
        for (const Finding& finding : findings) {
            broken[static_cast<std::size_t>(finding.rule)] = true;
        }
        for (std::size_t rule = 0; rule < RuleCount; ++rule) {
            m_summary.rejectionsByRule[rule] += broken[rule] ? 1 : 0;
        }
        return m_sink.reject(findings, at, facts);
    }

    void noteLimit()
    {
        if (m_request.filter.maxRows && m_summary.matched >= *m_request.filter.maxRows) {
            m_limitReached.store(true, std::memory_order_relaxed);
        }
    }

    const ScanRequest& m_request;
    std::size_t m_columns;
    ScanSink& m_sink;
    std::atomic<bool>& m_limitReached;
    ScanSummary m_summary;
    std::uint64_t m_linesBefore = 0; ///< of the present file, in blocks already delivered
    std::vector<bool> m_labelled; ///< which label files have an example
};

class Scan {
public:
    Scan(const ScanRequest& request, ScanSink& sink, std::stop_token stop, const ProgressFn& progress)
        : m_request(request)
        , m_guard(request.schema)
        , m_stop(std::move(stop))
        , m_progress(progress)
        , m_sink(sink)
        , m_delivery(request, m_guard, sink, m_limitReached)
        // Labels look for their examples among all there are.
        , m_reader(request.files, request.stream, request.labels ? nullptr : &request.filter)
    {
        for (const ExampleFile& file : request.files) {
            m_report.bytesTotal += file.bytes;
        }
        m_report.files = request.files.size();
    }

    Result<ScanSummary> run()
    {
        const auto done = BlockTurns(
            m_request, m_guard, m_reader, m_sink, m_limitReached, [this](const WorkedBlock& worked) {
                return deliver(worked);
            }).run(m_stop);
        if (!done) {
            return done.error();
        }
        if (m_stop.stop_requested()) {
            return cancelledError();
        }
        m_delivery.summary().bytes = m_reader.bytesRead();
        m_delivery.countLabels();
        report(m_reader.bytesRead(), m_reader.linesLeftOut());
        m_delivery.summary().read += m_reader.linesLeftOut();
        return m_delivery.summary();
    }

private:
    Result<void> deliver(const WorkedBlock& worked)
    {
        if (m_stop.stop_requested()) {
            return cancelledError();
        }
        if (auto delivered = m_delivery.deliver(worked.block, worked.result); !delivered) {
            return delivered;
        }
        m_report.file = worked.block.file();
        report(worked.bytesRead, worked.linesLeftOut);
        return {};
    }

    void report(std::uint64_t bytesRead, std::uint64_t linesLeftOut)
    {
        if (!m_progress) {
            return;
        }
        const ScanSummary& summary = m_delivery.summary();
        m_report.bytesRead = bytesRead;
        m_report.read = summary.read + linesLeftOut;
        m_report.matched = summary.matched;
        m_report.accepted = summary.accepted;
        m_report.rejected = summary.rejected;
        m_progress(m_report);
    }

    const ScanRequest& m_request;
    PiiGuard m_guard;
    std::stop_token m_stop;
    const ProgressFn& m_progress;
    ScanSink& m_sink;
    std::atomic<bool> m_limitReached = false;
    Delivery m_delivery;
    LineReader m_reader;
    ScanProgress m_report;
};

} // namespace

Result<ScanSummary> scan(
    const ScanRequest& request, ScanSink& sink, std::stop_token stop, const ProgressFn& progress)
{
    return Scan(request, sink, std::move(stop), progress).run();
}

unsigned defaultThreads()
{
    const unsigned cores = std::thread::hardware_concurrency();
    return cores == 0 ? 1 : cores;
}

} // namespace workbench
