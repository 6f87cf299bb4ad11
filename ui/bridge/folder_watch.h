// SPDX-License-Identifier: GPL-3.0-or-later
/// Tells when a folder of examples is no longer what was read. Looks from a thread of its own.
#pragma once

#include "core/input/example_files.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QThread>

#include <optional>
#include <string>

namespace workbench {

/// GUI thread only. Reports about the newest watch() alone.
class FolderWatch final : public QObject {
    Q_OBJECT

public:
    explicit FolderWatch(QObject* parent = nullptr);
    ~FolderWatch() override;

    void watch(const ExampleFiles& asRead);
    /// For a folder that cannot be read: readable() follows as soon as it can.
    void await(const std::string& folder, const std::optional<std::string>& labelsDir);
    void stop();
    void check(); ///< looks once more, say when the window becomes active

Q_SIGNALS:
    /// `file` is the first one that is new, gone or different.
    void changed(const QString& file, const QDateTime& when);
    void unchanged(); ///< it is again, or still, what was read
    void gone(); ///< the folder itself
    void readable(); ///< what was awaited

private:
    class Worker;
    QThread m_thread;
    Worker* m_worker; ///< lives in m_thread, deleted when that ends
    quint64 m_run = 0;
};

} // namespace workbench
