// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobs_panel.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/jobs/job_words.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/jobs_splitter.h"
#include "ui/jobs/jobs_table.h"
#include "ui/jobs/running_job_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/state_page.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

namespace {

constexpr int RefreshMs = 200;
constexpr int LateMs = 3000;
constexpr int LookMs = 1000; ///< as often as a running job writes its record
constexpr int LooksPerRecovery = 5;

} // namespace

JobsPanel::JobsPanel(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_card(new RunningJobCard(this))
    , m_cardPlace(new QWidget(this))
    , m_message(new MessageBar(this))
    , m_stack(new QStackedWidget(this))
    , m_page(new StatePage(this))
    , m_model(new JobsModel(this))
    , m_table(new JobsTable(*m_model, this))
    , m_details(new JobDetails(this))
    , m_splitter(new JobsSplitter(*m_table, *m_details, this))
    , m_cancel(new QAction(tr("&Cancel export"), this))
    , m_open(new QAction(tr("&Open folder"), this))
    , m_copy(new QAction(tr("Copy &path"), this))
    , m_verify(new QAction(tr("&Verify"), this))
    , m_publish(new QAction(tr("Publish this &bundle…"), this))
{
    setObjectName(QStringLiteral("jobsPanel"));
    buildActions();
    connect(m_table, &JobsTable::chosen, this, &JobsPanel::showChosen);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_page);
    auto* cardMargins = new QVBoxLayout(m_cardPlace);
    cardMargins->setContentsMargins(16, 12, 16, 12);
    cardMargins->addWidget(m_card);
    m_cardPlace->hide();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_cardPlace);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(RefreshMs);
    connect(&m_refresh, &QTimer::timeout, this, &JobsPanel::listJobs);
    m_look.setInterval(LookMs);
    connect(&m_look, &QTimer::timeout, this, &JobsPanel::lookAgain);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_refresh, qOverload<>(&QTimer::start));
    connectRunner();
    showEmptyOrTable();
    m_listing = true;
    m_state.jobs().recoverAndListJobs(m_state.outDir());
}

void JobsPanel::buildActions()
{
    m_cancel->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period));
    m_cancel->setEnabled(false);
    connect(m_cancel, &QAction::triggered, m_card->cancelButton(), &QPushButton::click);
    connect(m_card->cancelButton(), &QPushButton::clicked, this, [this] {
        m_card->showCancelling();
        m_state.jobs().cancel();
    });
    connect(m_open, &QAction::triggered, m_details->openButton(), &QPushButton::click);
    connect(m_copy, &QAction::triggered, m_details->copyButton(), &QPushButton::click);
    connect(m_verify, &QAction::triggered, m_details->verifyButton(), &QPushButton::click);
    connect(m_details, &JobDetails::openRequested, this, [](const QString& folder) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(folder).absoluteFilePath()));
    });
    connect(m_details, &JobDetails::reportRequested, this, [](const QString& path) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()));
    });
    connect(m_details, &JobDetails::copyRequested, this, [this](const QString& folder) {
        QGuiApplication::clipboard()->setText(QFileInfo(folder).absoluteFilePath());
        m_state.say(tr("Path copied"));
    });
    connect(m_details, &JobDetails::verifyRequested, this, &JobsPanel::verify);
    connect(m_publish, &QAction::triggered, m_details->publishButton(), &QPushButton::click);
    connect(m_details, &JobDetails::publishRequested, &m_state, &WorkbenchState::publishRequested);
    connect(m_details, &JobDetails::hubPageRequested, this,
        [](const QString& url) { QDesktopServices::openUrl(QUrl(url)); });
    // The record now holds the receipt.
    connect(&m_state.publisher(), &PublishRunner::published, this, &JobsPanel::listJobs);
}

void JobsPanel::connectRunner()
{
    JobRunner& jobs = m_state.jobs();
    connect(&m_state, &WorkbenchState::outDirChanged, this, &JobsPanel::listJobs);
    connect(&jobs, &JobRunner::started, this, &JobsPanel::takeStarted);
    connect(&jobs, &JobRunner::progressed, this, &JobsPanel::takeProgress);
    connect(&jobs, &JobRunner::finished, this, &JobsPanel::takeFinished);
    connect(&jobs, &JobRunner::jobsListed, this, &JobsPanel::takeJobs);
    connect(&jobs, &JobRunner::jobsFailed, this, [this](const Error& error) {
        m_listing = false;
        m_listed = true;
        m_message->setMessage(MessageTone::Bad, tr("The history cannot be read."), toQt(error.message));
        showEmptyOrTable();
    });
    connect(
        &jobs, &JobRunner::bundleInfoLoaded, this, [this](const QString& bundleDir, const DatasetInfo& info) {
            m_infos[bundleDir] = info;
            if (m_details->job() && toQt(m_details->job()->bundleDir) == bundleDir) {
                m_details->setInfo(info, QString());
            }
        });
    connect(&jobs, &JobRunner::bundleInfoFailed, this, [this](const QString& bundleDir, const Error& error) {
        m_infos.erase(bundleDir);
        if (m_details->job() && toQt(m_details->job()->bundleDir) == bundleDir) {
            m_details->setInfo(std::nullopt, tr("The bundle cannot be read: %1").arg(toQt(error.message)));
        }
    });
    connect(&jobs, &JobRunner::verifyProgressed, this,
        [this](const QString& bundleDir, const VerifyProgress& progress) {
            BundleCheck& check = m_checks[bundleDir];
            check.stage = BundleCheck::Stage::Running;
            check.done = progress.bytesTotal == 0
                ? 0
                : static_cast<double>(progress.bytesDone) / static_cast<double>(progress.bytesTotal);
            showCheck(bundleDir);
        });
    connect(&jobs, &JobRunner::verified, this,
        [this](const QString& bundleDir, const Verification& verification) {
            BundleCheck& check = m_checks[bundleDir];
            check.stage = BundleCheck::Stage::Done;
            check.verification = verification;
            check.at = QDateTime::currentDateTime();
            showCheck(bundleDir);
            m_state.say(verification.passed() ? tr("Verified: every file is what the bundle says")
                                              : tr("Verified: the bundle is not what it says"));
        });
    connect(&jobs, &JobRunner::verifyFailed, this, [this](const QString& bundleDir, const Error& error) {
        BundleCheck& check = m_checks[bundleDir];
        check.stage
            = error.code == ErrorCode::Cancelled ? BundleCheck::Stage::None : BundleCheck::Stage::Failed;
        check.error = toQt(error.message);
        showCheck(bundleDir);
    });
}

void JobsPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_listed && m_watcher.directories().isEmpty()) {
        listJobs();
    }
}

void JobsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_splitter->fit(width());
}

bool JobsPanel::idle() const
{
    const bool verifying = std::any_of(m_checks.begin(), m_checks.end(),
        [](const auto& check) { return check.second.stage == BundleCheck::Stage::Running; });
    const QString chosen = m_details->job() ? toQt(m_details->job()->bundleDir) : QString();
    const bool reading
        = !chosen.isEmpty() && m_infos.count(chosen) == 0 && m_details->openButton()->isEnabled();
    return m_listed && !m_listing && m_running.isEmpty() && !verifying && !reading;
}

int JobsPanel::running() const { return m_model->runningElsewhere() + (m_running.isEmpty() ? 0 : 1); }

int JobsPanel::waiting() const { return m_model->waiting(); }

QList<QAction*> JobsPanel::actions() const { return {m_cancel, m_open, m_copy, m_verify, m_publish}; }

Panes JobsPanel::panes() const { return {m_table, m_details}; }

void JobsPanel::listJobs()
{
    m_listing = true;
    m_state.jobs().listJobs(m_state.outDir());
}

/// A program may be killed in the middle: then its record says "running" until somebody closes it.
void JobsPanel::lookAgain()
{
    if (m_listing || !isVisible()) {
        return;
    }
    if (++m_looks % LooksPerRecovery != 0) {
        listJobs();
        return;
    }
    m_listing = true;
    m_state.jobs().recoverAndListJobs(m_state.outDir());
}

void JobsPanel::takeJobs(const JobList& jobs)
{
    m_listing = false;
    m_listed = true;
    const QString folder = toQt(jobsFolder(fromQt(m_state.outDir())));
    if (!m_watcher.directories().contains(folder)) {
        if (!m_watcher.directories().isEmpty()) {
            m_watcher.removePaths(m_watcher.directories());
        }
        if (!m_watcher.addPath(folder) && isVisible()) { // no job ever ran: the folder may still come to be
            QTimer::singleShot(LateMs, this, [this] {
                if (isVisible() && !m_listing) {
                    listJobs();
                }
            });
        }
    }
    const QString chosen = m_wanted.isEmpty() ? m_table->chosenJobId() : m_wanted;
    std::vector<JobRecord> found = jobs.jobs;
    for (JobRecord& job :
        found) { // another program wrote down where it was, seen from its own working folder
        if (!job.bundleDir.empty() && job.bundleDir.front() != '/') {
            job.bundleDir = fromQt(m_state.outDir()) + '/' + job.jobId;
        }
    }
    m_choosing = true;
    m_model->setJobs(std::move(found), QDateTime::currentDateTime());
    m_choosing = false;
    if (jobs.unreadable.empty()) {
        m_message->clear();
    } else {
        m_message->setMessage(MessageTone::Warning,
            jobs.unreadable.size() == 1
                ? tr("1 job record cannot be read.")
                : tr("%1 job records cannot be read.").arg(countText(jobs.unreadable.size())),
            toQt(jobs.unreadable.front()));
    }
    // Once a second while a job runs elsewhere: what is shown already is left alone.
    if (chosen.isEmpty() || !isShown(chosen)) {
        choose(chosen);
    } else {
        showChosenProgress();
    }
    showEmptyOrTable();
    const bool underWay = m_model->runningElsewhere() > 0 || m_model->waiting() > 0;
    if (underWay && !m_look.isActive()) {
        m_look.start();
    } else if (!underWay) {
        m_look.stop();
    }
    if (m_toldRunning != running() || m_toldWaiting != waiting()) {
        m_toldRunning = running();
        m_toldWaiting = waiting();
        Q_EMIT underWayChanged();
    }
}

void JobsPanel::takeStarted(const QString& jobId)
{
    RunningJob running;
    running.record.jobId = fromQt(jobId);
    running.record.status = JobStatus::Running;
    running.record.startedAt = fromQt(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    running.record.filters = m_state.filter();
    running.record.schemaName = m_state.schema()->name();
    running.record.schemaHash = m_state.schema()->hash();
    m_running = jobId;
    m_choosing = true;
    m_model->setRunning(running);
    m_choosing = false;
    m_card->begin(m_state.selection() ? m_state.selection()->ledger : Ledger {});
    m_cardPlace->show();
    m_cancel->setEnabled(true);
    m_message->clear();
    choose(jobId);
    showEmptyOrTable();
}

void JobsPanel::takeProgress(const ScanProgress& progress)
{
    m_card->showProgress(progress);
    m_model->setDone(m_card->done());
}

void JobsPanel::takeFinished(const ExportResult& result)
{
    m_wanted = m_running;
    m_running.clear();
    m_cardPlace->hide();
    m_cancel->setEnabled(false);
    m_choosing = true;
    m_model->setRunning(std::nullopt);
    m_choosing = false;
    m_state.say(exportEndWords(result));
    listJobs();
}

void JobsPanel::choose(const QString& jobId)
{
    const int row = jobId.isEmpty() ? -1 : m_model->rowOf(jobId);
    if (row >= 0 && jobId == m_wanted) {
        m_wanted.clear();
    }
    m_choosing = true;
    m_table->choose(row); // none: the newest
    m_choosing = false;
    showChosen();
}

void JobsPanel::showChosen()
{
    if (m_choosing) {
        return;
    }
    const QString id = m_table->chosenJobId();
    const int row = m_model->rowOf(id);
    const bool hasBundle = row >= 0 && !m_model->job(row).bundleDir.empty();
    for (QAction* action : {m_open, m_copy, m_verify, m_publish}) {
        action->setEnabled(hasBundle);
    }
    if (row < 0) {
        m_details->clear();
        return;
    }
    const JobRecord& job = m_model->job(row);
    m_details->setJob(job, toQt(rejectionsPath(fromQt(m_state.outDir()), job.jobId)));
    showChosenProgress();
    if (!hasBundle) {
        return;
    }
    const QString bundleDir = toQt(job.bundleDir);
    if (const auto info = m_infos.find(bundleDir); info != m_infos.end()) {
        m_details->setInfo(info->second, QString());
    } else {
        m_state.jobs().loadBundleInfo(bundleDir);
    }
    showCheck(bundleDir);
}

bool JobsPanel::isShown(const QString& jobId) const
{
    const int row = m_model->rowOf(jobId);
    return row >= 0 && m_table->chosenJobId() == jobId && m_details->job()
        && toJson(*m_details->job()) == toJson(m_model->job(row));
}

void JobsPanel::showChosenProgress()
{
    const int row = m_model->rowOf(m_table->chosenJobId());
    if (row < 0) {
        return;
    }
    const JobRecord& job = m_model->job(row);
    if (const std::size_t place = m_model->queuePlace(job); place > 0) {
        m_details->setProgress(queuePlaceWords(place), std::nullopt);
    } else if (job.status == JobStatus::Running && m_table->chosenJobId() != m_running) {
        QStringList words {jobProgressWords(job)};
        if (job.rows.read > 0) {
            words.append(
                tr("%1 read, %2 rejected").arg(countText(job.rows.read), countText(job.rows.rejected)));
        }
        m_details->setProgress(words.join(QStringLiteral(" · ")), job.done);
    } else {
        m_details->setProgress(QString(), std::nullopt); // this window's own job has its card
    }
}

void JobsPanel::showCheck(const QString& bundleDir)
{
    if (m_details->job() && toQt(m_details->job()->bundleDir) == bundleDir) {
        const auto check = m_checks.find(bundleDir);
        m_details->setCheck(check == m_checks.end() ? BundleCheck {} : check->second);
    }
}

void JobsPanel::verify(const QString& bundleDir)
{
    m_checks[bundleDir] = {};
    m_checks[bundleDir].stage = BundleCheck::Stage::Running;
    showCheck(bundleDir);
    m_state.jobs().verify(bundleDir);
}

void JobsPanel::showEmptyOrTable()
{
    if (m_model->rowCount() > 0) {
        m_stack->setCurrentWidget(m_splitter);
        return;
    }
    if (m_listed) {
        m_page->setMessage(QStringLiteral("export"), &ThemeColors::text2, tr("Nothing was exported yet"),
            tr("What an export writes to %1, and how it went, is listed here. Exports of signals-export are, "
               "too.")
                .arg(m_state.outDir()));
    } else {
        m_page->setMessage(
            QStringLiteral("clock"), &ThemeColors::text2, tr("Reading the history"), QString());
    }
    m_page->setButtons(QString());
    m_stack->setCurrentWidget(m_page);
}

} // namespace workbench
