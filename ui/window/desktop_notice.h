// SPDX-License-Identifier: GPL-3.0-or-later
/// Tells the desktop how far an export or a publishing is, and when it is over, for who looks elsewhere
/// meanwhile.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

class QWidget;

namespace workbench {

class WorkbenchState;

/// GUI thread only. Waits for nobody's answer; without a bus it is silent. No word of it comes from the data.
class DesktopNotice final : public QObject {
    Q_OBJECT

public:
    DesktopNotice(WorkbenchState& state, const QWidget& window, const QDBusConnection& bus);

private:
    void showProgress(double done); ///< 0 to 1
    void hideProgress();
    void sendProgress(int percent); ///< below 0: none
    void notify(const QString& title, const QString& text);

    const QWidget& m_window;
    QDBusConnection m_bus;
    int m_percent = -1; ///< as the desktop knows it
};

} // namespace workbench
