// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_table.h"

#include "ui/preview/preview_delegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chosen_rows.h"
#include "ui/widgets/context_cell.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QGridLayout>
#include <QItemSelectionModel>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace workbench {

namespace {

constexpr std::size_t MostKeptChosen = 1000; ///< chosen rows found again after other rows are shown

} // namespace

PreviewTable::PreviewTable(PreviewModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_frozen(new RowTable(this))
    , m_main(new RowTable(this))
    , m_frozenHeader(new PreviewHeader(model.columns(), m_frozen))
    , m_mainHeader(new PreviewHeader(model.columns(), m_main))
    , m_scrollBar(new QScrollBar(Qt::Horizontal, this))
    , m_worthShowing(static_cast<std::size_t>(model.columns().count()), false)
    , m_measure(model)
    , m_fitted(static_cast<std::size_t>(model.columns().count()), 0)
{
    buildView(*m_frozen, *m_frozenHeader);
    buildView(*m_main, *m_mainHeader);
    m_main->setObjectName(QStringLiteral("previewTable"));
    m_main->setAccessibleName(tr("Rows"));
    m_main->setAccessibleDescription(tr("One row for each training example, one column for each field."));
    m_mainHeader->setSectionsMovable(true);
    m_frozen->setObjectName(QStringLiteral("previewFrozen"));
    m_frozen->setAccessibleName(tr("Row numbers, verdicts and ids"));
    m_frozen->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setSelectionModel(m_main->selectionModel());
    m_scrollBar->setAccessibleName(tr("Scroll columns"));
    for (int column = 0; column < m_model.columns().count(); ++column) {
        const bool isFrozen = column < PreviewColumns::FrozenCount;
        m_frozen->setColumnHidden(column, !isFrozen);
        m_main->setColumnHidden(column, isFrozen);
    }

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(1); // the line between what stays and what scrolls
    layout->setVerticalSpacing(0);
    layout->addWidget(m_frozen, 0, 0);
    layout->addWidget(m_main, 0, 1);
    layout->addWidget(m_scrollBar, 1, 0, 1, 2);
    layout->setColumnStretch(1, 1);

    connectViews();
    fitRowHeights();
    fitWidths();
}

void PreviewTable::buildView(RowTable& view, PreviewHeader& header)
{
    view.setHorizontalHeader(&header);
    view.setModel(&m_model);
    view.setItemDelegate(new PreviewDelegate(m_model.columns(), &view));
    view.setFrameShape(QFrame::NoFrame);
    view.setTabKeyNavigation(false);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    for (QWidget* part : {static_cast<QWidget*>(&view), view.viewport(), header.viewport()}) {
        part->installEventFilter(this);
    }
}

bool PreviewTable::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ContextMenu) {
        askForMenu(watched, *static_cast<QContextMenuEvent*>(event));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PreviewTable::askForMenu(QObject* watched, const QContextMenuEvent& event)
{
    for (const PreviewHeader* header : {m_frozenHeader, m_mainHeader}) {
        if (watched == header->viewport()) {
            const int column = header->logicalIndexAt(event.pos());
            if (column >= 0) {
                Q_EMIT headerMenuAsked(column, event.globalPos());
            }
            return;
        }
    }
    const bool isFrozen = watched == m_frozen || watched == m_frozen->viewport();
    const ContextCell cell = contextCell(isFrozen ? *m_frozen : *m_main, event);
    if (cell.at.isValid()) {
        Q_EMIT cellMenuAsked(cell.at, cell.global);
    }
}

void PreviewTable::connectViews()
{
    QScrollBar* const columns = m_main->horizontalScrollBar();
    connect(columns, &QScrollBar::rangeChanged, this, [this, columns](int least, int most) {
        m_scrollBar->setRange(least, most);
        m_scrollBar->setPageStep(columns->pageStep());
        m_scrollBar->setSingleStep(columns->singleStep());
        m_scrollBar->setVisible(most > least);
    });
    connect(columns, &QScrollBar::valueChanged, m_scrollBar, &QScrollBar::setValue);
    connect(m_scrollBar, &QScrollBar::valueChanged, columns, &QScrollBar::setValue);
    // A family's name stays in sight while its columns scroll, so it is painted anew.
    connect(columns, &QScrollBar::valueChanged, m_mainHeader->viewport(), qOverload<>(&QWidget::update));
    connect(m_main->verticalScrollBar(), &QScrollBar::valueChanged, m_frozen->verticalScrollBar(),
        &QScrollBar::setValue);
    connect(m_frozen->verticalScrollBar(), &QScrollBar::valueChanged, m_main->verticalScrollBar(),
        &QScrollBar::setValue);

    connect(m_main->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &PreviewTable::currentRowChanged);
    for (PreviewHeader* header : {m_frozenHeader, m_mainHeader}) {
        connect(header, &QHeaderView::sectionClicked, this, &PreviewTable::sortAsked);
        connect(header, &QHeaderView::sectionMoved, this, &PreviewTable::sectionArranged);
        connect(header, &QHeaderView::sectionResized, this, [this, header](int column, int, int width) {
            if (width > 0 && width < header->leastWidth(column) && !m_applying) {
                header->resizeSection(column, header->leastWidth(column));
                return;
            }
            fitFrozenWidth();
            sectionArranged();
        });
    }
    // Ids are read after their rows are shown, and an id is never cut.
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &PreviewTable::fitIds);
    for (RowTable* view : {m_frozen, m_main}) {
        connect(view, &QTableView::activated, this, &PreviewTable::rowActivated);
    }
}

void PreviewTable::showRows(IndexPtr index, RowList rows, const RowListFacts& facts)
{
    if (index && m_model.exampleIndex() && index->files().files != m_model.exampleIndex()->files().files) {
        // Another folder: what its columns hold is seen anew.
        std::fill(m_worthShowing.begin(), m_worthShowing.end(), false);
        std::fill(m_fitted.begin(), m_fitted.end(), 0);
    }
    const std::optional<RowNumber> current = currentRow();
    const int top = m_main->verticalScrollBar()->value();
    const int below = current ? m_main->currentIndex().row() - top : 0;
    const int column = m_main->currentIndex().column();
    const std::vector<RowNumber> chosen = chosenRows();

    bool wasReset = false;
    const auto watch
        = connect(&m_model, &QAbstractItemModel::modelReset, this, [&wasReset] { wasReset = true; });
    m_model.show(std::move(index), std::move(rows), facts);
    disconnect(watch);
    fitFrozenColumns();

    if (m_model.rowCount() == 0) {
        Q_EMIT currentRowChanged();
        return;
    }
    if (!wasReset && m_main->currentIndex().isValid()) {
        return;
    }
    const int position = current ? m_model.positionOf(*current) : -1;
    select(chosen, std::max(position, 0), column);
    m_main->verticalScrollBar()->setValue(position >= 0 ? position - below : 0);
    Q_EMIT currentRowChanged();
}

void PreviewTable::select(const std::vector<RowNumber>& rows, int position, int column)
{
    QItemSelection selection;
    for (const RowNumber row : rows) {
        if (const int at = m_model.positionOf(row); at >= 0) {
            selection.select(m_model.index(at, 0), m_model.index(at, m_model.columnCount() - 1));
        }
    }
    QItemSelectionModel& chooser = *m_main->selectionModel();
    const QModelIndex cell = column >= 0 ? m_model.index(position, column) : cellOf(position);
    chooser.setCurrentIndex(cell, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    chooser.select(selection, QItemSelectionModel::Select);
}

std::vector<RowNumber> PreviewTable::chosenRows() const
{
    std::vector<RowNumber> rows;
    if (chosenCount() <= MostKeptChosen) {
        for (const int position : chosenPositions(MostKeptChosen)) {
            rows.push_back(m_model.rowNumber(position));
        }
    }
    return rows;
}

void PreviewTable::choose(const std::vector<RowNumber>& rows, std::optional<RowNumber> current)
{
    if (m_model.rowCount() > 0) {
        const int position = current ? std::max(m_model.positionOf(*current), 0) : 0;
        select(rows, position, m_main->currentIndex().column());
        bringIntoView(m_main->currentIndex());
        Q_EMIT currentRowChanged(); // the number may be the same, and the row another
    }
}

void PreviewTable::setStatistics(const StatisticsPtr& statistics)
{
    m_statistics = statistics;
    m_model.setStatistics(statistics);
    m_mainHeader->setStatistics(statistics);
    if (statistics) {
        const PreviewColumns& columns = m_model.columns();
        for (int column = PreviewColumns::FrozenCount; column < columns.count(); ++column) {
            if (columns.shownByDefault(column, *statistics)) {
                m_worthShowing[static_cast<std::size_t>(column)] = true;
            }
        }
    }
    applyHidden();
    fitWidths();
}

void PreviewTable::setSortKey(std::optional<SortKey> key)
{
    m_frozenHeader->setSortKey(key);
    m_mainHeader->setSortKey(key);
}

std::optional<RowNumber> PreviewTable::currentRow() const
{
    const QModelIndex at = m_main->currentIndex();
    return at.isValid() ? std::optional(m_model.rowNumber(at.row())) : std::nullopt;
}

QModelIndex PreviewTable::cellOf(int position) const
{
    const int column = m_main->currentIndex().column();
    if (column >= 0) {
        return m_model.index(position, column);
    }
    const std::vector<int> shown = shownColumns();
    return m_model.index(position,
        shown.size() > PreviewColumns::FrozenCount ? shown[PreviewColumns::FrozenCount]
                                                   : int {PreviewColumns::ExampleId});
}

bool PreviewTable::goToRow(RowNumber row)
{
    const int position = m_model.positionOf(row);
    if (position >= 0) {
        goToPosition(position);
    }
    return position >= 0;
}

void PreviewTable::goToPosition(int position)
{
    if (m_model.rowCount() == 0) {
        return;
    }
    const QModelIndex cell = cellOf(std::clamp(position, 0, m_model.rowCount() - 1));
    m_main->selectionModel()->setCurrentIndex(
        cell, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    bringIntoView(cell);
}

void PreviewTable::bringIntoView(const QModelIndex& cell)
{
    const int left = m_main->horizontalScrollBar()->value(); // of the row alone
    m_main->scrollTo(cell);
    m_main->horizontalScrollBar()->setValue(left);
}

std::size_t PreviewTable::chosenCount() const { return workbench::chosenCount(*m_main->selectionModel()); }

std::vector<int> PreviewTable::chosenPositions(std::size_t most) const
{
    return workbench::chosenPositions(*m_main->selectionModel(), most);
}

void PreviewTable::setColumnLayout(const ColumnLayout& layout)
{
    m_layout = layout;
    applyOrder();
    applyHidden();
    fitWidths();
}

bool PreviewTable::isColumnShown(int column) const
{
    return column < PreviewColumns::FrozenCount || !m_main->isColumnHidden(column);
}

std::vector<int> PreviewTable::shownColumns() const
{
    std::vector<int> shown {PreviewColumns::Number, PreviewColumns::Verdict, PreviewColumns::ExampleId};
    for (int visual = 0; visual < m_mainHeader->count(); ++visual) {
        const int column = m_mainHeader->logicalIndex(visual);
        if (column >= PreviewColumns::FrozenCount && !m_main->isColumnHidden(column)) {
            shown.push_back(column);
        }
    }
    return shown;
}

int PreviewTable::currentColumn() const { return m_main->currentIndex().column(); }

int PreviewTable::visualBeside(int column, int by) const
{
    if (column < PreviewColumns::FrozenCount || m_main->isColumnHidden(column)) {
        return -1;
    }
    const int step = isRightToLeft() ? -by : by;
    for (int visual = m_mainHeader->visualIndex(column) + step; visual >= 0 && visual < m_mainHeader->count();
         visual += step) {
        if (!m_mainHeader->isSectionHidden(m_mainHeader->logicalIndex(visual))) {
            return visual;
        }
    }
    return -1;
}

bool PreviewTable::canMoveColumn(int column, int by) const { return visualBeside(column, by) >= 0; }

void PreviewTable::moveColumn(int column, int by)
{
    if (const int visual = visualBeside(column, by); visual >= 0) {
        m_mainHeader->moveSection(m_mainHeader->visualIndex(column), visual);
        m_main->scrollTo(m_main->currentIndex());
    }
}

void PreviewTable::applyHidden()
{
    const QScopedValueRollback guard(m_applying, true);
    const PreviewColumns& columns = m_model.columns();
    bool changed = false;
    for (int column = PreviewColumns::FrozenCount; column < columns.count(); ++column) {
        const bool hide = m_layout.hidden ? m_layout.hidden->contains(columns.path(column))
                                          : m_statistics && !m_worthShowing[static_cast<std::size_t>(column)];
        if (m_main->isColumnHidden(column) != hide) {
            m_main->setColumnHidden(column, hide);
            changed = true;
        }
    }
    if (changed) {
        Q_EMIT shownColumnsChanged();
    }
}

void PreviewTable::applyOrder()
{
    const QScopedValueRollback guard(m_applying, true);
    const PreviewColumns& columns = m_model.columns();
    std::vector<int> wanted;
    for (const QString& path : std::as_const(m_layout.order)) {
        if (const int column = columns.columnOfPath(path); column >= 0) {
            wanted.push_back(column);
        }
    }
    for (int column = 0; column < columns.count(); ++column) { // those a remembered order does not know
        if (std::find(wanted.begin(), wanted.end(), column) == wanted.end()) {
            wanted.insert(wanted.begin() + std::min<std::ptrdiff_t>(column, std::ssize(wanted)), column);
        }
    }
    for (int visual = 0; visual < static_cast<int>(wanted.size()); ++visual) {
        m_mainHeader->moveSection(
            m_mainHeader->visualIndex(wanted[static_cast<std::size_t>(visual)]), visual);
    }
    m_mainHeader->viewport()->update();
}

void PreviewTable::sectionArranged()
{
    if (m_applying) {
        return;
    }
    const ColumnLayout before = m_layout;
    const PreviewColumns& columns = m_model.columns();
    QStringList order;
    bool moved = false;
    for (int visual = 0; visual < m_mainHeader->count(); ++visual) {
        order << columns.path(m_mainHeader->logicalIndex(visual));
        moved = moved || m_mainHeader->logicalIndex(visual) != visual;
    }
    m_layout.order = moved ? order : QStringList();
    for (int column = 0; column < columns.count(); ++column) {
        const QHeaderView& header = column < PreviewColumns::FrozenCount ? *m_frozenHeader : *m_mainHeader;
        const int width = header.sectionSize(column);
        if (width > 0 && width != m_fitted[static_cast<std::size_t>(column)]) {
            m_layout.widths.insert(columns.path(column), width);
        }
    }
    if (!(before == m_layout)) {
        Q_EMIT columnsArranged(before);
    }
}

int PreviewTable::neededWidth(int column) const
{
    const PreviewHeader& header = column < PreviewColumns::FrozenCount ? *m_frozenHeader : *m_mainHeader;
    return std::max(header.leastWidth(column), m_measure.widthOf(column, m_statistics, m_main->topRow()));
}

/// By hand. For each column at every change of the figures: no text is made where there is none.
std::optional<int> PreviewTable::chosenWidth(int column) const
{
    if (m_layout.widths.isEmpty()) {
        return std::nullopt;
    }
    const auto found = m_layout.widths.constFind(m_model.columns().path(column));
    return found != m_layout.widths.constEnd() ? std::optional(*found) : std::nullopt;
}

void PreviewTable::fitWidths()
{
    const QScopedValueRollback guard(m_applying, true);
    const PreviewColumns& columns = m_model.columns();
    for (int column = 0; column < columns.count(); ++column) {
        PreviewHeader& header = column < PreviewColumns::FrozenCount ? *m_frozenHeader : *m_mainHeader;
        if (header.isSectionHidden(column)) {
            continue;
        }
        int& fitted = m_fitted[static_cast<std::size_t>(column)];
        // Widths only grow by themselves: a filter must not make the columns jump.
        fitted = std::max(fitted, neededWidth(column));
        const std::optional<int> chosen = chosenWidth(column);
        const int width = chosen ? std::max(*chosen, header.leastWidth(column)) : fitted;
        if (header.sectionSize(column) != width) {
            header.resizeSection(column, width);
        }
    }
    fitFrozenWidth();
}

void PreviewTable::fitFrozenColumns()
{
    for (int column = 0; column < PreviewColumns::FrozenCount; ++column) {
        fitFrozenColumn(column);
    }
    fitFrozenWidth();
}

void PreviewTable::fitIds(const QModelIndex& topLeft, const QModelIndex& bottomRight)
{
    if (topLeft.row() < m_main->topRow() + m_main->rowsInSight() && bottomRight.row() >= m_main->topRow()) {
        fitFrozenColumn(PreviewColumns::ExampleId);
        fitFrozenWidth();
    }
}

void PreviewTable::fitFrozenColumn(int column)
{
    const QScopedValueRollback guard(m_applying, true);
    if (!chosenWidth(column)) {
        int& fitted = m_fitted[static_cast<std::size_t>(column)];
        fitted = std::max(fitted, neededWidth(column));
        m_frozenHeader->resizeSection(column, fitted);
    }
}

void PreviewTable::fitFrozenWidth() { m_frozen->setFixedWidth(m_frozenHeader->length()); }

void PreviewTable::fitRowHeights()
{
    for (RowTable* view : {m_frozen, m_main}) {
        view->setRowHeight(Theme::rowHeight());
    }
}

void PreviewTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().line);
}

void PreviewTable::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitRowHeights();
        std::fill(m_fitted.begin(), m_fitted.end(), 0);
        fitWidths();
    }
}

} // namespace workbench
