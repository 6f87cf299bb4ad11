// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schema_panel.h"

#include "ui/bridge/publish_runner.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/schema/schema_cell_delegate.h"
#include "ui/schema/schema_diff_header.h"
#include "ui/schema/schema_diff_model.h"
#include "ui/schema/schema_strip.h"
#include "ui/schema/schema_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plain_table.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/tone_label.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <vector>

namespace workbench {

namespace {

/// Bundles by their date, shipped schemas by their name, files by the file's name.
QString titleOf(const QString& reference, const SchemaReference& schema)
{
    if (reference.startsWith(QStringLiteral("hub:"))) {
        return SchemaPanel::tr("Published");
    }
    const bool file = reference.endsWith(QStringLiteral(".json")) && schema.generatedAt.empty();
    return file ? SchemaPanel::tr("File: %1").arg(reference.section(QLatin1Char('/'), -1))
                : referenceTitle(schema);
}

} // namespace

SchemaPanel::SchemaPanel(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_strip(new SchemaStrip(this))
    , m_message(new MessageBar(this))
    , m_shown(new SegmentedControl(tr("Lines shown"), this))
    , m_features(new ToneLabel(TextSize::Strong, TextTone::Plain, this))
    , m_observed(new ElidedLabel(Qt::ElideRight, this))
    , m_copyButton(makeBarButton(tr("Copy difference"), QStringLiteral("copy"), this))
    , m_table(new QTableView(this))
    , m_model(new SchemaDiffModel(this))
    , m_filter(new SchemaDiffFilter(this))
    , m_copy(new QAction(tr("&Copy difference"), this))
    , m_chooseFile(new QAction(tr("Compare with a schema &file…"), this))
    , m_chooseFolder(new QAction(tr("Compare with a &bundle…"), this))
{
    setObjectName(QStringLiteral("schemaPanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_message);
    buildBar();
    buildTable();
    column->addWidget(m_table, 1);
    connectState();
    m_strip->setCurrent(*m_state.schema());
    showNoBaseline();
    showStatistics();
}

void SchemaPanel::buildBar()
{
    auto* bar = new QFrame(this);
    bar->setProperty("frame", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 7, 12, 7);
    row->setSpacing(8);
    m_shown->addSegment(static_cast<int>(SchemaShown::All), tr("All"));
    m_shown->addSegment(static_cast<int>(SchemaShown::Changes), tr("Changes"));
    m_shown->addSegment(
        static_cast<int>(SchemaShown::Added), tr("Added"), icon(QStringLiteral("plus"), &ThemeColors::ok));
    m_shown->addSegment(static_cast<int>(SchemaShown::Removed), tr("Removed"),
        icon(QStringLiteral("minus"), &ThemeColors::bad));
    m_shown->addSegment(
        static_cast<int>(SchemaShown::Moved), tr("Moved"), icon(QStringLiteral("move"), &ThemeColors::warn));
    m_shown->addSegment(static_cast<int>(SchemaShown::Changed), tr("Changed"),
        icon(QStringLiteral("edit"), &ThemeColors::warn));
    m_observed->setFont(Theme::captionFont());
    m_observed->setProperty("tone", QStringLiteral("quiet"));
    m_observed->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(m_shown);
    row->addWidget(m_features);
    row->addWidget(m_observed, 1); // gives way when the window is narrow
    row->addWidget(m_copyButton);
    layout()->addWidget(bar);
    connect(m_shown, &SegmentedControl::chosen, this,
        [this](int id) { m_filter->show(static_cast<SchemaShown>(id)); });
    connect(m_copyButton, &QPushButton::clicked, this, &SchemaPanel::copyDifference);
    connect(m_copy, &QAction::triggered, this, &SchemaPanel::copyDifference);
    connect(m_chooseFile, &QAction::triggered, this, [this] { chooseFile(false); });
    connect(m_chooseFolder, &QAction::triggered, this, [this] { chooseFile(true); });
}

void SchemaPanel::buildTable()
{
    m_filter->setDynamicSortFilter(false); // what is observed decides about no row
    m_filter->setSourceModel(m_model);
    m_table->setObjectName(QStringLiteral("schemaDiffTable"));
    m_table->setAccessibleName(tr("Features, baseline beside current"));
    m_table->setHorizontalHeader(new SchemaDiffHeader(m_table));
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new SchemaCellDelegate(m_table));
    makePlain(*m_table);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
}

void SchemaPanel::connectState()
{
    connect(&m_state, &WorkbenchState::statisticsChanged, this, &SchemaPanel::showStatistics);
    connect(&m_state.jobs(), &JobRunner::jobsListed, this,
        [this](const JobList& jobs) { m_strip->setBundles(jobs.jobs); });
    connect(&m_state.jobs(), &JobRunner::schemaReferenceLoaded, this, &SchemaPanel::takeReference);
    connect(&m_state.jobs(), &JobRunner::schemaReferenceFailed, this, &SchemaPanel::refuseReference);
    PublishRunner& publisher = m_state.publisher();
    connect(&publisher, &PublishRunner::publishedSchemaLoaded, this,
        [this](const QString& reference, const SchemaReference& schema) {
            if (m_askingHub) {
                m_pending = reference;
                takeReference(reference, schema);
                m_isPublished = true;
            }
        });
    connect(&publisher, &PublishRunner::publishedSchemaFailed, this, &SchemaPanel::refusePublished);
    connect(&publisher, &PublishRunner::published, this, [this](const PushResult& result) {
        if (m_isPublished && result.outcome.committed) {
            setPublishedBaseline(); // it is another one now
        }
    });
    connect(m_message, &MessageBar::buttonClicked, this, &SchemaPanel::setPublishedBaseline);
    connect(m_strip, &SchemaStrip::publishedChosen, this, &SchemaPanel::setPublishedBaseline);
    connect(m_strip, &SchemaStrip::noBaselineChosen, this, &SchemaPanel::showNoBaseline);
    connect(m_strip, &SchemaStrip::referenceChosen, this, &SchemaPanel::setBaseline);
    connect(m_strip, &SchemaStrip::fileWanted, this, [this] { chooseFile(false); });
    connect(m_strip, &SchemaStrip::folderWanted, this, [this] { chooseFile(true); });
}

bool SchemaPanel::idle() const { return m_pending.isEmpty() && !m_askingHub; }

QList<QAction*> SchemaPanel::actions() const { return {m_chooseFile, m_chooseFolder, m_copy}; }

Panes SchemaPanel::panes() const { return {m_table, nullptr}; }

void SchemaPanel::setBaseline(const QString& reference)
{
    m_pending = reference;
    m_askingHub = false;
    m_message->clear();
    m_strip->showLoading();
    m_state.jobs().loadSchemaReference(reference);
}

void SchemaPanel::setPublishedBaseline()
{
    m_pending.clear();
    m_askingHub = true;
    m_message->clear();
    m_strip->showAsking();
    m_state.publisher().loadPublishedSchema();
}

void SchemaPanel::refusePublished(const Error& error)
{
    if (!m_askingHub) {
        return; // another one was chosen meanwhile
    }
    m_askingHub = false;
    m_message->setMessage(MessageTone::Bad, tr("What is published cannot be compared with."),
        toQt(error.message), tr("Ask again"));
    if (m_model->hasBaseline()) {
        m_strip->restoreChoice();
    } else {
        m_strip->showNoBaseline();
    }
}

void SchemaPanel::takeReference(const QString& reference, const SchemaReference& schema)
{
    if (reference != m_pending) {
        return; // another one was chosen meanwhile
    }
    m_pending.clear();
    m_askingHub = false;
    m_isPublished = false;
    m_model->setDiff(diffSchemas(schema.schema, m_state.schema(), schema.attributesKnown));
    m_strip->showDiff(m_model->diff(), reference, titleOf(reference, schema));
    showCounts();
    m_state.say(tr("Baseline read from %1").arg(reference));
}

void SchemaPanel::refuseReference(const QString& reference, const Error& error)
{
    if (reference != m_pending) {
        return;
    }
    m_pending.clear();
    m_message->setMessage(MessageTone::Bad, tr("This baseline cannot be read."), toQt(error.message));
    if (m_model->hasBaseline()) {
        m_strip->restoreChoice();
        return;
    }
    m_strip->showNoBaseline();
}

void SchemaPanel::showNoBaseline()
{
    m_pending.clear();
    m_askingHub = false;
    m_isPublished = false;
    m_message->clear();
    m_model->setSchema(m_state.schema());
    m_strip->showNoBaseline();
    showCounts();
}

void SchemaPanel::showCounts()
{
    const SchemaDiff& diff = m_model->diff();
    const bool compared = m_model->hasBaseline();
    const auto changes = std::count_if(diff.features.begin(), diff.features.end(),
        [](const FeatureDiff& line) { return line.change != FeatureChange::Same; });
    const auto show = [this](SchemaShown what, std::size_t count) {
        m_shown->setCount(static_cast<int>(what), count);
        m_shown->setSegmentEnabled(static_cast<int>(what), count > 0 || what == SchemaShown::All);
    };
    show(SchemaShown::All, diff.features.size());
    show(SchemaShown::Changes, static_cast<std::size_t>(changes));
    show(SchemaShown::Added, diff.added);
    show(SchemaShown::Removed, diff.removed);
    show(SchemaShown::Moved, diff.moved);
    show(SchemaShown::Changed, diff.changed);
    m_shown->setVisible(compared);
    m_features->setVisible(!compared);
    m_features->setText(
        diff.features.size() == 1 ? tr("1 feature") : tr("%1 features").arg(countText(diff.features.size())));
    m_copyButton->setEnabled(compared && changes > 0);
    m_copy->setEnabled(compared && changes > 0);
    m_shown->setCurrent(static_cast<int>(SchemaShown::All));
    m_filter->show(SchemaShown::All);
    for (const int column :
        {SchemaDiffModel::Mark, SchemaDiffModel::BaselinePlace, SchemaDiffModel::BaselineName}) {
        m_table->setColumnHidden(column, !compared);
    }
    fitColumns();
}

void SchemaPanel::fitColumns()
{
    m_fitted = isVisible();
    if (!m_fitted) {
        return;
    }
    m_table->resizeColumnsToContents(); // seventy rows: measured in a millisecond or two
    m_table->setColumnWidth(SchemaDiffModel::Mark,
        std::max(m_table->columnWidth(SchemaDiffModel::Mark),
            QFontMetrics(Theme::tableFont()).horizontalAdvance(changeWord(FeatureChange::Removed)) + 36));
    m_widths.clear();
    for (int column = 0; column < SchemaDiffModel::ColumnCount; ++column) {
        m_widths.append(m_table->columnWidth(column)); // 0 for a hidden one
    }
    shareRoom();
}

void SchemaPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_observes) {
        showStatistics();
    } else if (!m_fitted) {
        fitColumns();
    }
}

void SchemaPanel::shareRoom()
{
    std::vector<int> growing; // a place is two digits: it needs no more
    for (int column = 0; column < m_widths.size(); ++column) {
        if (m_widths[column] > 0 && column != SchemaDiffModel::BaselinePlace
            && column != SchemaDiffModel::CurrentPlace) {
            growing.push_back(column);
        }
    }
    constexpr int MostForOne = 48; // wider gaps would tear a line apart
    auto sharers = static_cast<int>(growing.size());
    const int used = std::accumulate(m_widths.begin(), m_widths.end(), 0);
    int room = std::clamp(m_table->viewport()->width() - used, 0, sharers * MostForOne);
    for (const int column : growing) {
        const int more = room / sharers;
        m_table->setColumnWidth(column, m_widths[column] + more);
        room -= more;
        --sharers;
    }
}

void SchemaPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareRoom();
}

void SchemaPanel::showStatistics()
{
    m_observes = isVisible();
    if (!m_observes) { // each filter would pay for a table that nobody looks at
        m_model->setStatistics(nullptr); // or the rows they are of would stay in memory
        return;
    }
    const StatisticsPtr& statistics = m_state.statistics();
    m_model->setStatistics(statistics);
    if (statistics) {
        const std::uint64_t rows = statistics->selection->ledger.matched;
        m_observed->setFullText(rows == 1 ? tr("Observed in 1 matched row")
                                          : tr("Observed in %1 matched rows").arg(countText(rows)));
    } else {
        m_observed->setFullText(tr("No rows to observe yet"));
    }
    fitColumns();
}

void SchemaPanel::chooseFile(bool folder)
{
    auto* dialog
        = new QFileDialog(this, folder ? tr("Choose a bundle as the baseline") : tr("Choose a schema file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (folder) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Schemas and dataset_info.json (*.json)"), tr("All files (*)")});
    }
    connect(dialog, &QFileDialog::fileSelected, this, &SchemaPanel::setBaseline);
    dialog->open();
}

void SchemaPanel::copyDifference()
{
    QGuiApplication::clipboard()->setText(m_model->differenceText());
    m_state.say(tr("Difference copied"));
}

} // namespace workbench
