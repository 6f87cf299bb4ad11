// SPDX-License-Identifier: Apache-2.0
/// A D-Bus of a test's own: nobody else hears what is said on it.
#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QString>

namespace workbench {

class PrivateBus {
public:
    PrivateBus()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--nopidfile"),
                QStringLiteral("--print-address")});
        if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead()) {
            m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
        }
    }
    ~PrivateBus()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;

    /// Empty where there is no dbus-daemon.
    [[nodiscard]] const QString& address() const { return m_address; }
    [[nodiscard]] QDBusConnection connectAs(const QString& name) const
    {
        return QDBusConnection::connectToBus(m_address, name);
    }

private:
    QProcess m_daemon;
    QString m_address;
};

} // namespace workbench
