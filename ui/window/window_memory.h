// SPDX-License-Identifier: GPL-3.0-or-later
/// Remembers where windows were and what was opened; nothing of what the program does to data.
#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QStringList>

#include <memory>

class QSettings;
class QSplitter;
class QWidget;

namespace workbench {

/// Without settings (pictures, tests) it forgets with the program.
class WindowMemory final : public QObject {
    Q_OBJECT

public:
    static constexpr int MostRecent = 10;

    explicit WindowMemory(std::unique_ptr<QSettings> settings, QObject* parent = nullptr);
    ~WindowMemory() override;

    [[nodiscard]] Appearance appearance() const;
    void setAppearance(Appearance appearance);

    /// Where exports were last written to because a person chose it; empty: nobody did.
    [[nodiscard]] QString outDir() const { return m_outDir; }
    void setOutDir(const QString& folder);

    [[nodiscard]] const QStringList& recentFolders() const { return m_recent; } ///< absolute
    void addRecent(const QString& folder); ///< to the top
    void removeRecent(const QString& folder);
    void clearRecent();

    void saveWindow(const QWidget& window);
    bool restoreWindow(QWidget& window) const;
    void saveSplitter(const QString& name, const QSplitter& splitter);
    bool restoreSplitter(const QString& name, QSplitter& splitter) const;
    [[nodiscard]] QByteArray layoutOf(const QString& name) const;
    void setLayoutOf(const QString& name, const QByteArray& layout);

Q_SIGNALS:
    void recentChanged();

private:
    void setRecent(const QStringList& folders);

    std::unique_ptr<QSettings> m_settings; ///< null: nothing is kept
    QStringList m_recent;
    QString m_outDir;
    Appearance m_appearance = Appearance::System;
};

} // namespace workbench
