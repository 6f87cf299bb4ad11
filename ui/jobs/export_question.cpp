// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/export_question.h"

#include "core/bundle/least_size.h"
#include "ui/bridge/io_cause.h"
#include "ui/bridge/qt_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/ledger_widget.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/state_page.h"
#include "ui/widgets/tone_label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace workbench {

namespace {

constexpr int SheetMargin = 20;

QString splitSentence(const ExportPlan& plan)
{
    const std::size_t files = plan.splitFiles;
    const QString figure = countText(files);
    switch (plan.split) {
    case SplitStrategy::None:
        return ExportQuestion::tr("No splits: one file holds all rows.");
    case SplitStrategy::BySource:
        return files == 1 ? ExportQuestion::tr("Splits by source: 1 file.")
                          : ExportQuestion::tr("Splits by source: %1 files.").arg(figure);
    case SplitStrategy::ByIndustry:
        return files == 1 ? ExportQuestion::tr("Splits by industry: 1 file.")
                          : ExportQuestion::tr("Splits by industry: %1 files.").arg(figure);
    case SplitStrategy::BySourceIndustry:
        return files == 1 ? ExportQuestion::tr("Splits by source and industry: 1 file.")
                          : ExportQuestion::tr("Splits by source and industry: %1 files.").arg(figure);
    }
    return {};
}

QString titleOf(const Ledger& ledger)
{
    const QString rows = ledger.toExport == 1
        ? ExportQuestion::tr("Export 1 row")
        : ExportQuestion::tr("Export %1 rows").arg(countText(ledger.toExport));
    return ledger.rejected == 0 ? rows
                                : ExportQuestion::tr("%1 without the %2 rejected?", "Export 5 rows")
                                      .arg(rows, countText(ledger.rejected));
}

/// What the system said about the output folder, and the remedy that goes with it.
QString refusalSentence(const Error& refusal)
{
    switch (causeOf(refusal)) {
    case IoCause::NoFolder:
        return ExportQuestion::tr("A file stands where this folder would be. Choose another one.");
    case IoCause::Missing:
        return ExportQuestion::tr("There is no place for this folder. Choose another one.");
    case IoCause::Other:
        return ExportQuestion::tr("%1. Choose one that you may write to.").arg(toQt(refusal.message));
    case IoCause::Forbidden:
    case IoCause::ReadOnly:
        break;
    }
    return ExportQuestion::tr("This folder is read-only. Choose one that you may write to.");
}

QString whyNothing(const ExportPlan& plan)
{
    const Ledger& ledger = plan.ledger;
    if (ledger.matched == 0) {
        return ExportQuestion::tr("No row matches the filters. Change them, or open another folder.");
    }
    const auto most = std::max_element(plan.rowsByRule.begin(), plan.rowsByRule.end());
    const QString rule = toQt(ruleName(static_cast<Rule>(most - plan.rowsByRule.begin())));
    const QString rows = ledger.matched == 1
        ? ExportQuestion::tr("The one matched row was rejected by %1.").arg(rule)
        : *most >= ledger.matched
        ? ExportQuestion::tr("All %1 matched rows were rejected by %2.").arg(countText(ledger.matched), rule)
        : ExportQuestion::tr("All %1 matched rows were rejected, most of them (%2) by %3.")
              .arg(countText(ledger.matched), countText(*most), rule);
    return ExportQuestion::tr("%1 Correct them at the source or change the filters.").arg(rows);
}

} // namespace

ExportPlan planExport(const Selection& selection, SplitStrategy split, const QString& folder)
{
    ExportPlan plan;
    plan.ledger = selection.ledger;
    plan.rowsByRule = selection.rejections.rowsByRule;
    plan.split = split;
    plan.folder = folder;
    if (selection.index) {
        plan.leastBytes = leastBundleBytes(*selection.index->schema(), plan.ledger.toExport, split);
    }
    if (split == SplitStrategy::None) {
        return plan;
    }
    const bool bySource = split != SplitStrategy::ByIndustry;
    const bool byIndustry = split != SplitStrategy::BySource;
    std::set<std::pair<int, int>> files;
    for (const auto& [source, industry] : selection.keptKinds) {
        files.emplace(bySource ? source : 0, byIndustry ? industry : 0);
    }
    plan.splitFiles = files.size();
    return plan;
}

ExportQuestion::ExportQuestion(const ExportPlan& plan, QWidget* parent)
    : QDialog(parent)
    , m_leastBytes(plan.leastBytes)
{
    setObjectName(QStringLiteral("exportQuestion"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    if (plan.ledger.toExport == 0) {
        buildNothing(plan);
    } else {
        buildQuestion(plan);
    }
}

void ExportQuestion::buildNothing(const ExportPlan& plan)
{
    setWindowTitle(tr("Export"));
    auto* page = new StatePage(this);
    page->setMessage(
        QStringLiteral("cross"), &ThemeColors::bad, tr("No valid rows to export"), whyNothing(plan));
    if (plan.ledger.rejected > 0) {
        page->setButtons(tr("Show rejections"), tr("Close"));
        connect(page, &StatePage::firstClicked, this, [this] {
            Q_EMIT rejectionsRequested();
            close();
        });
        connect(page, &StatePage::secondClicked, this, &QDialog::close);
    } else {
        page->setButtons(tr("Close"), QString(), false);
        connect(page, &StatePage::firstClicked, this, &QDialog::close);
    }
    page->firstButton()->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(page);
    resize(480, 300);
}

void ExportQuestion::buildQuestion(const ExportPlan& plan)
{
    setWindowTitle(tr("Export"));
    auto* title = new ToneLabel(TextSize::Section, TextTone::Plain, this);
    title->setText(titleOf(plan.ledger));
    title->setWordWrap(true);
    auto* ledger = new LedgerWidget(LedgerPart::FromMatched, this);
    ledger->setLedger(plan.ledger);
    ledger->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* splits = new ToneLabel(TextSize::Caption, TextTone::Secondary, this);
    splits->setText(splitSentence(plan));

    auto* folderLabel = new ToneLabel(TextSize::Caption, TextTone::Secondary, this);
    folderLabel->setTextFormat(Qt::AutoText);
    folderLabel->setText(tr("Output &folder"));
    m_folder = new QLineEdit(plan.folder, this);
    m_folder->setObjectName(QStringLiteral("exportFolderEdit"));
    m_folder->setAccessibleName(tr("Output folder"));
    folderLabel->setBuddy(m_folder);
    QPushButton* choose = makeButton(tr("C&hoose…"), QString(), this);
    choose->setAutoDefault(false);
    auto* folderRow = new QHBoxLayout;
    folderRow->setSpacing(8);
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(choose);

    m_refusal = new QWidget(this);
    auto* mark = new QLabel(m_refusal);
    mark->setPixmap(iconPixmap(QStringLiteral("warning"), Theme::colors().bad, 16, devicePixelRatioF()));
    m_refusalText = new ToneLabel(TextSize::Caption, TextTone::Bad, m_refusal);
    m_refusalText->setWordWrap(true);
    auto* refusalRow = new QHBoxLayout(m_refusal);
    refusalRow->setContentsMargins(0, 0, 0, 0);
    refusalRow->setSpacing(8);
    refusalRow->addWidget(mark, 0, Qt::AlignTop);
    refusalRow->addWidget(m_refusalText, 1);
    m_refusal->hide();

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    if (plan.ledger.rejected > 0) {
        QPushButton* look
            = makeButton(tr("&Look at the %1").arg(countText(plan.ledger.rejected)), QString(), this);
        look->setObjectName(QStringLiteral("lookAtRejectedButton"));
        look->setAutoDefault(false);
        buttons->addWidget(look);
        connect(look, &QPushButton::clicked, this, [this] {
            Q_EMIT rejectionsRequested();
            close();
        });
    }
    buttons->addStretch();
    QPushButton* cancel = makeButton(tr("Cancel"), QString(), this);
    cancel->setAutoDefault(false);
    buttons->addWidget(cancel);
    m_export = makeButton(tr("&Export %1").arg(countText(plan.ledger.toExport)), QString(), this);
    m_export->setObjectName(QStringLiteral("confirmExportButton"));
    setPrimary(m_export, true);
    m_export->setDefault(true);
    buttons->addWidget(m_export);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(SheetMargin, SheetMargin, SheetMargin, SheetMargin);
    column->setSpacing(8);
    column->addWidget(title);
    column->addSpacing(4);
    column->addWidget(ledger);
    column->addSpacing(4);
    column->addWidget(splits);
    column->addSpacing(8);
    column->addWidget(folderLabel);
    column->addLayout(folderRow);
    column->addWidget(m_refusal);
    column->addStretch();
    column->addSpacing(12);
    column->addLayout(buttons);
    setMinimumWidth(440);

    connect(choose, &QPushButton::clicked, this, &ExportQuestion::chooseFolder);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, [this] { check(true); });
    connect(m_folder, &QLineEdit::textEdited, this, [this] { // a new folder deserves a new try
        m_refusal->hide();
        setLook(m_folder, "refused", QVariant());
        m_export->setEnabled(!folder().isEmpty());
        m_exportAfterwards = false;
        m_asked.clear();
    });
    m_export->setFocus();
}

QString ExportQuestion::folder() const { return m_folder ? m_folder->text().trimmed() : QString(); }

void ExportQuestion::check(bool exportAfterwards)
{
    m_exportAfterwards = exportAfterwards;
    m_asked = folder();
    m_export->setEnabled(false); // until the answer is here; a second click must not export twice
    Q_EMIT checkWanted(m_asked);
}

void ExportQuestion::setChecked(const FolderCheck& check)
{
    if (!m_folder || check.folder != folder() || (!m_asked.isEmpty() && check.folder != m_asked)) {
        return;
    }
    if (check.refusal) {
        m_exportAfterwards = false;
        showRefusal(refusalSentence(*check.refusal));
        return;
    }
    if (check.room && *check.room < m_leastBytes) {
        m_exportAfterwards = false;
        showRefusal(tr("No space left in %1: at least %2 needed, %3 free. Choose another folder.")
                        .arg(check.folder, sizeText(m_leastBytes), sizeText(*check.room)));
        return;
    }
    m_refusal->hide();
    setLook(m_folder, "refused", QVariant());
    m_export->setEnabled(true);
    if (m_exportAfterwards) {
        m_exportAfterwards = false;
        Q_EMIT confirmed(check.folder);
        accept();
    }
}

void ExportQuestion::showRefusal(const QString& sentence)
{
    m_refusalText->setText(
        tr("%1 Nothing has been written.", "why a folder cannot be written").arg(sentence));
    m_refusal->show();
    layout()->activate();
    adjustSize(); // the sentence needs its lines
    setLook(m_folder, "refused", true);
    m_folder->setAccessibleDescription(m_refusalText->text());
    m_export->setEnabled(false);
    m_folder->setFocus();
}

void ExportQuestion::chooseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose the output folder"), folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_folder->setText(chosen);
        m_export->setEnabled(true);
        check(false);
    });
    dialog->open();
}

} // namespace workbench
