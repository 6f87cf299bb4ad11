// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/insights_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/bridge/workbench_state.h"
#include "ui/insights/chart_picture.h"
#include "ui/insights/insight_findings.h"
#include "ui/insights/insights_board.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/state_page.h"
#include "ui/widgets/tone_label.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace workbench {

InsightsPanel::InsightsPanel(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_rows(new ToneLabel(TextSize::Strong, TextTone::Plain, this))
    , m_hint(new ToneLabel(TextSize::Caption, TextTone::Secondary, this))
    , m_numbersButton(makeBarButton(tr("Show numbers"), QStringLiteral("columns"), this))
    , m_saveButton(makeBarButton(tr("Save charts…"), QStringLiteral("save"), this))
    , m_showNumbers(new QAction(tr("Show &numbers"), this))
    , m_save(new QAction(tr("Save &charts…"), this))
    , m_message(new MessageBar(this))
    , m_stack(new QStackedWidget(this))
    , m_scroll(new QScrollArea(this))
    , m_board(new InsightsBoard(this))
    , m_page(new StatePage(this))
    , m_picture(new ChartPicture(this))
{
    setObjectName(QStringLiteral("insightsPanel"));
    m_scroll->setObjectName(QStringLiteral("insightsView"));
    m_scroll->setAccessibleName(tr("Insights"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_board);
    m_stack->addWidget(m_scroll);
    m_stack->addWidget(m_page);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildBar();
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    connectState();
    showState();
}

void InsightsPanel::buildBar()
{
    auto* bar = new QFrame(this);
    bar->setProperty("frame", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 7, 12, 7);
    row->setSpacing(8);
    m_hint->setText(tr("choose a bar to filter by it"));
    row->addWidget(m_rows);
    row->addWidget(m_hint);
    row->addStretch();
    row->addWidget(m_numbersButton);
    row->addWidget(m_saveButton);
    layout()->addWidget(bar);

    m_numbersButton->setCheckable(true);
    m_showNumbers->setCheckable(true);
    connect(m_numbersButton, &QPushButton::toggled, m_showNumbers, &QAction::setChecked);
    connect(m_showNumbers, &QAction::toggled, m_numbersButton, &QPushButton::setChecked);
    connect(m_showNumbers, &QAction::toggled, m_board, &InsightsBoard::setNumbersShown);
    connect(m_saveButton, &QPushButton::clicked, this, &InsightsPanel::chooseFile);
    connect(m_save, &QAction::triggered, this, &InsightsPanel::chooseFile);
}

void InsightsPanel::connectState()
{
    connect(&m_state, &WorkbenchState::statisticsChanged, this, &InsightsPanel::showState);
    connect(&m_state, &WorkbenchState::selectionChanged, this, &InsightsPanel::showState);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &InsightsPanel::showPage);
    connect(m_board, &InsightsBoard::industryChosen, this, &InsightsPanel::narrowIndustry);
    connect(m_board, &InsightsBoard::sourceChosen, this, &InsightsPanel::narrowSource);
    connect(m_board, &InsightsBoard::labelledChosen, this, [this] {
        ExampleFilter filter = m_state.filter();
        filter.labelled = !filter.labelled;
        m_state.changeFilter(filter, filter.labelled ? tr("Labelled only") : tr("Labelled or not"));
    });
    connect(m_page, &StatePage::firstClicked, &m_state, &WorkbenchState::clearFilters);
    connect(m_picture, &ChartPicture::saved, this, [this](const QString& path) {
        m_message->clear();
        m_state.say(tr("Charts saved as %1").arg(path));
    });
    connect(m_picture, &ChartPicture::failed, this, [this](const QString& path, const QString& why) {
        m_message->setMessage(MessageTone::Bad, tr("The charts were not saved."),
            tr("%1: %2. Choose another place.").arg(path, why));
    });
}

bool InsightsPanel::idle() const { return !m_picture->busy(); }

QList<QAction*> InsightsPanel::actions() const { return {m_showNumbers, m_save}; }

Panes InsightsPanel::panes() const { return {m_board, nullptr}; }

void InsightsPanel::showState()
{
    // Laying the charts out takes longer than a frame may: not while nobody looks.
    if (isVisible()) {
        fillBoard();
    } else if (m_drawn != m_state.statistics()) {
        m_drawn = nullptr; // or the rows they are of would stay in memory until somebody looks
        m_board->setStatistics(nullptr);
    }
    showPage();
}

void InsightsPanel::fillBoard()
{
    if (m_state.statistics() && m_drawn != m_state.statistics()) {
        m_drawn = m_state.statistics();
        m_board->setStatistics(m_drawn);
    }
}

void InsightsPanel::showEvent(QShowEvent* event)
{
    fillBoard();
    QWidget::showEvent(event);
}

void InsightsPanel::showPage()
{
    const SelectionPtr& selection = m_state.selection();
    const std::uint64_t matched = selection ? selection->ledger.matched : 0;
    const bool hasCharts = m_state.statistics() && matched > 0;
    m_rows->setText(matched == 1 ? tr("1 matched row") : tr("%1 matched rows").arg(countText(matched)));
    m_rows->setVisible(selection != nullptr);
    m_hint->setVisible(hasCharts);
    for (QWidget* button : {m_numbersButton, m_saveButton}) {
        button->setEnabled(hasCharts);
    }
    m_showNumbers->setEnabled(hasCharts);
    m_save->setEnabled(hasCharts);
    m_stack->setCurrentWidget(hasCharts ? static_cast<QWidget*>(m_scroll) : m_page);
    if (hasCharts) {
        return;
    }
    if (selection && selection->ledger.read > 0) {
        if (matched > 0) {
            m_page->setMessage(QStringLiteral("clock"), &ThemeColors::text2, tr("Counting"),
                tr("The charts follow as soon as the matched rows are counted."));
            m_page->setButtons(QString());
            return;
        }
        m_page->setMessage(QStringLiteral("filter"), &ThemeColors::text2, tr("No row matches these filters"),
            tr("%1 were read, so there is nothing to draw.").arg(rowCountText(selection->ledger.read)));
        m_page->setButtons(tr("Clear filters"), QString(), false);
        return;
    }
    m_page->setButtons(QString());
    switch (m_state.folderState()) {
    case FolderState::None:
        m_page->setMessage(QStringLiteral("folder"), &ThemeColors::text2, tr("Nothing is open"),
            tr("Open a folder of training examples to see what its rows are like."));
        break;
    case FolderState::Reading:
        m_page->setMessage(QStringLiteral("clock"), &ThemeColors::text2, tr("Reading"),
            tr("The charts follow as soon as the first rows are counted."));
        break;
    case FolderState::NoExamples:
        m_page->setMessage(QStringLiteral("folder"), &ThemeColors::text2, tr("No training examples here"),
            tr("%1 has no file that ends in .jsonl, .jsonl.gz or .jsonl.zst, and no learning.db.")
                .arg(m_state.folder()));
        break;
    case FolderState::Unreadable:
    case FolderState::Failed:
        m_page->setMessage(QStringLiteral("warning"), &ThemeColors::bad, tr("This folder cannot be read"),
            m_state.error() ? toQt(m_state.error()->message) : m_state.folder());
        break;
    case FolderState::Ready:
        m_page->setMessage(QStringLiteral("file"), &ThemeColors::text2, tr("There are no rows"),
            tr("The files in %1 hold no lines.").arg(m_state.folder()));
        break;
    }
}

void InsightsPanel::narrowIndustry(const QString& industry)
{
    ExampleFilter filter = m_state.filter();
    const std::string wanted = fromQt(industry);
    const bool off = filter.industry && *filter.industry == wanted; // a second click takes it back
    filter.industry = off ? std::nullopt : std::optional<std::string>(wanted);
    m_state.changeFilter(filter, off ? tr("Any industry") : tr("Industry %1").arg(industry));
}

void InsightsPanel::narrowSource(const QString& source)
{
    ExampleFilter filter = m_state.filter();
    const std::string wanted = fromQt(source);
    const bool off = filter.source && *filter.source == wanted;
    filter.source = off ? std::nullopt : std::optional<std::string>(wanted);
    m_state.changeFilter(filter, off ? tr("Any source") : tr("Source %1").arg(source));
}

void InsightsPanel::chooseFile()
{
    fillBoard();
    auto* dialog = new QFileDialog(this, tr("Save charts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG pictures (*.png)"));
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(QStringLiteral("insights.png"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { m_picture->save(m_board->picture(), path); });
    dialog->open();
}

} // namespace workbench
