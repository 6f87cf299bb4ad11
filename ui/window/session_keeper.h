// SPDX-License-Identifier: GPL-3.0-or-later
/// Remembers where a person is while the window is open, for it may end without being closed; and goes back
/// there.
#pragma once

#include "core/review/session.h"
#include "ui/bridge/workbench_state.h"
#include "ui/preview/column_layout.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <string>

namespace workbench {

class MainWindow;
class PreviewListing;
class PreviewModel;
class PreviewTable;
class RowKeeper;

/// GUI thread only; files are written on another one.
class SessionKeeper final : public QObject {
    Q_OBJECT

public:
    SessionKeeper(WorkbenchState& state, MainWindow& window, const QString& path);
    ~SessionKeeper() override; ///< waits for what is being written

    /// `$XDG_STATE_HOME/signals-workbench/session.json`.
    [[nodiscard]] static QString usualPath();

    /// Opens the session's folder under its filters, with the steps that can be undone, on its tab and row.
    void restore(const Session& session);
    void saveNow(); ///< and waits: the desktop is about to end the session

private:
    void saveSoon();
    void save();
    [[nodiscard]] Session session() const;
    [[nodiscard]] std::string chosenId() const;
    void restoreFilters(const Session& session);

    WorkbenchState& m_state;
    MainWindow& m_window;
    PreviewListing* m_listing;
    PreviewModel* m_model;
    PreviewTable* m_table;
    RowKeeper* m_rowKeeper;
    std::string m_path;
    ColumnLayout m_layout; ///< as it is remembered
    QTimer m_soon;
    QThreadPool m_writing; // last: its destructor waits
};

} // namespace workbench
