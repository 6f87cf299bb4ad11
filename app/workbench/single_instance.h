// SPDX-License-Identifier: GPL-3.0-or-later
/// A second start hands its folder to the window that is open and ends: two windows over one folder would
/// show two histories of it.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

namespace workbench {

/// What a start was asked for; empty: nothing.
struct HandOver {
    QString settings; ///< starts that were told other things go their own ways
    QString folder; ///< absolute
    QString tab;
    QString activationToken; ///< of whoever started it, so that the desktop lets the window come to the front
};

/// GUI thread only. Waits for the bus at the start, and later never.
class SingleInstance final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "com.secondmynd.signalsworkbench.Window")

public:
    static constexpr const char* ServiceName = "com.secondmynd.signalsworkbench";
    static constexpr const char* ObjectPath = "/com/secondmynd/signalsworkbench";

    SingleInstance(const QDBusConnection& bus, QString settings);

    /// The bus of a person's session; not connected where there is none, or for windows that nobody sees
    /// (tests): these ask for it by WORKBENCH_SINGLE_INSTANCE=1.
    [[nodiscard]] static QDBusConnection sessionBus(const QString& platform);

    /// True when a window that is open has taken it over. Else this is that window, or stands beside it.
    [[nodiscard]] bool handOver(const HandOver& order);

public Q_SLOTS:
    /// Called over the bus; false when the other start has to open a window of its own.
    Q_SCRIPTABLE bool Show(
        const QString& settings, const QString& folder, const QString& tab, const QString& activationToken);

Q_SIGNALS:
    void asked(const workbench::HandOver& order);

private:
    QDBusConnection m_bus;
    QString m_settings;
};

} // namespace workbench
