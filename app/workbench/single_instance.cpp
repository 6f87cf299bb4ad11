// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/single_instance.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QFileInfo>

#include <utility>

namespace workbench {
namespace {

constexpr int PatienceMs = 5000; ///< for a window that has just been started, or hangs

/// Asked beforehand: Qt would start a bus where there is none.
bool isThereABus()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || (!runtime.isEmpty() && QFileInfo::exists(runtime + QLatin1String("/bus")));
}

} // namespace

SingleInstance::SingleInstance(const QDBusConnection& bus, QString settings)
    : m_bus(bus)
    , m_settings(std::move(settings))
{
}

QDBusConnection SingleInstance::sessionBus(const QString& platform)
{
    const bool unseen
        = platform == QLatin1String("offscreen") || platform.startsWith(QLatin1String("minimal"));
    const bool asked = qEnvironmentVariable("WORKBENCH_SINGLE_INSTANCE") == QLatin1String("1");
    return isThereABus() && (!unseen || asked) ? QDBusConnection::sessionBus()
                                               : QDBusConnection(QStringLiteral("none"));
}

bool SingleInstance::handOver(const HandOver& order)
{
    if (!m_bus.isConnected() || m_settings.isEmpty()) {
        return false;
    }
    // First the object and then the name: who sees the name may call.
    const QString path = QLatin1String(ObjectPath);
    const QString name = QLatin1String(ServiceName);
    m_bus.registerObject(path, this, QDBusConnection::ExportScriptableSlots);
    const QDBusReply<QDBusConnectionInterface::RegisterServiceReply> registered
        = m_bus.interface()->registerService(name, QDBusConnectionInterface::DontQueueService);
    if (registered.isValid() && registered.value() == QDBusConnectionInterface::ServiceRegistered) {
        return false;
    }
    m_bus.unregisterObject(path);
    QDBusMessage call = QDBusMessage::createMethodCall(
        name, path, QLatin1String(ServiceName) + QLatin1String(".Window"), QStringLiteral("Show"));
    call << m_settings << order.folder << order.tab << order.activationToken;
    const QDBusReply<bool> taken = m_bus.call(call, QDBus::Block, PatienceMs);
    return taken.isValid() && taken.value();
}

bool SingleInstance::Show(
    const QString& settings, const QString& folder, const QString& tab, const QString& activationToken)
{
    if (settings != m_settings) {
        return false;
    }
    const HandOver order {settings, folder, tab, activationToken};
    // Answered first: the other start need not wait for a folder to be opened.
    QMetaObject::invokeMethod(
        this, [this, order] { Q_EMIT asked(order); }, Qt::QueuedConnection);
    return true;
}

} // namespace workbench
