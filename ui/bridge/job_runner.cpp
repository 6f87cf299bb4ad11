// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/job_runner.h"

#include "core/base/file.h"
#include "core/base/uuid.h"
#include "core/review/rejection_report.h"
#include "ui/bridge/lane.h"
#include "ui/bridge/qt_text.h"

namespace workbench {

struct JobRunner::State {
    explicit State(JobRunner* runner) : receiver(runner), exporting(runner, ThreadRank::Background)
    {
        verifying.setMaxThreadCount(1);
        reading.setMaxThreadCount(1);
    }

    ~State() { stop.request_stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// To the GUI thread, in the order of the calls.
    template <class Function> void post(Function function) const
    {
        QMetaObject::invokeMethod(receiver, std::move(function), Qt::QueuedConnection);
    }

    JobRunner* receiver;
    bool running = false;
    ExportRequest request;
    Lane exporting;
    std::stop_source stop; ///< of verifications, when the window closes
    QThreadPool verifying;
    QThreadPool reading; ///< what takes milliseconds, one after the other
};

JobRunner::JobRunner(QObject* parent) : QObject(parent), m_state(std::make_unique<State>(this)) {}

JobRunner::~JobRunner()
{
    m_state->exporting.cancel();
    m_state->stop.request_stop();
}

bool JobRunner::running() const { return m_state->running; }

const ExportRequest& JobRunner::request() const { return m_state->request; }

void JobRunner::start(ExportRequest request)
{
    if (m_state->running) {
        return;
    }
    m_state->running = true;
    if (request.jobId.empty()) {
        request.jobId = makeUuid();
    }
    if (!request.clock) {
        request.clock = systemClock();
    }
    const QString jobId = toQt(request.jobId);
    m_state->request = request;
    m_state->exporting.start(
        [this, request = std::move(request)](const std::stop_token& stop, const Lane::Report& report) {
            Throttle throttle;
            auto result = runExport(request, stop, [&](const ScanProgress& progress) {
                if (throttle.due()) {
                    report([this, progress] { Q_EMIT progressed(progress); });
                }
            });
            report([this, result = std::move(result)] {
                m_state->running = false;
                Q_EMIT finished(result);
            });
        });
    Q_EMIT started(jobId);
}

void JobRunner::cancel() { m_state->exporting.cancel(); }

void JobRunner::verify(const QString& bundleDir)
{
    m_state->verifying.start([this, state = m_state.get(), bundleDir, stop = m_state->stop.get_token()] {
        Throttle throttle;
        const auto progressOf = [&](const VerifyProgress& progress) {
            if (throttle.due()) {
                state->post([this, bundleDir, progress] { Q_EMIT verifyProgressed(bundleDir, progress); });
            }
        };
        const auto verification
            = verifyBundle(fromQt(bundleDir), nullptr, defaultThreads(), stop, progressOf);
        state->post([this, bundleDir, verification] {
            if (verification) {
                Q_EMIT verified(bundleDir, *verification);
            } else {
                Q_EMIT verifyFailed(bundleDir, verification.error());
            }
        });
    });
}

void JobRunner::listJobs(const QString& outDir)
{
    m_state->reading.start([this, state = m_state.get(), outDir] {
        const auto jobs = workbench::listJobs(fromQt(outDir));
        state->post([this, jobs] {
            if (jobs) {
                Q_EMIT jobsListed(*jobs);
            } else {
                Q_EMIT jobsFailed(jobs.error());
            }
        });
    });
}

void JobRunner::recoverAndListJobs(const QString& outDir)
{
    m_state->reading.start([this, state = m_state.get(), outDir] {
        const auto cleared = clearLeftovers(fromQt(outDir), systemClock());
        if (!cleared) {
            state->post([this, error = cleared.error()] { Q_EMIT jobsFailed(error); });
        }
    });
    listJobs(outDir);
}

void JobRunner::loadBundleInfo(const QString& bundleDir)
{
    m_state->reading.start([this, state = m_state.get(), bundleDir] {
        const std::string path = fromQt(bundleDir) + "/dataset_info.json";
        const auto text = readFile(path);
        const auto info = text ? parseDatasetInfo(*text, path) : Result<DatasetInfo>(text.error());
        state->post([this, bundleDir, info] {
            if (info) {
                Q_EMIT bundleInfoLoaded(bundleDir, *info);
            } else {
                Q_EMIT bundleInfoFailed(bundleDir, info.error());
            }
        });
    });
}

void JobRunner::loadSchemaReference(const QString& reference)
{
    m_state->reading.start([this, state = m_state.get(), reference] {
        const auto schema = workbench::loadSchemaReference(fromQt(reference));
        state->post([this, reference, schema] {
            if (schema) {
                Q_EMIT schemaReferenceLoaded(reference, *schema);
            } else {
                Q_EMIT schemaReferenceFailed(reference, schema.error());
            }
        });
    });
}

void JobRunner::saveRejectionReport(SelectionPtr selection, const QString& path, bool csv)
{
    m_state->reading.start([this, state = m_state.get(), selection = std::move(selection), path, csv] {
        const auto saved = workbench::saveRejectionReport(
            *selection, fromQt(path), csv ? ReportFormat::Csv : ReportFormat::JsonLines);
        state->post([this, path, saved] {
            if (saved) {
                Q_EMIT reportSaved(path);
            } else {
                Q_EMIT reportFailed(path, saved.error());
            }
        });
    });
}

void JobRunner::checkWritable(const QString& folder)
{
    m_state->reading.start([this, state = m_state.get(), folder] {
        const auto writable = checkFolderWritable(fromQt(folder));
        FolderCheck check {folder, std::nullopt};
        if (!writable) {
            check.refusal = writable.error();
        } else if (const auto free = freeSpace(fromQt(folder))) {
            check.room = *free;
        }
        state->post([this, check] { Q_EMIT writableChecked(check); });
    });
}

} // namespace workbench
