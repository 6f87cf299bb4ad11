// SPDX-License-Identifier: GPL-3.0-or-later
/// Runs exports, verifications and the reading of job records off the GUI thread.
#pragma once

#include "core/bundle/bundle_verifier.h"
#include "core/job/export_job.h"
#include "core/review/selection.h"
#include "core/schema/schema_reference.h"
#include "ui/bridge/folder_check.h"

#include <QObject>
#include <QString>

#include <memory>

namespace workbench {

/// GUI thread only. One export at a time.
class JobRunner final : public QObject {
    Q_OBJECT

public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override; ///< cancels and waits

    [[nodiscard]] bool running() const;
    /// What the export that runs, or ran last, was asked to do.
    [[nodiscard]] const ExportRequest& request() const;
    void start(ExportRequest request); ///< does nothing while another runs
    void cancel(); ///< takes effect within 200 ms; finished() follows with Cancelled
    void verify(const QString& bundleDir);
    void listJobs(const QString& outDir);
    /// Removes what killed runs left (clearLeftovers), then lists, whatever came of the first.
    void recoverAndListJobs(const QString& outDir);
    void loadBundleInfo(const QString& bundleDir);
    void loadSchemaReference(const QString& reference); ///< schema file, bundle, dataset_info.json
    void saveRejectionReport(SelectionPtr selection, const QString& path, bool csv);
    /// Whether a folder can be made and written to, asked for before the question is shown.
    void checkWritable(const QString& folder);

Q_SIGNALS:
    void started(const QString& jobId);
    void progressed(const workbench::ScanProgress& progress); ///< at most 20 a second
    void finished(const workbench::ExportResult& result);
    void verifyProgressed(const QString& bundleDir, const workbench::VerifyProgress& progress);
    void verified(const QString& bundleDir, const workbench::Verification& verification);
    void verifyFailed(const QString& bundleDir, const workbench::Error& error);
    void jobsListed(const workbench::JobList& jobs);
    void jobsFailed(const workbench::Error& error);
    void bundleInfoLoaded(const QString& bundleDir, const workbench::DatasetInfo& info);
    void bundleInfoFailed(const QString& bundleDir, const workbench::Error& error);
    void schemaReferenceLoaded(const QString& reference, const workbench::SchemaReference& schema);
    void schemaReferenceFailed(const QString& reference, const workbench::Error& error);
    void reportSaved(const QString& path);
    void reportFailed(const QString& path, const workbench::Error& error);
    void writableChecked(const workbench::FolderCheck& check);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace workbench
