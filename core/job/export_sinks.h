// SPDX-License-Identifier: Apache-2.0
/// Where a scan's rows and rejections go: counted only, or into a bundle and a report.
#pragma once

#include "core/base/file.h"
#include "core/base/staged_folder.h"
#include "core/bundle/bundle_writer.h"
#include "core/bundle/split_plan.h"
#include "core/job/export_job.h"
#include "core/job/scan.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace workbench {

/// Counts splits and keeps the first rejections: all that a check needs.
class TallySink : public ScanSink {
public:
    TallySink(const Schema& schema, SplitStrategy strategy, const std::vector<ExampleFile>& files);

    Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) override;
    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts) override;

    [[nodiscard]] std::map<std::string, std::uint64_t> splits() const;
    void tell(const std::string& file, std::uint64_t line, std::span<const Finding> findings);
    [[nodiscard]] std::vector<RejectionReport> takeRejections() { return std::move(m_rejections); }

protected:
    [[nodiscard]] const std::string& fileName(const SourceLine& at) const { return m_files[at.file].name; }

private:
    SplitPlan m_plan;
    bool m_split;
    std::vector<std::uint64_t> m_splitRows;
    std::vector<RejectionReport> m_rejections;
    const std::vector<ExampleFile>& m_files;
};

/// `{job_id}.rejections.jsonl` while it grows. Made with the first line, seen when committed.
class RejectionLog {
public:
    explicit RejectionLog(std::string path);
    [[nodiscard]] Result<void> add(std::string_view file, std::uint64_t line, const Finding& finding);
    /// Nothing at all when there was no line.
    [[nodiscard]] Result<void> commit();
    [[nodiscard]] bool empty() const { return m_empty; }

private:
    [[nodiscard]] Result<void> writeBuffer();

    std::string m_path;
    std::string m_buffer;
    std::optional<StagedFile> m_file;
    bool m_empty = true;
};

/// A bundle that is being written under a hidden name. The folder goes last: it removes what was written.
struct StagedBundle {
    StagedFolder folder;
    BundleWriter writer;
};

/// Writes rows into the staged bundle and findings into the log. With Abort the first rejection drops the
/// bundle; the scan goes on, so that all findings are told.
class ExportSink final : public TallySink {
public:
    ExportSink(const ExportRequest& request, const std::vector<ExampleFile>& files, StagedBundle bundle,
        std::string rejectionsPath);

    Result<void> accept(const GuardedRow& row, const SourceLine& at, const LineFacts& facts) override;
    Result<void> reject(
        std::span<const Finding> findings, const SourceLine& at, const LineFacts& facts) override;

    bool help() override { return m_hashing->help(); }

    /// A finding of somebody else's guard.
    [[nodiscard]] Result<void> report(const std::string& file, std::uint64_t line, const Finding& finding);

    [[nodiscard]] std::optional<StagedBundle>& bundle() { return m_bundle; }
    [[nodiscard]] RejectionLog& log() { return m_log; }

private:
    std::optional<StagedBundle> m_bundle;
    std::shared_ptr<HashLane> m_hashing; ///< of the bundle; stays when that is dropped
    RejectionLog m_log;
    bool m_dropWhenRejected;
};

} // namespace workbench
