// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/row_keeper.h"

#include "ui/preview/preview_listing.h"
#include "ui/preview/preview_model.h"
#include "ui/preview/preview_table.h"

#include <utility>
#include <vector>

namespace workbench {

RowKeeper::RowKeeper(WorkbenchState& state, PreviewTable& table, const PreviewModel& model,
    const PreviewListing& listing, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_table(table)
    , m_model(model)
    , m_listing(listing)
    , m_lane(this)
{
    connect(&m_state, &WorkbenchState::folderStateChanged, this, &RowKeeper::folderChanged);
    connect(&m_listing, &PreviewListing::changed, this, &RowKeeper::look);
    // Queued: the end of a search is told just before what it found is shown.
    connect(&m_listing, &PreviewListing::busyChanged, this, &RowKeeper::choose, Qt::QueuedConnection);
}

std::string RowKeeper::idOf(RowNumber row) const
{
    const LoadedRowPtr loaded = m_state.rows().cached(row);
    if (!loaded || loaded->explanation.cells.empty()) {
        return {};
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
    m_lane.forget();
    m_wanted.reset();
    if (std::string next = std::exchange(m_next, {}); !next.empty()) {
        m_wanted = Wanted {next, {next}, false, {}};
        return;
    }
    const auto current = m_table.currentRow();
    if (!reload || !current) {
        return;
    }
    Wanted wanted;
    wanted.current = idOf(*current);
    for (const RowNumber row : m_table.chosenRows()) {
        wanted.ids.insert(idOf(row));
    }
    wanted.ids.insert(wanted.current);
    wanted.ids.erase(std::string());
    if (!wanted.ids.empty()) {
        m_wanted = std::move(wanted);
    }
}

void RowKeeper::look()
{
    const IndexPtr& index = m_listing.index();
    if (!m_wanted || m_wanted->looking || !index || !index->complete() || index != m_state.index()
        || m_model.exampleIndex() != index) {
        return;
    }
    if (m_wanted->rows) {
        choose();
        return;
    }
    m_wanted->looking = true;
    m_lane.start([this, index, ids = m_wanted->ids](const std::stop_token& stop, const Lane::Report& report) {
        auto rows = findById(*index, ids, stop);
        report([this, rows = rows ? std::optional(std::move(*rows)) : std::nullopt] {
            m_wanted->looking = false;
            m_wanted->rows = rows;
            if (rows) {
                choose();
            } else { // the files changed meanwhile
                m_wanted.reset();
            }
        });
    });
}

void RowKeeper::choose()
{
    if (!m_wanted || !m_wanted->rows || m_listing.searching() || m_listing.narrowing()
        || m_listing.sorting()) {
        return; // the listing tells when it has changed
    }
    const Wanted wanted = *std::exchange(m_wanted, std::nullopt);
    std::vector<RowNumber> chosen;
    for (const auto& [id, row] : *wanted.rows) {
        chosen.push_back(row);
    }
    if (wanted.current.empty()) { // nothing to find it by but its number
        m_table.choose(chosen, m_table.currentRow());
        return;
    }
    const auto current = wanted.rows->find(wanted.current);
    const bool there = current != wanted.rows->end();
    m_table.choose(chosen, there ? std::optional(current->second) : std::nullopt);
    if (!there) {
        m_state.say(tr("The chosen row is no longer in the folder."));
    }
}

} // namespace workbench
