// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_details.h"

#include "ui/bridge/qt_text.h"
#include "ui/jobs/bundle_files_model.h"
#include "ui/jobs/job_cell_delegate.h"
#include "ui/jobs/job_words.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/ledger_widget.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plain_table.h"
#include "ui/widgets/tone_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace workbench {

namespace {

constexpr int SideMargin = 16;
constexpr int LeastWidth = 380; ///< names of files, their figures, and enough of a hash to compare it
constexpr int LedgerWidth = 250; ///< its figures stay near their words
constexpr int RoomBeside = 640; ///< for the ledger beside the facts; there it takes no height of the files

} // namespace

JobDetails::JobDetails(QWidget* parent)
    : QWidget(parent)
    , m_title(new ToneLabel(TextSize::Strong, TextTone::Plain, this))
    , m_chip(new QLabel(this))
    , m_problem(new ToneLabel(TextSize::Caption, TextTone::Bad, this))
    , m_bar(new QProgressBar(this))
    , m_facts(new QWidget(this))
    , m_ledger(new LedgerWidget(LedgerPart::Whole, this))
    , m_report(makeLinkButton(tr("masked report"), m_facts))
    , m_hub(makeLinkButton(tr("open on the Hub"), m_facts))
    , m_buttons(new QWidget(this))
    , m_open(makeButton(tr("Open folder"), QStringLiteral("folder"), m_buttons))
    , m_copy(makeButton(tr("Copy path"), QStringLiteral("copy"), m_buttons))
    , m_verify(makeButton(tr("Verify"), QStringLiteral("verify"), m_buttons))
    , m_publish(makeButton(tr("Publish…"), QStringLiteral("publish"), m_buttons))
    , m_table(new QTableView(this))
    , m_files(new BundleFilesModel(this))
{
    setObjectName(QStringLiteral("jobDetails"));
    setAccessibleName(tr("Chosen job"));
    m_chip->setFont(Theme::captionFont());
    m_problem->setWordWrap(true);
    m_bar->setObjectName(QStringLiteral("otherJobProgressBar"));
    m_bar->setAccessibleName(tr("Progress of the chosen job"));
    m_bar->setRange(0, ProgressSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_ledger->setMinimumWidth(sized(LedgerWidth));
    buildFacts();
    buildButtons();
    buildFiles();

    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_chip);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(SideMargin, 12, SideMargin, 12);
    top->setSpacing(8);
    top->addLayout(head);
    top->addWidget(m_bar);
    top->addWidget(m_problem);
    m_account = new QBoxLayout(QBoxLayout::TopToBottom);
    m_account->setSpacing(12);
    m_account->addWidget(m_facts, 1);
    m_account->addWidget(m_ledger, 0, Qt::AlignTop | Qt::AlignLeft);
    top->addLayout(m_account);
    top->addSpacing(4);
    top->addWidget(m_buttons);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_table, 1);
    column->addStretch();
    clear();
}

void JobDetails::buildFacts()
{
    const std::array<QString, Lines> names {tr("Job"), tr("Progress"), tr("Folder"), tr("Schema"),
        tr("Rejected"), tr("Withheld"), tr("Size"), tr("Published")};
    auto* grid = new QGridLayout(m_facts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(3);
    for (std::size_t i = 0; i < Lines; ++i) {
        auto* name = new ToneLabel(TextSize::Caption, TextTone::Secondary, m_facts);
        name->setText(names[i]);
        m_names[i] = name;
        m_values[i] = new ElidedLabel(i == Job ? Qt::ElideRight : Qt::ElideMiddle, m_facts);
        m_values[i]->setFont(i == Job ? Theme::monoFont() : Theme::captionFont());
        const int row = static_cast<int>(i);
        grid->addWidget(name, row, 0);
        if (i != Rejected && i != Published) {
            grid->addWidget(m_values[i], row, 1);
        }
    }
    const auto withLink = [this, grid](Line line, QPushButton* link) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(m_values[line]);
        row->addWidget(link);
        row->addStretch();
        grid->addLayout(row, line, 1);
    };
    withLink(Rejected, m_report);
    withLink(Published, m_hub);
    m_hub->setObjectName(QStringLiteral("publishedLink"));
    m_hub->setAccessibleName(tr("Open the published revision on the Hub"));
    connect(m_hub, &QPushButton::clicked, this, [this] {
        if (m_job && m_job->push) {
            Q_EMIT hubPageRequested(toQt(m_job->push->url));
        }
    });
    m_report->setFont(Theme::captionFont());
    m_report->setToolTip(tr("Every rejected row with its rules and shapes, without a single value"));
    grid->setColumnStretch(1, 1);
    connect(m_report, &QPushButton::clicked, this, [this] { Q_EMIT reportRequested(m_reportPath); });
}

void JobDetails::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_account->setDirection(width() >= sized(RoomBeside) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void JobDetails::buildButtons()
{
    auto* row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_open);
    row->addWidget(m_copy);
    row->addWidget(m_verify);
    row->addStretch();
    row->addWidget(m_publish);
    const auto folder = [this] { return m_job ? toQt(m_job->bundleDir) : QString(); };
    connect(m_open, &QPushButton::clicked, this, [this, folder] { Q_EMIT openRequested(folder()); });
    connect(m_copy, &QPushButton::clicked, this, [this, folder] { Q_EMIT copyRequested(folder()); });
    connect(m_verify, &QPushButton::clicked, this, [this, folder] { Q_EMIT verifyRequested(folder()); });
    connect(m_publish, &QPushButton::clicked, this, [this, folder] { Q_EMIT publishRequested(folder()); });
    m_publish->setObjectName(QStringLiteral("publishBundleButton"));
    m_publish->setAccessibleName(tr("Publish this bundle"));
    m_publish->setToolTip(tr("Shows what publishing this bundle would do; nothing is sent before"));
    m_verify->setToolTip(tr("Reads every file of the bundle again: hashes, rows and counts"));
}

QSize JobDetails::minimumSizeHint() const
{
    const QSize needed = QWidget::minimumSizeHint();
    const int buttons = m_buttons->minimumSizeHint().width() + 2 * SideMargin;
    return {std::max({needed.width(), buttons, sized(LeastWidth)}), needed.height()};
}

void JobDetails::buildFiles()
{
    m_table->setObjectName(QStringLiteral("bundleFilesTable"));
    m_table->setAccessibleName(tr("Files of the bundle"));
    m_table->setModel(m_files);
    m_table->setItemDelegate(new BundleFileDelegate(m_table));
    makePlain(*m_table);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    makePlainHeader(*m_table);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_table->horizontalHeader()->setSectionResizeMode(BundleFilesModel::Sha256, QHeaderView::Stretch);
}

void JobDetails::clear()
{
    m_job.reset();
    m_info.reset();
    m_check = {};
    m_files->clear();
    m_title->setText(QString());
    for (QWidget* part :
        {static_cast<QWidget*>(m_chip), static_cast<QWidget*>(m_problem), static_cast<QWidget*>(m_bar),
            m_facts, static_cast<QWidget*>(m_ledger), m_buttons, static_cast<QWidget*>(m_table)}) {
        part->hide();
    }
}

void JobDetails::setJob(const JobRecord& job, const QString& reportPath)
{
    const bool same = m_job && m_job->jobId == job.jobId;
    m_job = job;
    m_reportPath = reportPath;
    if (!same) {
        m_info.reset();
        m_infoProblem.clear();
        m_check = {};
        m_files->clear();
    }
    showFacts();
    showLedger();
    showProblem();
    setCheck(m_check);
}

/// Of a job that read to the end; what broke off before has no account that adds up.
void JobDetails::showLedger()
{
    const JobRecord& job = *m_job;
    const bool over
        = job.status == JobStatus::Completed || (job.status == JobStatus::Failed && job.overLimit);
    const std::uint64_t left = job.rows.read - std::min(job.rows.read, job.rows.matched);
    const std::uint64_t overLimit = job.overLimit.value_or(0);
    m_ledger->setVisible(over && job.rows.read > 0 && job.rows.rejected <= job.rows.matched
        && job.rows.matched <= job.rows.read && overLimit <= left);
    const Ledger ledger {job.rows.read, left - std::min(left, overLimit), overLimit, job.rows.matched,
        job.rows.rejected, job.rows.matched - std::min(job.rows.matched, job.rows.rejected), false};
    if (job.overLimit || left == 0) {
        m_ledger->setLedger(ledger);
    } else {
        m_ledger->setJointLedger(ledger); // its record is older than the account
    }
}

void JobDetails::setProgress(const QString& text, std::optional<double> done)
{
    setFact(Progress, text);
    m_bar->setVisible(done.has_value());
    m_bar->setValue(static_cast<int>(std::lround(done.value_or(0) * ProgressSteps)));
}

void JobDetails::setInfo(const std::optional<DatasetInfo>& info, const QString& problem)
{
    m_info = info;
    m_infoProblem = problem;
    if (info && m_check.stage != BundleCheck::Stage::Done) {
        m_files->setInfo(*info);
    }
    showFacts();
    showProblem();
}

QString JobDetails::publishedText() const
{
    if (!m_job->push) {
        return {};
    }
    const PushReceipt& receipt = *m_job->push;
    if (receipt.pushed && receipt.error.empty()) {
        return tr("%1, revision %2").arg(toQt(receipt.repo), toQt(receipt.revision.substr(0, 8)));
    }
    if (!receipt.revision.empty()) {
        return tr("%1, revision %2, not read back. %3")
            .arg(toQt(receipt.repo), toQt(receipt.revision.substr(0, 8)), toQt(receipt.error));
    }
    return tr("not published. %1").arg(toQt(receipt.error));
}

void JobDetails::setFact(Line line, const QString& text)
{
    m_values[line]->setFullText(text);
    m_values[line]->setAccessibleName(tr("%1: %2", "fact, value").arg(m_names[line]->text(), text));
    m_names[line]->setVisible(!text.isEmpty());
    m_values[line]->setVisible(!text.isEmpty());
}

void JobDetails::showFacts()
{
    if (!m_job) {
        return;
    }
    const JobRecord& job = *m_job;
    m_title->setText(jobTitle(job));
    setFact(Job, toQt(job.jobId));
    setFact(Folder, toQt(job.bundleDir));
    QString schema = QStringLiteral("%1 %2").arg(toQt(job.schemaName), toQt(job.schemaHash)).trimmed();
    if (m_info && !m_info->features.empty()) {
        schema = tr("%1, %2 features").arg(schema, countText(m_info->features.size()));
    }
    setFact(SchemaLine, schema);
    const bool over = job.status == JobStatus::Completed || job.status == JobStatus::Failed;
    if (!over) {
        setFact(Rejected, QString());
    } else if (job.rows.rejected == 0) {
        setFact(Rejected, tr("none"));
    } else {
        setFact(
            Rejected, job.rows.rejected == 1 ? tr("1 row") : tr("%1 rows").arg(countText(job.rows.rejected)));
    }
    m_report->setVisible(over && job.rows.rejected > 0);
    const bool completed = job.status == JobStatus::Completed;
    setFact(Withheld, completed ? withheldWords(job, m_info ? &*m_info : nullptr) : QString());
    QString size;
    if (m_info) {
        std::uint64_t bytes = 0;
        for (const auto& [path, file] : m_info->files) {
            bytes += file.bytes;
        }
        size = m_info->files.size() == 1
            ? tr("1 file and dataset_info.json, %1").arg(sizeText(bytes))
            : tr("%1 files and dataset_info.json, %2").arg(countText(m_info->files.size()), sizeText(bytes));
    }
    setFact(Size, size);
    setFact(Published, publishedText());
    m_values[Published]->setToolTip(
        job.push && !job.push->revision.empty() ? toQt(job.push->revision) : publishedText());
    m_hub->setVisible(job.push && !job.push->url.empty());
    m_facts->show();
    const bool hasFolder = !job.bundleDir.empty();
    m_buttons->setVisible(hasFolder);
    m_open->setEnabled(m_infoProblem.isEmpty());
    m_publish->setEnabled(m_infoProblem.isEmpty() && completed);
    m_verify->setEnabled(m_infoProblem.isEmpty() && m_check.stage != BundleCheck::Stage::Running);
    m_table->setVisible(hasFolder && m_files->rowCount() > 0);
    if (m_files->rowCount() > 0) {
        const QAbstractItemView& files = *m_table;
        const auto fit = [this, &files](int column, int least, int most) {
            m_table->setColumnWidth(
                column, std::clamp(files.sizeHintForColumn(column), sized(least), sized(most)));
        };
        fit(BundleFilesModel::File, 120, 190);
        fit(BundleFilesModel::Rows, 60, 120);
        fit(BundleFilesModel::Size, 80, 120);
    }
}

void JobDetails::showProblem()
{
    QStringList lines;
    if (m_job) {
        const QString sentence = jobErrorSentence(*m_job);
        if (!sentence.isEmpty()) {
            lines.append(sentence);
        }
    }
    if (!m_infoProblem.isEmpty()) {
        lines.append(m_infoProblem);
    }
    if (m_check.stage == BundleCheck::Stage::Failed) {
        lines.append(m_check.error);
    }
    if (m_check.stage == BundleCheck::Stage::Done) {
        constexpr std::size_t Shown = 4;
        const auto& problems = m_check.verification.problems;
        for (std::size_t i = 0; i < std::min(Shown, problems.size()); ++i) {
            lines.append(tr("%1: %2", "file, what is wrong with it")
                             .arg(toQt(problems[i].file), toQt(problems[i].what)));
        }
        if (m_check.verification.problemCount > Shown) {
            lines.append(tr("and %1 more").arg(countText(m_check.verification.problemCount - Shown)));
        }
    }
    const bool calm = m_job && m_job->status == JobStatus::Cancelled && lines.size() == 1;
    m_problem->setTone(calm ? TextTone::Secondary : TextTone::Bad);
    m_problem->setText(lines.join(QLatin1Char('\n')));
    m_problem->setVisible(!lines.isEmpty());
}

void JobDetails::setCheck(const BundleCheck& check)
{
    m_check = check;
    QString chip;
    QString look;
    switch (check.stage) {
    case BundleCheck::Stage::None:
        break;
    case BundleCheck::Stage::Running:
        chip = tr("verifying, %1\u00a0%").arg(decimalText(check.done * 100, 0));
        look = QStringLiteral("true");
        break;
    case BundleCheck::Stage::Done:
        m_files->setVerification(check.verification);
        if (check.verification.passed()) {
            chip = tr("✓ verified %1").arg(timeText(check.at));
            look = QStringLiteral("ok");
        } else {
            chip = check.verification.problemCount == 1
                ? tr("✗ 1 problem")
                : tr("✗ %1 problems").arg(countText(check.verification.problemCount));
            look = QStringLiteral("bad");
        }
        break;
    case BundleCheck::Stage::Failed:
        chip = tr("not verified");
        look = QStringLiteral("warn");
        break;
    }
    setLook(m_chip, "chip", look);
    m_chip->setText(chip);
    m_chip->setVisible(m_job && !chip.isEmpty());
    showFacts();
    showProblem();
}

QString JobDetails::asText() const
{
    QStringList lines {m_title->text()};
    if (!m_chip->text().isEmpty()) {
        lines.append(m_chip->text());
    }
    if (!m_problem->text().isEmpty()) {
        lines.append(m_problem->text());
    }
    for (std::size_t i = 0; i < Lines; ++i) {
        if (!m_values[i]->fullText().isEmpty()) {
            lines.append(m_names[i]->text() + QLatin1Char('\t') + m_values[i]->fullText());
        }
    }
    if (!m_ledger->isHidden()) {
        lines.append(m_ledger->asText());
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace workbench
