// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_memory.h"

#include "ui/bridge/whole_path.h"

#include <QDir>
#include <QSettings>
#include <QSplitter>
#include <QWidget>

namespace workbench {
namespace {

const QString RecentKey = QStringLiteral("recentFolders");
const QString OutDirKey = QStringLiteral("outputFolder");
const QString AppearanceKey = QStringLiteral("appearance");
const QString GeometryKey = QStringLiteral("window/geometry");

QString appearanceName(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System:
        return QStringLiteral("system");
    case Appearance::Light:
        return QStringLiteral("light");
    case Appearance::Dark:
        return QStringLiteral("dark");
    }
    return {};
}

} // namespace

WindowMemory::WindowMemory(std::unique_ptr<QSettings> settings, QObject* parent)
    : QObject(parent)
    , m_settings(std::move(settings))
{
    if (m_settings) {
        m_recent = m_settings->value(RecentKey).toStringList().mid(0, MostRecent);
        m_recent.removeIf([](const QString& folder) { return QDir::isRelativePath(folder); }); // older ones
        m_outDir = m_settings->value(OutDirKey).toString();
        const QString name = m_settings->value(AppearanceKey).toString();
        for (const auto appearance : {Appearance::Light, Appearance::Dark}) {
            if (name == appearanceName(appearance)) {
                m_appearance = appearance;
            }
        }
    }
}

WindowMemory::~WindowMemory() = default;

Appearance WindowMemory::appearance() const { return m_appearance; }

void WindowMemory::setAppearance(Appearance appearance)
{
    m_appearance = appearance;
    if (m_settings) {
        m_settings->setValue(AppearanceKey, appearanceName(appearance));
    }
}

void WindowMemory::setOutDir(const QString& folder)
{
    m_outDir = folder;
    if (m_settings) {
        m_settings->setValue(OutDirKey, folder);
    }
}

void WindowMemory::addRecent(const QString& folder)
{
    const QString whole = wholePath(folder);
    QStringList folders = m_recent;
    folders.removeAll(whole);
    folders.prepend(whole);
    setRecent(folders.mid(0, MostRecent));
}

void WindowMemory::removeRecent(const QString& folder)
{
    QStringList folders = m_recent;
    if (folders.removeAll(wholePath(folder)) > 0) {
        setRecent(folders);
    }
}

void WindowMemory::clearRecent() { setRecent({}); }

void WindowMemory::setRecent(const QStringList& folders)
{
    m_recent = folders;
    if (m_settings) {
        m_settings->setValue(RecentKey, folders);
    }
    Q_EMIT recentChanged();
}

void WindowMemory::saveWindow(const QWidget& window)
{
    if (m_settings) {
        m_settings->setValue(GeometryKey, window.saveGeometry());
    }
}

bool WindowMemory::restoreWindow(QWidget& window) const
{
    return m_settings && window.restoreGeometry(m_settings->value(GeometryKey).toByteArray());
}

void WindowMemory::saveSplitter(const QString& name, const QSplitter& splitter)
{
    setLayoutOf(name, splitter.saveState());
}

bool WindowMemory::restoreSplitter(const QString& name, QSplitter& splitter) const
{
    const QByteArray layout = layoutOf(name);
    return !layout.isEmpty() && splitter.restoreState(layout);
}

QByteArray WindowMemory::layoutOf(const QString& name) const
{
    return m_settings ? m_settings->value(QStringLiteral("layout/") + name).toByteArray() : QByteArray();
}

void WindowMemory::setLayoutOf(const QString& name, const QByteArray& layout)
{
    if (m_settings) {
        m_settings->setValue(QStringLiteral("layout/") + name, layout);
    }
}

} // namespace workbench
