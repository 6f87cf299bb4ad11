// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_listing.h"

#include "ui/bridge/qt_text.h"

#include <algorithm>
#include <iterator>

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
    connect(&reviews, &ReviewRunner::searchFinished, this, [this] {
        if (!m_searching) {
            return; // somebody else's
        }
        setBusy(m_searching, false);
        update(); // nothing found is an answer, too
    });
    connect(&reviews, &ReviewRunner::searchFailed, this, [this](const Error& error) {
        if (!m_searching) {
            return;
        }
        setBusy(m_searching, false);
        if (error.code != ErrorCode::Cancelled) {
            m_state.say(toQt(error.message));
        }
        update();
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
    m_found.clear();
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
    m_found.clear();
    m_searchedRows = m_state.index()->rows();
    setBusy(m_searching, true);
    m_state.reviews().search(m_state.index(), m_search);
}

void PreviewListing::found(const std::vector<RowNumber>& rows)
{
    if (!m_searching) {
        return;
    }
    m_found.insert(m_found.end(), rows.begin(), rows.end());
    update();
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
        m_found.clear();
        m_searchedRows = 0;
        m_shownSortKey.reset();
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

RowList PreviewListing::narrowed() const
{
    const RowList all = scopeRows();
    if (m_search.isEmpty() || !all) {
        return all;
    }
    auto both = std::make_shared<std::vector<RowNumber>>();
    if (m_found.size() < all->size() / 16) { // few among many: looked up rather than walked to
        auto from = all->begin();
        for (const RowNumber row : m_found) {
            from = std::lower_bound(from, all->end(), row);
            if (from != all->end() && *from == row) {
                both->push_back(row);
            }
        }
        return both;
    }
    std::set_intersection(
        m_found.begin(), m_found.end(), all->begin(), all->end(), std::back_inserter(*both));
    return both;
}

void PreviewListing::update()
{
    RowList rows = narrowed();
    if (m_state.selection()) {
        m_index = m_state.selection()->index;
    }
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
