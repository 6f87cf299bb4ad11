// SPDX-License-Identifier: GPL-3.0-or-later
/// From "Publish…" to the sheet: with the bundle that is there, or after exporting one.
#pragma once

#include <QObject>
#include <QPointer>

namespace workbench {

class ExportStarter;
class PublishSheet;
class WorkbenchState;

/// GUI thread only.
class PublishStarter final : public QObject {
    Q_OBJECT

public:
    /// `window` is what the sheet belongs to.
    PublishStarter(WorkbenchState& state, ExportStarter& exporting, QWidget* window);

    /// The present selection: its bundle when there is one, else exports first and asks what an export asks.
    void begin();
    void show(const QString& bundleDir); ///< the sheet, unless one is open
    [[nodiscard]] bool busy() const; ///< a sheet is asking or sending

Q_SIGNALS:
    void settingsRequested();

private:
    void open(const QString& bundleDir);
    void giveFocusBack();

    WorkbenchState& m_state;
    ExportStarter& m_exporting;
    QWidget* m_window;
    QPointer<PublishSheet> m_sheet;
    QPointer<QWidget> m_hadFocus; ///< when publishing was asked for
    bool m_afterExport = false; ///< the export that runs was asked for by Publish
};

} // namespace workbench
