// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rejections/rejections_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/preview_state.h"
#include "ui/rejections/findings_model.h"
#include "ui/rejections/findings_table.h"
#include "ui/rejections/narrow_menu.h"
#include "ui/rejections/rejection_detail.h"
#include "ui/rejections/rejection_summary.h"
#include "ui/rejections/report_dialog.h"
#include "ui/rejections/reveal_box.h"
#include "ui/theme/icons.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chosen_rows.h"
#include "ui/widgets/context_cell.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/pane_splitter.h"
#include "ui/widgets/state_page.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace workbench {

namespace {

constexpr int SummaryWidth = 232;
constexpr int LeastForSummary = 1150; ///< a narrower panel has its summary behind a button
constexpr int MostForName = 180; ///< of what the findings are narrowed to, on that button
constexpr std::size_t MostCopied = 10'000;

} // namespace

RejectionsPanel::RejectionsPanel(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new FindingsModel(this))
{
    setAccessibleName(tr("Rejections"));
    buildActions();
    buildContent();
    connect(&m_state, &WorkbenchState::selectionChanged, this, &RejectionsPanel::showSelection);
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &RejectionsPanel::showMessageOrFindings);
    connect(&m_state.jobs(), &JobRunner::reportSaved, this,
        [this](const QString& path) { m_state.say(tr("Saved the masked report: %1").arg(path)); });
    connect(&m_state.jobs(), &JobRunner::reportFailed, this,
        [this](const QString&, const Error& error) { m_state.say(toQt(error.message)); });
    showSelection();
}

RejectionsPanel::~RejectionsPanel() = default;

QAction* RejectionsPanel::addAction(const QString& text, const QString& iconName, const QKeySequence& keys,
    Qt::ShortcutContext context, void (RejectionsPanel::*slot)())
{
    QAction* action = makePanelAction(text, iconName, keys, context, this);
    connect(action, &QAction::triggered, this, slot);
    m_actions << action;
    return action;
}

void RejectionsPanel::buildActions()
{
    constexpr auto Here = Qt::WidgetWithChildrenShortcut;
    constexpr auto Window = Qt::WindowShortcut;
    addAction(
        tr("&Copy"), QStringLiteral("copy"), QKeySequence(QKeySequence::Copy), Here, &RejectionsPanel::copy);
    addAction(tr("Copy with &headers"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), Here,
        &RejectionsPanel::copyWithHeaders);
    addAction(tr("&Reveal or hide value"), QStringLiteral("eye"), QKeySequence(Qt::Key_F8), Window,
        &RejectionsPanel::reveal);
    addAction(tr("&Save masked report…"), QStringLiteral("save"), QKeySequence(QKeySequence::SaveAs), Window,
        &RejectionsPanel::saveReport);
    addAction(tr("Show in &Preview"), {}, {}, Here, &RejectionsPanel::showRow);
    addAction(tr("S&ort by this column"), {}, {}, Here, &RejectionsPanel::sortByCurrentColumn);
    m_hide = addAction(tr("Hide the revealed &value"), QStringLiteral("eye-off"),
        QKeySequence(QKeySequence::Cancel), Window, &RejectionsPanel::hideValue);
}

void RejectionsPanel::buildContent()
{
    m_summary = new RejectionSummary(this);
    m_detail = new RejectionDetail(m_state, this);
    auto* panes = new PaneSplitter(QStringLiteral("rejections/panes"), this);
    panes->addWidget(m_summary);
    panes->addWidget(buildMiddle());
    panes->addWidget(m_detail);
    panes->setUsualWidths({SummaryWidth, 0});
    m_statePage = new StatePage(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(panes);
    m_pages->addWidget(m_statePage);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);

    connect(&m_detail->reveal(), &RevealBox::activeChanged, this, [this] {
        m_chosen = true;
        enableActions();
    });
    connect(m_summary, &RejectionSummary::narrowed, this, &RejectionsPanel::narrow);
    connect(m_detail, &RejectionDetail::onlyThisRuleAsked, this, [this](Rule rule) {
        m_summary->choose(FindingFilter {FindingGroup::Rule, static_cast<std::size_t>(rule), {}});
    });
    connect(m_statePage, &StatePage::firstClicked, this, [this] {
        switch (m_state.folderState()) {
        case FolderState::Unreadable:
        case FolderState::Failed:
            m_state.reload();
            break;
        default:
            Q_EMIT openFolderRequested();
            break;
        }
    });
    connect(m_statePage, &StatePage::secondClicked, this, &RejectionsPanel::openFolderRequested);
}

QWidget* RejectionsPanel::buildMiddle()
{
    auto* middle = new QWidget(this);
    m_count = new QLabel(middle);
    QFont strong = Theme::captionFont();
    strong.setWeight(QFont::DemiBold);
    m_count->setFont(strong);
    m_order = new QLabel(middle);
    m_order->setFont(Theme::captionFont());
    setLook(m_order, "tone", QStringLiteral("quiet"));
    m_narrowButton = makeBarButton(tr("All findings"), QStringLiteral("filter"), middle);
    m_narrowButton->setMenu(new NarrowMenu(*m_summary, *m_model, m_narrowButton));
    m_narrowButton->setAccessibleName(tr("Narrow the findings"));
    m_narrowButton->hide();
    m_saveButton = makeBarButton(tr("Save masked report…"), QStringLiteral("save"), middle);
    connect(m_saveButton, &QPushButton::clicked, this, &RejectionsPanel::saveReport);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 7, 8, 7);
    bar->setSpacing(10);
    bar->addWidget(m_narrowButton);
    bar->addWidget(m_count);
    bar->addWidget(m_order);
    bar->addStretch();
    bar->addWidget(m_saveButton);

    // Before the table connects itself: what is current and where it stands has to be asked first.
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &RejectionsPanel::beginListing);
    m_table = makeFindingsTable(*m_model, middle);
    m_columns = new FindingsColumns(*m_table);
    connect(m_model, &FindingsModel::listed, this, &RejectionsPanel::endListing);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_table->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_chosen = true; });
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, &RejectionsPanel::sortBy);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &RejectionsPanel::currentChanged);
    connect(m_table, &QTableView::activated, this, [this] { m_detail->reveal().button().setFocus(); });

    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_table, 1);
    return middle;
}

bool RejectionsPanel::idle() const
{
    return !m_model->busy() && (m_detail->idle() || !m_state.rows().busy());
}

QList<QAction*> RejectionsPanel::actions() const { return m_actions; }

Panes RejectionsPanel::panes() const { return {m_table, m_detail}; }

void RejectionsPanel::showSelection()
{
    const SelectionPtr& selection = m_state.selection();
    // Listing the findings takes longer than a frame may: not while nobody looks.
    if (isVisible()) {
        listFindings();
    } else if (m_listed && (!selection || selection->index != m_listed->index)) {
        m_listed.reset(); // nor are rows held that are no longer shown anywhere
        m_model->setSelection(nullptr);
    }
    showMessageOrFindings();
}

void RejectionsPanel::listFindings()
{
    if (m_listed == m_state.selection()) {
        return;
    }
    m_listed = m_state.selection();
    m_model->setSelection(m_listed);
    m_summary->showSelection(m_listed);
    if (m_listed) {
        m_columns->fit(*m_listed);
    }
}

void RejectionsPanel::showMessageOrFindings()
{
    const SelectionPtr& selection = m_state.selection();
    std::optional<StateMessage> message = folderStateMessage(m_state);
    if (!message && selection && selection->ledger.rejected == 0 && !selection->ledger.growing) {
        message = nothingRejectedMessage(*selection);
        if (selection->ledger.matched == 0) {
            message->text = tr("No row matches the filters, so there was nothing to reject.");
            message->icon = QStringLiteral("filter");
            message->token = &ThemeColors::text2;
        }
    }
    m_pages->setCurrentIndex(message ? 1 : 0);
    enableActions();
    if (message) {
        m_statePage->setMessage(message->icon, message->token, message->title, message->text);
        const bool nothingOpen = m_state.folderState() == FolderState::None;
        m_statePage->setButtons(nothingOpen ? tr("Open folder…") : actionText(message->first),
            message->second == StateAction::OpenFolder ? actionText(message->second) : QString());
    }
}

void RejectionsPanel::narrow(const std::optional<FindingFilter>& filter)
{
    m_model->narrow(filter);
    const QString name = filter ? m_summary->nameOf(*filter) : tr("All findings");
    m_narrowButton->setText(
        m_narrowButton->fontMetrics().elidedText(name, Qt::ElideMiddle, sized(MostForName)));
    m_narrowButton->setToolTip(name);
    m_narrowButton->setAccessibleDescription(name);
}

void RejectionsPanel::sortBy(int column)
{
    if (m_model->sortColumn() != column) {
        m_model->sortBy(column, Qt::AscendingOrder);
    } else if (m_model->sortOrder() == Qt::AscendingOrder) {
        m_model->sortBy(column, Qt::DescendingOrder);
    } else {
        m_model->sortBy(std::nullopt, Qt::AscendingOrder);
    }
    m_table->horizontalHeader()->setSortIndicator(m_model->sortColumn().value_or(-1), m_model->sortOrder());
}

/// What a click on its header does, for those without a mouse: ascending, descending, the usual order.
void RejectionsPanel::sortByCurrentColumn()
{
    if (const QModelIndex at = m_table->currentIndex(); at.isValid()) {
        sortBy(at.column());
    }
}

void RejectionsPanel::beginListing()
{
    m_resetting = true;
    m_before = place();
    m_beforeOf = m_model->selection();
}

void RejectionsPanel::endListing()
{
    m_resetting = false;
    const SelectionPtr before = std::exchange(m_beforeOf, nullptr);
    const SelectionPtr& now = m_model->selection();
    const bool sameFiles = now && before && now->index->files().files == before->index->files().files;
    m_chosen = m_chosen && sameFiles;
    // Who reads the first finding's details keeps it, too.
    const bool stays = m_chosen || (sameFiles && m_detail->underMouse());
    restore(stays ? m_before : Place {std::nullopt, 0, m_before.column});
    showCount();
    enableActions();
    goToWanted();
}

void RejectionsPanel::showFindingsOf(RowNumber row)
{
    m_wanted = row;
    goToWanted();
}

void RejectionsPanel::goToWanted()
{
    if (!m_wanted || m_model->busy()) {
        return; // endListing() comes back
    }
    const RowNumber row = *std::exchange(m_wanted, std::nullopt);
    const SelectionPtr& selection = m_model->selection();
    if (!selection || row >= selection->index->rows() || selection->index->findingsOf(row).empty()) {
        return;
    }
    const int place = m_model->positionOf(selection->index->findingsOf(row).front());
    if (place >= 0) {
        m_chosen = true;
        const QModelIndex at = m_model->index(place, 0);
        m_table->selectionModel()->setCurrentIndex(
            at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(at, QAbstractItemView::PositionAtCenter);
        m_table->setFocus();
    } else if (m_model->narrowedTo()) {
        m_wanted = row;
        m_summary->choose(std::nullopt);
    }
}

RejectionsPanel::Place RejectionsPanel::place() const
{
    const QModelIndex at = m_table->currentIndex();
    return {currentFinding(), at.row() - m_table->verticalScrollBar()->value(), std::max(at.column(), 0)};
}

void RejectionsPanel::restore(const Place& place)
{
    if (m_model->rowCount() > 0) {
        const int found = place.finding ? m_model->positionOf(*place.finding) : -1;
        const QModelIndex at = m_model->index(std::max(found, 0), place.column);
        m_table->selectionModel()->setCurrentIndex(
            at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->verticalScrollBar()->setValue(found < 0 ? 0 : found - place.below);
    }
    currentChanged();
}

std::optional<IndexedFinding> RejectionsPanel::currentFinding() const
{
    const QModelIndex at = m_table->currentIndex();
    return at.isValid() && at.row() < m_model->rowCount() ? std::optional(m_model->finding(at.row()))
                                                          : std::nullopt;
}

void RejectionsPanel::currentChanged()
{
    if (!m_resetting) {
        m_detail->showFinding(currentFinding(), m_model->selection() ? m_model->selection()->index : nullptr);
        enableActions();
    }
}

void RejectionsPanel::showCount()
{
    const auto count = static_cast<quint64>(m_model->rowCount());
    m_count->setText(
        count == 1 ? tr("1 finding") : tr("%1 findings", nullptr, m_model->rowCount()).arg(countText(count)));
    if (const auto column = m_model->sortColumn()) {
        m_order->setText(
            tr("by %1", "a column").arg(m_model->headerData(*column, Qt::Horizontal).toString().toLower()));
    } else if (m_model->narrowedTo() && m_model->narrowedTo()->group == FindingGroup::Rule) {
        m_order->setText(tr("as they stand in the files"));
    } else {
        m_order->setText(tr("most frequent rule first"));
    }
}

void RejectionsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    foldSummary();
}

void RejectionsPanel::foldSummary()
{
    const bool fold = width() < sized(LeastForSummary);
    m_summary->setVisible(!fold);
    m_narrowButton->setVisible(fold);
    m_order->setVisible(!fold);
}

void RejectionsPanel::copy() { copyRows(false); }

void RejectionsPanel::copyWithHeaders() { copyRows(true); }

void RejectionsPanel::copyRows(bool withHeaders)
{
    const QItemSelectionModel& chooser = *m_table->selectionModel();
    if (chosenCount(chooser) > MostCopied) {
        m_state.say(tr("At most %1 findings can be copied at once. The masked report has them all.")
                        .arg(countText(MostCopied)));
        return;
    }
    const std::vector<int> rows = chosenPositions(chooser, MostCopied);
    if (rows.empty()) {
        return;
    }
    QGuiApplication::clipboard()->setText(m_model->exactText(rows, withHeaders));
    const auto count = static_cast<quint64>(rows.size());
    m_state.say(count == 1
            ? tr("Copied 1 finding, masked.")
            : tr("Copied %1 findings, masked.", nullptr, static_cast<int>(count)).arg(countText(count)));
}

/// The keys work from everywhere in the window; Space, which prolongs it, only where nothing else takes it.
void RejectionsPanel::reveal()
{
    RevealBox& box = m_detail->reveal();
    box.toggle();
    if (box.active() && !m_table->hasFocus()) {
        box.button().setFocus(Qt::ShortcutFocusReason);
    }
}

void RejectionsPanel::hideValue() { m_detail->reveal().hideValue(); }

void RejectionsPanel::saveReport()
{
    const SelectionPtr selection = m_state.selection();
    if (!selection || selection->findings.empty()) {
        return;
    }
    auto* dialog = new ReportDialog(this);
    connect(dialog, &ReportDialog::chosen, this, [this, selection](const QString& path, bool asCsv) {
        m_state.jobs().saveRejectionReport(selection, path, asCsv);
    });
    dialog->open();
}

void RejectionsPanel::showRow()
{
    if (const auto finding = currentFinding()) {
        Q_EMIT m_state.showRowRequested(finding->row);
    }
}

void RejectionsPanel::openMenu(const QContextMenuEvent& event)
{
    const ContextCell cell = contextCell(*m_table, event);
    if (!cell.at.isValid()) {
        return;
    }
    const IndexedFinding finding = m_model->finding(cell.at.row());
    const QString masked = cell.at.siblingAtColumn(FindingsModel::MaskedColumn).data().toString();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("findingMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Show in &Preview")), &QAction::triggered, this,
        [this, row = finding.row] { Q_EMIT m_state.showRowRequested(row); });
    connect(menu->addAction(icon(QStringLiteral("filter")), tr("&Only this rule")), &QAction::triggered, this,
        [this, rule = finding.rule] {
            m_summary->choose(FindingFilter {FindingGroup::Rule, static_cast<std::size_t>(rule), {}});
        });
    connect(menu->addAction(tr("S&ort by this column")), &QAction::triggered, this,
        [this, column = cell.at.column()] { sortBy(column); });
    menu->addSeparator();
    QAction* copy = menu->addAction(icon(QStringLiteral("copy")), tr("&Copy masked text"));
    copy->setEnabled(!masked.isEmpty());
    connect(copy, &QAction::triggered, this, [this, masked] {
        QGuiApplication::clipboard()->setText(masked);
        m_state.say(tr("Copied, masked."));
    });
    menu->popup(cell.global);
}

void RejectionsPanel::enableActions()
{
    const bool usable = isVisible() && m_pages->currentIndex() == 0 && m_model->rowCount() > 0;
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(usable);
    }
    m_hide->setEnabled(usable && m_detail->reveal().active());
    m_saveButton->setEnabled(m_model->rowCount() > 0);
}

void RejectionsPanel::showEvent(QShowEvent* event)
{
    listFindings();
    QWidget::showEvent(event);
    foldSummary();
    enableActions();
}

void RejectionsPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_detail->reveal().hideValue();
    enableActions();
}

bool RejectionsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ContextMenu) {
        openMenu(*static_cast<QContextMenuEvent*>(event));
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Wheel
        || event->type() == QEvent::KeyPress) {
        m_chosen = true;
    }
    if (watched == m_table->viewport() && event->type() == QEvent::Resize && m_listed) {
        m_columns->fit(*m_listed);
    }
    // The table would take Space for choosing a row; while a value is shown it means more time.
    if (watched == m_table && event->type() == QEvent::KeyPress && m_detail->reveal().showsValue()
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
        m_detail->reveal().extend();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RejectionsPanel::keyPressEvent(QKeyEvent* event)
{
    RevealBox& reveal = m_detail->reveal();
    if (reveal.showsValue() && event->key() == Qt::Key_Space) {
        reveal.extend();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace workbench
