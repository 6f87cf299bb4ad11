// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/row_keeper.h"

#include "ui/bridge/qt_text.h"
#include "ui/preview/preview_listing.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_table.h"

namespace workbench {

RowKeeper::RowKeeper(WorkbenchState& state, PreviewTable& table, const PreviewModel& model,
    const PreviewListing& listing, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_table(table)
    , m_model(model)
    , m_listing(listing)
{
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &RowKeeper::folderChanged);
    connect(&m_listing, &PreviewListing::changed, this, &RowKeeper::lookWhereItWas);
    connect(&m_state.rows(), &RowService::loaded, this, &RowKeeper::lookWhereItWas);
    connect(&m_state.reviews(), &ReviewRunner::searchFound, this, &RowKeeper::found);
    connect(&m_state.reviews(), &ReviewRunner::searchFinished, this, [this] {
        if (m_wanted && m_wanted->searching) {
            m_wanted.reset(); // it is gone
        }
    });
}

std::optional<std::string> RowKeeper::idOf(RowNumber row) const
{
    const LoadedRowPtr loaded = m_state.rows().cached(row);
    if (!loaded || loaded->explanation.cells.empty()) {
        return std::nullopt;
    }
    const GuardedCell& id = loaded->explanation.cells[RowColumns::ExampleId];
    // A refused id is only a shape: many rows have the same.
    return id.state == GuardedCell::State::Value ? id.text : std::string();
}

void RowKeeper::folderChanged()
{
    if (m_state.folderState() != FolderState::Reading || m_state.readAt() == m_readAt) {
        return;
    }
    const bool reload = m_state.folder() == m_folder;
    m_folder = m_state.folder();
    m_readAt = m_state.readAt();
    m_wanted.reset();
    const auto current = m_table.currentRow();
    const auto id = reload && current ? idOf(*current) : std::nullopt;
    if (id && !id->empty()) {
        m_wanted = Wanted {*current, *id, false};
    }
}

void RowKeeper::lookWhereItWas()
{
    const IndexPtr& index = m_listing.index();
    if (!m_wanted || m_wanted->searching || !index || !index->complete() || index != m_state.index()
        || m_model.exampleIndex() != index) {
        return;
    }
    if (m_wanted->row < index->rows()) {
        const auto id = idOf(m_wanted->row);
        if (!id) {
            const RowNumber wanted[] = {m_wanted->row};
            m_state.rows().request(wanted); // loaded() brings us back
            return;
        }
        if (*id == m_wanted->id) {
            const RowNumber row = m_wanted->row;
            m_wanted.reset();
            m_table.goToRow(row);
            return;
        }
    }
    if (!m_listing.search().isEmpty()) { // somebody else's search must not be stopped by ours
        m_wanted.reset();
        return;
    }
    m_wanted->searching = true;
    m_state.reviews().search(index, toQt(m_wanted->id));
}

void RowKeeper::found(const std::vector<RowNumber>& rows)
{
    if (m_wanted && m_wanted->searching && !rows.empty() && m_listing.search().isEmpty()) {
        m_wanted.reset();
        m_table.goToRow(rows.front());
    }
}

} // namespace workbench
