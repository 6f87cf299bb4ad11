// SPDX-License-Identifier: GPL-3.0-or-later
/// Finds the chosen rows again after a reload, and that of the last session, by their example ids: their
/// numbers may have become others'.
#pragma once

#include "ui/bridge/lane.h"
#include "ui/bridge/workbench_state.h"

#include <QDateTime>
#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace workbench {

class PreviewListing;
class PreviewModel;
class PreviewTable;

/// GUI thread only; ids are looked for on a thread of its own, beside whatever the person searches.
class RowKeeper final : public QObject {
    Q_OBJECT

public:
    RowKeeper(WorkbenchState& state, PreviewTable& table, const PreviewModel& model,
        const PreviewListing& listing, QObject* parent = nullptr);

    /// The row of that id is the current one once the folder that is opened next has been read.
    void keepForNext(std::string id) { m_next = std::move(id); }
    /// Of the row that is to be the current one and was not found yet; else empty.
    [[nodiscard]] std::string lookedFor() const { return m_wanted ? m_wanted->current : m_next; }

private:
    using Ids = std::set<std::string, std::less<>>;
    using Rows = std::map<std::string, RowNumber, std::less<>>;
    struct Wanted {
        std::string current; ///< its id; empty where it is not known
        Ids ids; ///< of all that were chosen, and the current one's
        bool looking = false;
        std::optional<Rows> rows; ///< where they are now
    };

    void folderChanged();
    void look();
    void choose(); ///< once the listing stands still
    [[nodiscard]] std::string idOf(RowNumber row) const; ///< nothing while it is not loaded

    WorkbenchState& m_state;
    PreviewTable& m_table;
    const PreviewModel& m_model;
    const PreviewListing& m_listing;
    std::string m_next;
    QString m_folder;
    QDateTime m_readAt;
    std::optional<Wanted> m_wanted;
    Lane m_lane; // last: goes first
};

} // namespace workbench
