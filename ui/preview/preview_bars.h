// SPDX-License-Identifier: GPL-3.0-or-later
/// The bars above the preview's rows: what changed on disk, what cannot be read, what the search narrowed.
#pragma once

#include "ui/bridge/workbench_state.h"

#include <QWidget>

namespace workbench {

class MessageBar;
class PreviewListing;

class PreviewBars final : public QWidget {
    Q_OBJECT

public:
    PreviewBars(WorkbenchState& state, const PreviewListing& listing, QWidget* parent = nullptr);

Q_SIGNALS:
    void clearSearchAsked();

private:
    void showFolder();
    void showSearch();

    WorkbenchState& m_state;
    const PreviewListing& m_listing;
    MessageBar* m_folder; ///< changed, gone, broken off
    MessageBar* m_problems; ///< files that cannot be read
    MessageBar* m_search;
};

} // namespace workbench
