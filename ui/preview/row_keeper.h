// SPDX-License-Identifier: GPL-3.0-or-later
/// Finds the current row again after a reload, by its example id: its number may have become another's.
#pragma once

#include "ui/bridge/workbench_state.h"

#include <QDateTime>
#include <QObject>
#include <QString>

#include <optional>

namespace workbench {

class PreviewListing;
class PreviewModel;
class PreviewTable;

/// GUI thread only.
class RowKeeper final : public QObject {
    Q_OBJECT

public:
    RowKeeper(WorkbenchState& state, PreviewTable& table, const PreviewModel& model,
        const PreviewListing& listing, QObject* parent = nullptr);

private:
    struct Wanted {
        RowNumber row = 0; ///< before the reload
        std::string id;
        bool searching = false;
    };

    void folderChanged();
    void lookWhereItWas();
    void found(const std::vector<RowNumber>& rows);
    [[nodiscard]] std::optional<std::string> idOf(RowNumber row) const; ///< nothing while it is not loaded

    WorkbenchState& m_state;
    PreviewTable& m_table;
    const PreviewModel& m_model;
    const PreviewListing& m_listing;
    QString m_folder;
    QDateTime m_readAt;
    std::optional<Wanted> m_wanted;
};

} // namespace workbench
