// SPDX-License-Identifier: GPL-3.0-or-later
/// What is known of one job: what it wrote and where, what was rejected, and whether the files are still
/// intact.
#pragma once

#include "core/bundle/bundle_verifier.h"
#include "core/job/job_record.h"

#include <QDateTime>
#include <QWidget>

#include <array>
#include <optional>

class QBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace workbench {

class BundleFilesModel;
class ElidedLabel;
class LedgerWidget;
class ToneLabel;

/// The present state of a bundle's verification.
struct BundleCheck {
    enum class Stage { None, Running, Done, Failed };
    Stage stage = Stage::None;
    double done = 0; ///< Running
    Verification verification; ///< Done
    QDateTime at; ///< Done
    QString error; ///< Failed
};

class JobDetails final : public QWidget {
    Q_OBJECT

public:
    explicit JobDetails(QWidget* parent = nullptr);

    void clear(); ///< no job is chosen
    void setJob(const JobRecord& job, const QString& reportPath);
    /// How far it is, or its place in the queue; hidden when empty. `done` from 0 to 1 shows a bar.
    void setProgress(const QString& text, std::optional<double> done);
    /// Null until it was read, or when the bundle is gone.
    void setInfo(const std::optional<DatasetInfo>& info, const QString& problem);
    void setCheck(const BundleCheck& check);
    [[nodiscard]] const std::optional<JobRecord>& job() const { return m_job; }

    [[nodiscard]] QPushButton* openButton() const { return m_open; }
    [[nodiscard]] QPushButton* copyButton() const { return m_copy; }
    [[nodiscard]] QPushButton* verifyButton() const { return m_verify; }
    [[nodiscard]] QPushButton* publishButton() const { return m_publish; }
    [[nodiscard]] QPushButton* hubButton() const { return m_hub; }
    [[nodiscard]] BundleFilesModel* files() const { return m_files; }
    [[nodiscard]] QSize
    minimumSizeHint() const override; ///< the same for every job: nothing moves when chosen
    [[nodiscard]] QString asText() const; ///< title, chip and lines, for people who hear it and for tests

Q_SIGNALS:
    void openRequested(const QString& folder);
    void copyRequested(const QString& folder);
    void verifyRequested(const QString& folder);
    void reportRequested(const QString& path);
    void publishRequested(const QString& folder);
    void hubPageRequested(const QString& url);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Line { Job, Progress, Folder, SchemaLine, Rejected, Withheld, Size, Published, Lines };

    void buildFacts();
    void buildButtons();
    void buildFiles();
    void showFacts();
    void showLedger();
    void showProblem();
    [[nodiscard]] QString publishedText() const; ///< what the receipt says; empty without one
    void setFact(Line line, const QString& text);

    std::optional<JobRecord> m_job;
    std::optional<DatasetInfo> m_info;
    BundleCheck m_check;
    QString m_infoProblem;
    QString m_reportPath;
    ToneLabel* m_title;
    QLabel* m_chip;
    ToneLabel* m_problem;
    QProgressBar* m_bar;
    QWidget* m_facts;
    LedgerWidget* m_ledger;
    QBoxLayout* m_account = nullptr; ///< facts and ledger, beside each other where there is room
    std::array<QLabel*, Lines> m_names {};
    std::array<ElidedLabel*, Lines> m_values {};
    QPushButton* m_report;
    QPushButton* m_hub;
    QWidget* m_buttons;
    QPushButton* m_open;
    QPushButton* m_copy;
    QPushButton* m_verify;
    QPushButton* m_publish;
    QTableView* m_table;
    BundleFilesModel* m_files;
};

} // namespace workbench
