// SPDX-License-Identifier: GPL-3.0-or-later
/// The Jobs tab: the export that runs, the history, and what is known of the chosen job.
#pragma once

#include "core/job/export_job.h"
#include "ui/jobs/job_details.h"
#include "ui/widgets/panes.h"

#include <QFileSystemWatcher>
#include <QTimer>
#include <QWidget>

#include <map>

class QAction;
class QStackedWidget;

namespace workbench {

class JobsModel;
class JobsSplitter;
class JobsTable;
class MessageBar;
class RunningJobCard;
class StatePage;
class WorkbenchState;

class JobsPanel final : public QWidget {
    Q_OBJECT

public:
    JobsPanel(WorkbenchState& state, QWidget* parent);

    [[nodiscard]] bool idle() const; ///< the history was read and nothing runs
    [[nodiscard]] QList<QAction*> actions() const; ///< for the Jobs menu
    [[nodiscard]] Panes panes() const;
    [[nodiscard]] int running() const; ///< jobs, of whatever program
    [[nodiscard]] int waiting() const;

Q_SIGNALS:
    void underWayChanged(); ///< running() or waiting()

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildActions();
    void connectRunner();
    void listJobs();
    void takeJobs(const JobList& jobs);
    void takeStarted(const QString& jobId);
    void takeProgress(const ScanProgress& progress);
    void takeFinished(const ExportResult& result);
    void choose(const QString& jobId);
    void showChosen();
    void showChosenProgress();
    void lookAgain();
    [[nodiscard]] bool isShown(const QString& jobId) const; ///< the details show its present record
    void showCheck(const QString& bundleDir);
    void verify(const QString& bundleDir);
    void showEmptyOrTable();

    WorkbenchState& m_state;
    RunningJobCard* m_card;
    QWidget* m_cardPlace;
    MessageBar* m_message;
    QStackedWidget* m_stack;
    StatePage* m_page;
    JobsModel* m_model;
    JobsTable* m_table;
    JobDetails* m_details;
    JobsSplitter* m_splitter;
    QAction* m_cancel;
    QAction* m_open;
    QAction* m_copy;
    QAction* m_verify;
    QAction* m_publish;
    QFileSystemWatcher m_watcher;
    QTimer m_refresh; ///< many changes of the folder are one reading
    QTimer m_look; ///< while jobs of other programs run or wait: not every disk tells of changes
    int m_looks = 0;
    std::map<QString, DatasetInfo> m_infos; ///< by bundle folder
    std::map<QString, BundleCheck> m_checks;
    QString m_running; ///< id of this window's job
    QString m_wanted; ///< id of the job to choose as soon as it is listed
    bool m_choosing = false; ///< the table changes by us, not by the person
    bool m_listed = false;
    bool m_listing = false;
    int m_toldRunning = 0;
    int m_toldWaiting = 0;
};

} // namespace workbench
