// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/busy_line.h"
#include "ui/preview/columns_popup.h"
#include "ui/preview/preview_bars.h"
#include "ui/preview/preview_listing.h"
#include "ui/preview/preview_menus.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_state.h"
#include "ui/preview/preview_table.h"
#include "ui/preview/row_copier.h"
#include "ui/preview/row_detail.h"
#include "ui/preview/row_keeper.h"
#include "ui/preview/undo_step.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/pane_splitter.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/state_page.h"

#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

namespace {

QString detailKey() { return QStringLiteral("preview/detail"); }

} // namespace

PreviewPanel::PreviewPanel(WorkbenchState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(new PreviewModel(*state.schema(), state.rows(), this))
    , m_listing(new PreviewListing(state, m_model->columns(), this))
    , m_copier(new RowCopier(*m_model, state.rows(), this))
    , m_firstAction(StateAction::None)
    , m_secondAction(StateAction::None)
{
    setAccessibleName(tr("Preview"));
    buildActions();
    buildContent();
    connectParts();
    m_table->setColumnLayout(loadColumnLayout(toQt(m_state.schema()->name())));
    selectionChanged();
    m_table->setStatistics(m_state.statistics());
    rowsChanged();
    enableActions();
}

PreviewPanel::~PreviewPanel()
{
    QSettings settings;
    saveColumnLayout(toQt(m_state.schema()->name()), m_table->columnLayout());
}

QAction* PreviewPanel::addAction(const QString& text, const QString& iconName, const QKeySequence& keys,
    Qt::ShortcutContext context, void (PreviewPanel::*slot)())
{
    QAction* action = makePanelAction(text, iconName, keys, context, this);
    connect(action, &QAction::triggered, this, slot);
    m_actions << action;
    return action;
}

void PreviewPanel::buildActions()
{
    // Copy and the ends of the list belong to whatever has the keyboard; the others to the window.
    constexpr auto Here = Qt::WidgetWithChildrenShortcut;
    constexpr auto Window = Qt::WindowShortcut;
    addAction(
        tr("&Copy"), QStringLiteral("copy"), QKeySequence(QKeySequence::Copy), Here, &PreviewPanel::copy);
    addAction(tr("Copy with &headers"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), Here,
        &PreviewPanel::copyWithHeaders);
    addAction(tr("Find &next"), {}, QKeySequence(QKeySequence::FindNext), Window, &PreviewPanel::findNext);
    addAction(tr("&Go to row…"), {}, QKeySequence(Qt::CTRL | Qt::Key_G), Window, &PreviewPanel::goToRow);
    addAction(tr("&First row"), {}, QKeySequence(Qt::CTRL | Qt::Key_Home), Here, &PreviewPanel::goToFirst);
    addAction(tr("&Last row"), {}, QKeySequence(Qt::CTRL | Qt::Key_End), Here, &PreviewPanel::goToLast);
    m_columnsAction = addAction(tr("Col&umns…"), QStringLiteral("columns"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K), Window, &PreviewPanel::openColumns);
    m_detailAction = addAction(
        tr("&Details"), {}, QKeySequence(Qt::CTRL | Qt::Key_I), Window, &PreviewPanel::toggleDetail);
    m_stopAction = addAction(tr("S&top sorting or searching"), {}, QKeySequence(QKeySequence::Cancel), Window,
        &PreviewPanel::stop);
    m_detailAction->setCheckable(true);
    m_detailAction->setChecked(QSettings().value(detailKey(), true).toBool());
}

void PreviewPanel::buildContent()
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);

    m_scopes = new SegmentedControl(tr("Rows shown"), content);
    m_scopes->addSegment(static_cast<int>(PreviewScope::ToExport), tr("To export"));
    m_scopes->addSegment(static_cast<int>(PreviewScope::Rejected), tr("Rejected"));
    m_scopes->addSegment(static_cast<int>(PreviewScope::AllMatched), tr("All matched"));
    m_columnsText = new QLabel(content);
    m_columnsText->setFont(Theme::captionFont());
    m_columnsText->setProperty("tone", QStringLiteral("quiet"));
    m_columnsButton = makeBarButton(tr("Columns"), QStringLiteral("columns"), content);
    m_columnsButton->setAccessibleName(tr("Choose columns"));
    auto* copyButton = makeBarButton(tr("Copy"), QStringLiteral("copy"), content);
    copyButton->setAccessibleName(tr("Copy the chosen rows"));
    copyButton->setToolTip(tr("Copies the chosen rows as tab-separated text. Masked values stay masked."));
    connect(m_columnsButton, &QPushButton::clicked, this, &PreviewPanel::openColumns);
    connect(copyButton, &QPushButton::clicked, this, &PreviewPanel::copy);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(12, 7, 12, 7);
    bar->setSpacing(8);
    bar->addWidget(m_scopes);
    bar->addStretch();
    bar->addWidget(m_columnsText);
    bar->addWidget(m_columnsButton);
    bar->addWidget(copyButton);
    column->addLayout(bar);

    m_table = new PreviewTable(*m_model, content);
    m_rowsState = new StatePage(content);
    m_rows = new QStackedWidget(content);
    m_rows->addWidget(m_table);
    m_rows->addWidget(m_rowsState);
    m_busy = new BusyLine(content);
    auto* bars = new PreviewBars(m_state, *m_listing, content);
    connect(bars, &PreviewBars::clearSearchAsked, this, [this] { act(StateAction::ClearSearch); });
    auto* left = new QWidget(content);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(bars);
    leftColumn->addWidget(m_busy);
    leftColumn->addWidget(m_rows, 1);

    m_detail = new RowDetail(m_state, content);
    auto* panes = new PaneSplitter(QStringLiteral("preview/panes"), content);
    panes->addWidget(left);
    panes->addWidget(m_detail);
    panes->setUsualWidths({0});
    column->addWidget(panes, 1);

    m_wholeState = new StatePage(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(content);
    m_pages->addWidget(m_wholeState);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    m_columnsPopup = new ColumnsPopup(m_model->columns(), this);
}

void PreviewPanel::connectParts()
{
    connect(&m_state, &WorkbenchState::rowsChanged, this, &PreviewPanel::selectionChanged);
    connect(&m_state, &WorkbenchState::statisticsChanged, this,
        [this] { m_table->setStatistics(m_state.statistics()); });
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &PreviewPanel::showMessageOrRows);
    connect(&m_state, &WorkbenchState::showRowRequested, this, &PreviewPanel::showRow);
    connect(&m_state, &WorkbenchState::showPreviewRequested, this, &PreviewPanel::setScope);
    connect(m_listing, &PreviewListing::changed, this, &PreviewPanel::rowsChanged);
    connect(m_listing, &PreviewListing::busyChanged, this, [this] {
        m_busy->setBusy(m_listing->searching() || m_listing->sorting());
        enableActions();
    });
    connect(m_listing, &PreviewListing::sortKeyChanged, this,
        [this] { m_table->setSortKey(m_listing->sortKey()); });
    connect(m_scopes, &SegmentedControl::chosen, this,
        [this](int id) { m_listing->setScope(static_cast<PreviewScope>(id)); });
    connect(m_table, &PreviewTable::sortAsked, this, &PreviewPanel::sortBy);
    connect(m_table, &PreviewTable::currentRowChanged, this,
        [this] { m_detail->showRow(m_table->currentRow()); });
    connect(m_table, &PreviewTable::rowActivated, this, &PreviewPanel::showDetails);
    auto* menus = new PreviewMenus(m_state, *m_model, this);
    connect(m_table, &PreviewTable::cellMenuAsked, menus, &PreviewMenus::openOnCell);
    connect(m_table, &PreviewTable::headerMenuAsked, menus, [this, menus](int column, const QPoint& global) {
        menus->openOnHeader(column, m_listing->sortKey(), m_columnsAction, global);
    });
    connect(menus, &PreviewMenus::columnMenuOpens, menus, [this, menus] {
        const int column = std::max(m_table->currentColumn(), 0);
        menus->fillColumnMenu(column, m_listing->sortKey(), m_table->canMoveColumn(column, -1),
            m_table->canMoveColumn(column, 1));
    });
    connect(menus, &PreviewMenus::moveAsked, m_table, &PreviewTable::moveColumn);
    m_actions << menus->columnMenu()->menuAction();
    connect(menus, &PreviewMenus::detailsAsked, this, &PreviewPanel::showDetails);
    connect(menus, &PreviewMenus::sortAsked, this, &PreviewPanel::sortIn);
    connect(menus, &PreviewMenus::hideAsked, this, &PreviewPanel::hideColumn);
    connect(m_table, &PreviewTable::columnsArranged, this, [this](const ColumnLayout& before) {
        if (before.order != m_table->columnLayout().order) {
            arrange(tr("Move a column"), before, m_table->columnLayout());
        }
    });
    connect(m_table, &PreviewTable::shownColumnsChanged, this, [this] {
        const int shown = static_cast<int>(m_table->shownColumns().size()) - 2; // # and verdict are no data
        m_columnsText->setText(tr("%1 of %2 columns", nullptr, m_model->columns().count() - 2)
                                   .arg(countText(static_cast<quint64>(shown)),
                                       countText(static_cast<quint64>(m_model->columns().count() - 2))));
    });
    connect(m_columnsPopup, &ColumnsPopup::hiddenChosen, this, &PreviewPanel::hideColumns);
    connect(m_copier, &RowCopier::copied, this,
        [this](std::size_t rows) { m_state.say(tr("Copied %1.").arg(rowsText(rows))); });
    for (StatePage* page : {m_wholeState, m_rowsState}) {
        connect(page, &StatePage::firstClicked, this, [this] { act(m_firstAction); });
        connect(page, &StatePage::secondClicked, this, [this] { act(m_secondAction); });
    }
    new RowKeeper(m_state, *m_table, *m_model, *m_listing, this);
    m_detail->setVisible(m_detailAction->isChecked());
    Q_EMIT m_table->shownColumnsChanged();
}

bool PreviewPanel::idle() const
{
    return m_model->idle() && m_detail->idle() && !m_listing->searching() && !m_listing->sorting()
        && !m_listing->narrowing() && !m_copier->waiting();
}

QList<QAction*> PreviewPanel::actions() const { return m_actions; }

Panes PreviewPanel::panes() const { return {&m_table->view(), m_detail}; }

void PreviewPanel::selectionChanged()
{
    const SelectionPtr& selection = m_state.selection();
    const Ledger ledger = selection ? selection->ledger : Ledger();
    m_scopes->setCount(static_cast<int>(PreviewScope::ToExport), ledger.toExport, ledger.growing);
    m_scopes->setCount(static_cast<int>(PreviewScope::Rejected), ledger.rejected, ledger.growing);
    m_scopes->setCount(static_cast<int>(PreviewScope::AllMatched), ledger.matched, ledger.growing);
    showMessageOrRows();
}

void PreviewPanel::rowsChanged()
{
    m_table->showRows(m_listing->index(), m_listing->rows(), m_listing->facts());
    if (m_rowToShow && m_table->goToRow(*m_rowToShow)) {
        m_rowToShow.reset();
    }
    m_detail->showRow(m_table->currentRow());
    showMessageOrRows();
}

void PreviewPanel::showMessageOrRows()
{
    const std::size_t shown = m_listing->rows() ? m_listing->rows()->size() : 0;
    const bool waiting = m_listing->searching() || m_listing->sorting();
    const auto message = waiting
        ? std::nullopt
        : previewStateMessage(m_state, m_listing->scope(), m_listing->search(), shown);
    m_pages->setCurrentIndex(message && message->wholePanel ? 1 : 0);
    m_rows->setCurrentIndex(message && !message->wholePanel ? 1 : 0);
    m_detail->setVisible(m_detailAction->isChecked() && !message);
    enableActions();
    if (!message) {
        return;
    }
    StatePage* page = message->wholePanel ? m_wholeState : m_rowsState;
    page->setMessage(message->icon, message->token, message->title, message->text);
    m_firstAction = message->first;
    m_secondAction = message->second;
    const bool nothingOpen = m_state.folderState() == FolderState::None;
    page->setButtons(nothingOpen && m_firstAction == StateAction::OpenFolder ? tr("Open folder…")
                                                                             : actionText(m_firstAction),
        actionText(m_secondAction));
}

void PreviewPanel::act(StateAction action)
{
    ExampleFilter filter = m_state.filter();
    switch (action) {
    case StateAction::None:
        break;
    case StateAction::OpenFolder:
        Q_EMIT openFolderRequested();
        break;
    case StateAction::OpenSample:
        m_state.openFolder(m_state.options().sampleDir);
        break;
    case StateAction::TryAgain:
        m_state.reload();
        break;
    case StateAction::ClearFilters:
        m_state.clearFilters();
        break;
    case StateAction::RemoveSource:
        filter.source.reset();
        m_state.changeFilter(filter, tr("Remove the source"));
        break;
    case StateAction::RemoveIndustry:
        filter.industry.reset();
        m_state.changeFilter(filter, tr("Remove the industry"));
        break;
    case StateAction::RemoveDates:
        filter.since.reset();
        filter.until.reset();
        m_state.changeFilter(filter, tr("Remove the date"));
        break;
    case StateAction::RemoveLabelled:
        filter.labelled = false;
        m_state.changeFilter(filter, tr("Show unlabelled rows"));
        break;
    case StateAction::ShowRejections:
        Q_EMIT m_state.showRejectionsRequested();
        break;
    case StateAction::ClearSearch:
        setSearchText({});
        Q_EMIT searchTextChanged({});
        break;
    }
}

void PreviewPanel::setScope(PreviewScope scope)
{
    m_scopes->setCurrent(static_cast<int>(scope));
    m_listing->setScope(scope);
}

void PreviewPanel::setSearchText(const QString& text) { m_listing->setSearch(text); }

void PreviewPanel::showRow(RowNumber row)
{
    if (m_table->goToRow(row)) {
        return;
    }
    m_rowToShow = row;
    if (m_listing->search().isEmpty()) {
        setScope(PreviewScope::AllMatched);
    } else {
        act(StateAction::ClearSearch);
        setScope(PreviewScope::AllMatched);
    }
    m_rowToShow.reset();
    m_table->goToRow(row);
}

void PreviewPanel::findNext()
{
    const int count = m_model->rowCount();
    if (count == 0) {
        return;
    }
    const auto current = m_table->currentRow();
    const int position = current ? m_model->positionOf(*current) + 1 : 0;
    m_table->goToPosition(position >= count ? 0 : position);
}

void PreviewPanel::copy() { copyRows(false); }

void PreviewPanel::copyWithHeaders() { copyRows(true); }

void PreviewPanel::copyRows(bool withHeaders)
{
    if (m_table->chosenCount() > RowCopier::MostRows) {
        m_state.say(tr("At most %1 rows can be copied at once. An export writes them all.")
                        .arg(countText(RowCopier::MostRows)));
        return;
    }
    m_copier->copy(m_table->chosenPositions(RowCopier::MostRows), m_table->shownColumns(), withHeaders);
}

void PreviewPanel::goToRow()
{
    if (m_model->rowCount() == 0) {
        return;
    }
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Go to row"));
    dialog->setLabelText(tr("Row number, 1 to %1").arg(countText(static_cast<quint64>(m_model->rowCount()))));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, m_model->rowCount());
    dialog->setOkButtonText(tr("Go"));
    connect(dialog, &QInputDialog::intValueSelected, this,
        [this](int number) { m_table->goToPosition(number - 1); });
    dialog->open();
}

void PreviewPanel::goToFirst() { m_table->goToPosition(0); }

void PreviewPanel::goToLast() { m_table->goToPosition(m_model->rowCount() - 1); }

void PreviewPanel::stop() { m_listing->stop(); }

void PreviewPanel::openColumns()
{
    QSet<QString> shown;
    for (const int column : m_table->shownColumns()) {
        shown.insert(m_model->columns().path(column));
    }
    m_columnsPopup->open(m_columnsButton, shown, m_state.statistics());
}

void PreviewPanel::toggleDetail()
{
    QSettings().setValue(detailKey(), m_detailAction->isChecked());
    showMessageOrRows();
}

void PreviewPanel::hideColumns(const std::optional<QSet<QString>>& hidden)
{
    const ColumnLayout before = m_table->columnLayout();
    ColumnLayout after = before;
    after.hidden = hidden;
    arrange(tr("Choose columns"), before, after);
}

void PreviewPanel::arrange(const QString& name, const ColumnLayout& before, const ColumnLayout& after)
{
    if (after == before) {
        return; // nothing to take back
    }
    const auto put = [table = QPointer<PreviewTable>(m_table)](const ColumnLayout& layout) {
        if (table && !(table->columnLayout() == layout)) {
            table->setColumnLayout(layout);
        }
    };
    m_state.undoStack().push(new UndoStep(
        name, [put, after] { put(after); }, [put, before] { put(before); }));
}

void PreviewPanel::sortBy(int column)
{
    const std::optional<SortKey> now = m_listing->sortKey();
    if (!now || now->column != column) {
        sortIn(column, SortOrder::Ascending);
    } else if (now->order == SortOrder::Ascending) {
        sortIn(column, SortOrder::Descending);
    } else {
        sortIn(column, std::nullopt);
    }
}

void PreviewPanel::sortIn(int column, std::optional<SortOrder> order)
{
    const std::optional<SortKey> wanted = order ? std::optional(SortKey {column, *order}) : std::nullopt;
    if (wanted != m_listing->sortKey()) {
        setSortKey(
            order ? tr("Sort by %1").arg(m_model->columns().name(column)) : tr("Sort in file order"), wanted);
    }
}

void PreviewPanel::hideColumn(int column)
{
    QSet<QString> hidden {m_model->columns().path(column)};
    for (int each = PreviewColumns::FrozenCount; each < m_model->columns().count(); ++each) {
        if (!m_table->isColumnShown(each)) {
            hidden.insert(m_model->columns().path(each));
        }
    }
    const ColumnLayout before = m_table->columnLayout();
    ColumnLayout after = before;
    after.hidden = hidden;
    arrange(tr("Hide %1").arg(m_model->columns().name(column)), before, after);
}

void PreviewPanel::showDetails()
{
    if (!m_detailAction->isChecked()) {
        m_detailAction->trigger();
    }
}

void PreviewPanel::setSortKey(const QString& name, std::optional<SortKey> key)
{
    const auto put = [listing = QPointer<PreviewListing>(m_listing)](std::optional<SortKey> which) {
        if (listing) {
            listing->setSortKey(which);
        }
    };
    const std::optional<SortKey> before = m_listing->sortKey();
    m_state.undoStack().push(new UndoStep(
        name, [put, key] { put(key); }, [put, before] { put(before); }));
}

void PreviewPanel::enableActions()
{
    const bool hasRows = m_model->rowCount() > 0;
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(isVisible() && (hasRows || action == m_columnsAction || action == m_detailAction));
    }
    m_stopAction->setEnabled(isVisible() && (m_listing->searching() || m_listing->sorting()));
}

void PreviewPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    enableActions();
}

void PreviewPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    enableActions();
}

} // namespace workbench
