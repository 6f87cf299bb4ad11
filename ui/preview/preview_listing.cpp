// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_listing.h"

#include "ui/bridge/qt_text.h"

namespace workbench {

PreviewListing::PreviewListing(WorkbenchState& state, const PreviewColumns& columns, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_columns(columns)
{
    connect(&m_state, &WorkbenchState::rowsChanged, this, &PreviewListing::selectionChanged);
    ReviewRunner& reviews = m_state.reviews();
    connect(&reviews, &ReviewRunner::sorted, this, [this](const RowList& rows) {
        if (m_sorting) {
            m_shownSortKey = m_sortKey;
            m_wholeScopeOf.reset();
            show(rows);
            setBusy(m_sorting, false);
        }
    });
    connect(&reviews, &ReviewRunner::sortFailed, this, [this](const Error& error) {
        if (m_sorting) {
            setBusy(m_sorting, false);
            setSortKey(m_shownSortKey);
            if (error.code != ErrorCode::Cancelled) {
                m_state.say(toQt(error.message));
            }
        }
    });
    connect(&reviews, &ReviewRunner::searchFound, this, &PreviewListing::found);
    connect(&reviews, &ReviewRunner::narrowed, this, &PreviewListing::narrowed);
    connect(&reviews, &ReviewRunner::searchFinished, this, [this] {
        if (m_searching) { // else somebody else's
            endSearch();
        }
    });
    connect(&reviews, &ReviewRunner::searchFailed, this, [this](const Error& error) {
        if (!m_searching) {
            return;
        }
        if (error.code != ErrorCode::Cancelled) {
            m_state.say(toQt(error.message));
        }
        endSearch();
    });
    selectionChanged();
}

void PreviewListing::setScope(PreviewScope scope)
{
    if (scope != m_scope) {
        m_scope = scope;
        update();
    }
}

void PreviewListing::setSearch(const QString& text)
{
    if (text == m_search) {
        return;
    }
    m_search = text;
    forgetFound();
    m_searchedRows = 0;
    if (text.isEmpty()) {
        m_state.reviews().cancelSearch();
        setBusy(m_searching, false);
        update();
    } else {
        startSearch();
    }
}

void PreviewListing::startSearch()
{
    if (m_search.isEmpty() || !m_state.index()) {
        return;
    }
    forgetFound();
    m_searchedRows = m_state.index()->rows();
    setBusy(m_searching, true);
    m_state.reviews().search(m_state.index(), m_search);
}

void PreviewListing::endSearch()
{
    m_searchEnded = true;
    update(); // nothing found is an answer, too
}

void PreviewListing::forgetFound()
{
    m_found.clear();
    m_searchEnded = false;
    m_narrowing = false;
    m_state.reviews().cancelNarrowing();
}

void PreviewListing::found(const std::vector<RowNumber>& rows)
{
    if (!m_searching) {
        return;
    }
    m_found.add(rows);
    if (m_narrowing) { // what comes faster than it is shown waits for its turn instead of starting over
        m_foundMore = true;
    } else {
        update();
    }
}

void PreviewListing::narrow()
{
    m_narrowing = true;
    m_foundMore = false;
    m_state.reviews().narrow(m_found, scopeRows());
}

void PreviewListing::narrowed(const RowList& rows)
{
    const bool more = m_foundMore;
    m_narrowing = false;
    if (m_searchEnded) {
        m_searchEnded = false;
        setBusy(m_searching, false);
    }
    sortAndShow(rows);
    if (more) {
        update();
    }
}

void PreviewListing::setSortKey(std::optional<SortKey> key)
{
    if (key == m_sortKey) {
        return;
    }
    m_sortKey = key;
    Q_EMIT sortKeyChanged();
    update();
}

std::size_t PreviewListing::scopeCount() const
{
    const RowList rows = scopeRows();
    return rows ? rows->size() : 0;
}

void PreviewListing::stop()
{
    if (m_sorting) {
        m_state.reviews().cancelSort();
        setBusy(m_sorting, false);
        m_sortKey = m_shownSortKey;
        Q_EMIT sortKeyChanged();
    }
    if (m_searching) {
        m_state.reviews().cancelSearch();
        setBusy(m_searching, false);
        update();
    }
}

void PreviewListing::selectionChanged()
{
    const SelectionPtr& selection = m_state.selection();
    const bool otherFolder
        = !selection || !m_index || selection->index->files().files != m_index->files().files;
    if (otherFolder) { // rows of another folder mean nothing here
        m_index = selection ? selection->index : nullptr;
        m_rows.reset();
        m_facts = {};
        m_wholeScopeOf.reset();
        forgetFound();
        m_searchedRows = 0;
        m_shownSortKey.reset();
    }
    if (!selection) { // a search of what was there before was given up with it
        setBusy(m_searching, false);
    }
    if (selection && !m_search.isEmpty() && selection->index->complete()
        && m_searchedRows != selection->index->rows()) {
        startSearch(); // once the scan is done: all rows are searched
    }
    update();
}

RowList PreviewListing::scopeRows() const
{
    const SelectionPtr& selection = m_state.selection();
    if (!selection) {
        return nullptr;
    }
    // Shares the selection instead of copying its rows.
    switch (m_scope) {
    case PreviewScope::ToExport:
        return {selection, &selection->kept};
    case PreviewScope::Rejected:
        return {selection, &selection->rejected};
    case PreviewScope::AllMatched:
        return {selection, &selection->matched};
    }
    return nullptr;
}

void PreviewListing::update()
{
    if (m_state.selection()) {
        m_index = m_state.selection()->index;
    }
    if (m_search.isEmpty() || !m_state.selection()) {
        sortAndShow(scopeRows());
    } else {
        narrow();
    }
}

void PreviewListing::sortAndShow(RowList rows)
{
    if (m_sorting) {
        m_state.reviews().cancelSort(); // of rows that are not wanted any more
        setBusy(m_sorting, false);
    }
    const bool byNumber = m_sortKey && m_sortKey->column == PreviewColumns::Number;
    if (!m_sortKey || !rows || rows->size() < 2 || (byNumber && m_sortKey->order == SortOrder::Ascending)) {
        m_shownSortKey = m_sortKey;
        showInInputOrder(std::move(rows));
        return;
    }
    const auto place = m_columns.rowColumn(m_sortKey->column);
    const int column = byNumber ? ReviewRunner::NumberColumn
        : place                 ? static_cast<int>(*place)
                                : ReviewRunner::VerdictColumn;
    if (!m_rows) {
        showInInputOrder(rows); // something to look at meanwhile
    }
    setBusy(m_sorting, true);
    m_state.reviews().sort(m_state.selection(), std::move(rows), column, m_sortKey->order);
}

void PreviewListing::showInInputOrder(RowList rows)
{
    RowListFacts facts;
    facts.ascending = true;
    const SelectionPtr& now = m_state.selection();
    if (m_wholeScopeOf && now && m_search.isEmpty() && m_scope == m_shownScope
        && now->filter == m_wholeScopeOf->filter && now->index->continues(*m_wholeScopeOf->index)) {
        facts.startsWith = m_rows;
    }
    m_wholeScopeOf = m_search.isEmpty() ? now : nullptr;
    m_shownScope = m_scope;
    show(std::move(rows), std::move(facts));
}

void PreviewListing::show(RowList rows, RowListFacts facts)
{
    m_rows = std::move(rows);
    m_facts = std::move(facts);
    Q_EMIT changed();
}

void PreviewListing::setBusy(bool& which, bool busy)
{
    if (which != busy) {
        which = busy;
        Q_EMIT busyChanged();
    }
}

} // namespace workbench
