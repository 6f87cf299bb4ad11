// SPDX-License-Identifier: GPL-3.0-or-later
/// Which rows the preview shows and in which order: a part of the selection, narrowed by the search, sorted.
#pragma once

#include "ui/bridge/workbench_state.h"
#include "ui/preview/preview_header.h"
#include "ui/preview/preview_model.h"

#include <QObject>

#include <optional>
#include <vector>

namespace workbench {

/// GUI thread only. Old rows stay until the new ones are found.
class PreviewListing final : public QObject {
    Q_OBJECT

public:
    PreviewListing(WorkbenchState& state, const PreviewColumns& columns, QObject* parent = nullptr);

    void setScope(PreviewScope scope);
    [[nodiscard]] PreviewScope scope() const { return m_scope; }
    void setSearch(const QString& text);
    [[nodiscard]] const QString& search() const { return m_search; }
    void setSortKey(std::optional<SortKey> key);
    [[nodiscard]] std::optional<SortKey> sortKey() const { return m_sortKey; }

    [[nodiscard]] const IndexPtr& index() const { return m_index; }
    [[nodiscard]] const RowList& rows() const { return m_rows; }
    [[nodiscard]] const RowListFacts& facts() const { return m_facts; } ///< of rows()
    /// Rows of the scope before the search narrowed them.
    [[nodiscard]] std::size_t scopeCount() const;
    [[nodiscard]] bool searching() const { return m_searching; }
    [[nodiscard]] bool sorting() const { return m_sorting; }
    [[nodiscard]] bool narrowing() const { return m_narrowing; } ///< to what the search found; a moment
    /// Ends a sort or a search that runs; the order before it comes back, what was found stays.
    void stop();

Q_SIGNALS:
    void changed(); ///< rows() or index()
    void busyChanged(); ///< searching() or sorting()
    void sortKeyChanged();

private:
    void selectionChanged();
    void update(); ///< narrow and sort anew
    void sortAndShow(RowList rows);
    void show(RowList rows, RowListFacts facts = {});
    void showInInputOrder(RowList rows);
    [[nodiscard]] RowList scopeRows() const;
    void startSearch();
    void endSearch();
    void found(const std::vector<RowNumber>& rows);
    void narrow();
    void narrowed(const RowList& rows);
    void forgetFound();
    void setBusy(bool& which, bool busy);

    WorkbenchState& m_state;
    const PreviewColumns& m_columns;
    PreviewScope m_scope = PreviewScope::ToExport;
    QString m_search;
    std::optional<SortKey> m_sortKey;
    std::optional<SortKey> m_shownSortKey; ///< of what rows() is sorted by
    IndexPtr m_index;
    RowList m_rows;
    RowListFacts m_facts;
    SelectionPtr m_wholeScopeOf; ///< rows() is all of m_shownScope in it, in input order; or null
    PreviewScope m_shownScope = PreviewScope::ToExport;
    FoundRows m_found; ///< of the whole index
    std::size_t m_searchedRows = 0; ///< rows the index had when the search began
    bool m_searching = false;
    bool m_searchEnded = false; ///< once what it found is shown, it is no longer said to be searching
    bool m_narrowing = false;
    bool m_foundMore = false; ///< since the present narrowing began
    bool m_sorting = false;
};

} // namespace workbench
